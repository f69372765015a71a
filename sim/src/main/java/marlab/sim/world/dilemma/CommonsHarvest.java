package marlab.sim.world.dilemma;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.Metric;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.StateCursor;

/// Commons Harvest: apples grow back only where other apples are left. An empty apple cell without
/// an agent regrows with probability 0, 0.005, 0.02 or 0.05 per step for 0, 1, 2 or more apples in
/// the 3 × 3 block around it (called radius 2 in the reference: it means dr² + dc² ≤ 2), counted
/// before this step's regrowth.
public final class CommonsHarvest extends DilemmaWorld {

    private static final double[] REGROWTH = {0, 0.005, 0.02, 0.05};

    private static final List<Metric> METRICS =
            List.of(
                    new Metric(
                            "stock",
                            "Apples left",
                            "of cells",
                            Metric.Over.LAST,
                            "Share of the apple cells that bear an apple."));

    @Override
    public String name() {
        return "commons_harvest";
    }

    @Override
    public String title() {
        return "Commons Harvest";
    }

    @Override
    public String summary() {
        return "Everybody eats from the same orchard, and apples grow back only beside other apples:"
                + " who takes the last ones takes them from all.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Watch the patches: one that is eaten bare never comes back.",
                "A greedy crowd is rich for a hundred steps and starves for nine hundred.",
                "Beams cost the one who fires 1 and the one who is hit 50; nobody is removed. With"
                        + " the rules tag_out they cost nothing, and who is hit is out for 25 steps.",
                "Try the weights envy and guilt: inequity aversion as Hughes et al. published it.");
    }

    @Override
    public String source() {
        return "Hughes et al. 2018, Perolat et al. 2017; rules of"
                + " eugenevinitsky/sequential_social_dilemma_games @ 0207821; rules tag_out of"
                + " vicgalle/llm-policies-social-dilemmas @ f5c5b2b";
    }

    @Override
    Map<String, String> maps() {
        return DilemmaMaps.harvest();
    }

    @Override
    String letters() {
        return " @PA";
    }

    @Override
    boolean applesAtStart() {
        return true;
    }

    @Override
    public List<OptionSpec> options() {
        return optionsWith();
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> examples = new LinkedHashMap<>();
        examples.put("small, 4 agents", Map.of("preset", "small", "agents", "4", "view", "5"));
        examples.put("four rooms", Map.of("preset", "rooms", "agents", "4"));
        examples.put("large, 45 agents", Map.of("preset", "large", "agents", "45"));
        examples.put("tag-out rules", Map.of("rules", "tag_out", "view", "10", "agents", "10"));
        return examples;
    }

    @Override
    TagRules tagOutRules(EnvOptions options) {
        int view = options.whole("view");
        return new TagRules(
                name(),
                tagMap(options),
                options.whole("agents"),
                options.whole("horizon"),
                view,
                view,
                20,
                5,
                1,
                25,
                TagRules.Respawn.NEIGHBOURS,
                25,
                0,
                0,
                0,
                0.4,
                0,
                0.5,
                0.05);
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        if (tagOut(options)) {
            return new TagOut(tagOutRules(options));
        }
        DilemmaMap map = map(options);
        return new GridDilemma(name(), options, map, new Regrowth(map), false, METRICS);
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        if (tagOut(options)) {
            return Gathering.scripts(tagOutRules(options));
        }
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("greedy", new Gatherers(0));
        policies.put("sustainable", new Gatherers(Gatherers.SPARED));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    /// Apples that come back. Empty cells are kept in sets by their number of apples around, with
    /// the number of trials that fail before the next apple in each: a draw per apple instead of
    /// one per cell and step, and exactly the same distribution, trials being independent.
    private static final class Regrowth implements Growth {

        private static final int NO_SITE = -1;
        private static final int MOST = REGROWTH.length - 1;

        private final int[] cells; // by site
        private final int[] sites; // by cell
        private final int[][] near; // sites around a site
        private final int[] apples; // around a site
        private final boolean[] bears;
        private final SiteSet[] empty = new SiteSet[MOST + 1]; // by apples around
        private final double[] logOfFailure = new double[MOST + 1];
        private final int[] failures = new int[MOST + 1]; // before the next apple
        private final int[] grown;
        private int present;

        Regrowth(DilemmaMap map) {
            cells = map.appleCells;
            sites = new int[map.size()];
            Arrays.fill(sites, NO_SITE);
            for (int s = 0; s < cells.length; s++) {
                sites[cells[s]] = s;
            }
            near = new int[cells.length][];
            for (int s = 0; s < cells.length; s++) {
                near[s] = around(cells[s], map.stride);
            }
            apples = new int[cells.length];
            bears = new boolean[cells.length];
            grown = new int[cells.length];
            for (int k = 0; k <= MOST; k++) {
                empty[k] = new SiteSet(cells.length);
                logOfFailure[k] = StrictMath.log1p(-REGROWTH[k]);
            }
        }

        private int[] around(int cell, int stride) {
            int[] found = new int[8];
            int count = 0;
            for (int row = cell - stride; row <= cell + stride; row += stride) {
                for (int other = row - 1; other <= row + 1; other++) {
                    if (other != cell && sites[other] != NO_SITE) {
                        found[count++] = sites[other];
                    }
                }
            }
            return Arrays.copyOf(found, count);
        }

        @Override
        public void count(byte[] ground) {
            for (SiteSet set : empty) {
                set.clear();
            }
            present = 0;
            for (int s = 0; s < cells.length; s++) {
                bears[s] = ground[cells[s]] == DilemmaMap.APPLE;
                present += bears[s] ? 1 : 0;
            }
            for (int s = 0; s < cells.length; s++) {
                apples[s] = 0;
                for (int other : near[s]) {
                    apples[s] += bears[other] ? 1 : 0;
                }
                if (!bears[s]) {
                    setOf(s).add(s);
                }
            }
        }

        private SiteSet setOf(int site) {
            return empty[Math.min(apples[site], MOST)];
        }

        @Override
        public void begin(RandomStream random) {
            for (int k = 1; k <= MOST; k++) {
                failures[k] = SiteSet.failures(logOfFailure[k], random);
            }
        }

        @Override
        public void changed(int cell, byte was, byte now) {
            int site = sites[cell];
            if (site == NO_SITE) {
                return;
            }
            bears[site] = now == DilemmaMap.APPLE;
            if (bears[site]) {
                setOf(site).remove(site);
            } else {
                setOf(site).add(site);
            }
            int more = bears[site] ? 1 : -1;
            present += more;
            for (int other : near[site]) {
                if (!bears[other]) {
                    setOf(other).remove(other);
                    apples[other] += more;
                    setOf(other).add(other);
                } else {
                    apples[other] += more;
                }
            }
        }

        @Override
        public void grow(GridDilemma world, RandomStream random) {
            int count = 0;
            for (int k = 1; k <= MOST; k++) {
                int trials = empty[k].count();
                int at = failures[k];
                while (at < trials) {
                    grown[count++] = cells[empty[k].member(at)];
                    at += 1 + SiteSet.failures(logOfFailure[k], random);
                }
                failures[k] = at - trials;
            }
            for (int g = 0; g < count; g++) {
                if (!world.occupied(grown[g])) {
                    world.change(grown[g], DilemmaMap.APPLE);
                }
            }
        }

        @Override
        public void measure(double[] into, int at) {
            into[at] = cells.length == 0 ? 0 : (double) present / cells.length;
        }

        @Override
        public int gauges(float[] into, int at) {
            into[at] = cells.length == 0 ? 0 : (float) present / cells.length;
            return at + 1;
        }

        @Override
        public void exchange(StateCursor state) {
            state.wholes(failures);
        }
    }
}
