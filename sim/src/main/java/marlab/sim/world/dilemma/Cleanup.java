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

/// Cleanup: apples grow in an orchard only while somebody keeps the river clean, and cleaning feeds
/// nobody. With a share d of the river dirty, an empty apple cell without an agent bears an apple
/// with probability 0.05 · (1 − d / 0.4) per step, none from d = 0.4 up; below that, waste appears.
/// How much, papers and code disagree on, see the option `waste`.
public final class Cleanup extends DilemmaWorld {

    private static final double MOST_APPLES = 0.05;
    private static final double DEPLETION = 0.4;
    private static final double WASTE_CHANCE = 0.5;

    private static final List<Metric> METRICS =
            List.of(
                    new Metric(
                            "cleaned",
                            "Cells cleaned",
                            "cells",
                            Metric.Over.SUM,
                            "River cells that all agents cleaned."),
                    new Metric(
                            "waste",
                            "Dirty river",
                            "of the river",
                            Metric.Over.MEAN,
                            "Share of the river that is dirty, mean over the steps."),
                    new Metric(
                            "stock",
                            "Apples left",
                            "of cells",
                            Metric.Over.LAST,
                            "Share of the apple cells that bear an apple."));

    private static final OptionSpec WASTE =
            new OptionSpec.Choice(
                    "waste",
                    "Waste",
                    "ssd",
                    List.of("ssd", "paper"),
                    "ssd: about one cell a step turns dirty, as coded in the reference. paper: one"
                            + " every other step (Hughes et al., Melting Pot).");

    /// Probability that an empty apple cell bears an apple in a step.
    ///
    /// @param wasteCells dirty cells of the river
    /// @param riverCells all cells of the river
    public static double appleProbability(int wasteCells, int riverCells) {
        double density = density(wasteCells, riverCells);
        if (density >= DEPLETION) {
            return 0;
        }
        return density <= 0 ? MOST_APPLES : (1 - density / DEPLETION) * MOST_APPLES;
    }

    /// Probability with which waste appears, in a cell or in a step.
    public static double wasteProbability(int wasteCells, int riverCells) {
        return density(wasteCells, riverCells) >= DEPLETION ? 0 : WASTE_CHANCE;
    }

    /// As the reference counts it, to the last bit: 1 − the clean share.
    private static double density(int wasteCells, int riverCells) {
        return riverCells == 0 ? 0 : 1 - (double) (riverCells - wasteCells) / riverCells;
    }

    @Override
    public String name() {
        return "cleanup";
    }

    @Override
    public String title() {
        return "Cleanup";
    }

    @Override
    public String summary() {
        return "Apples grow only while the river is clean, and who cleans it eats nothing: a public"
                + " good that everybody would like others to provide.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "At first the river is too dirty for any apple: nine cells must be cleaned.",
                "Watch who cleans and who eats: the figures efficiency and equality tell.",
                "Too many cleaners starve together with those who have too few.",
                "Beams cost the one who fires 1 and the one who is hit 50; cleaning is free. With the"
                        + " rules tag_out it costs 1, and who is hit is out for 25 steps.",
                "Try the weights envy and guilt: inequity aversion as Hughes et al. published it.");
    }

    @Override
    public String source() {
        return "Hughes et al. 2018; rules of"
                + " eugenevinitsky/sequential_social_dilemma_games @ 0207821; rules tag_out of"
                + " vicgalle/llm-policies-social-dilemmas @ f5c5b2b";
    }

    @Override
    Map<String, String> maps() {
        return DilemmaMaps.cleanup();
    }

    @Override
    String letters() {
        return " @PBHRS";
    }

    @Override
    boolean applesAtStart() {
        return false;
    }

    @Override
    public List<OptionSpec> options() {
        return optionsWith(WASTE);
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> examples = new LinkedHashMap<>();
        examples.put("small, 4 agents", Map.of("preset", "small", "agents", "4", "view", "5"));
        examples.put("as in the paper", Map.of("waste", "paper", "beams_visible", "on"));
        examples.put("large, 40 agents", Map.of("preset", "large", "agents", "40"));
        examples.put("tag-out rules", Map.of("rules", "tag_out"));
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
                5,
                3,
                1,
                25,
                TagRules.Respawn.RIVER,
                25,
                1,
                50,
                1,
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
        River river = new River(map, options.word("waste").equals("paper"));
        return new GridDilemma(name(), options, map, river, true, METRICS);
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        if (tagOut(options)) {
            return Gathering.scripts(tagOutRules(options));
        }
        int agents = options.whole("agents");
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("in_turn", new Cleaners((agents + 2) / 3, 50));
        policies.put("one_cleans", new Cleaners(1, 0));
        policies.put("all_clean", new Cleaners(agents, 0));
        policies.put("nobody_cleans", new Cleaners(0, 0));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    /// River and orchard. Where the next apple grows is kept as the number of trials that fail
    /// before it, drawn anew whenever the probability has changed: trials being independent, that
    /// leaves the distribution exactly as it is with a draw per cell.
    private static final class River implements Growth {

        private static final int NO_SITE = -1;

        private final boolean paper;
        private final int[] appleCells;
        private final int[] riverCells;
        private final int[] sites; // by cell, of the river or of the orchard
        private final SiteSet empty;
        private final SiteSet clean;
        private final double[] logOfFailure; // by dirty cells; 0 where nothing grows
        private final int[] grown;
        private int failures;
        private int failuresFor = NO_SITE; // dirty cells that they were drawn for
        private int cleaned;

        River(DilemmaMap map, boolean paper) {
            this.paper = paper;
            appleCells = map.appleCells;
            riverCells = map.riverCells;
            sites = new int[map.size()];
            Arrays.fill(sites, NO_SITE);
            number(appleCells);
            number(riverCells);
            empty = new SiteSet(appleCells.length);
            clean = new SiteSet(riverCells.length);
            logOfFailure = new double[riverCells.length + 1];
            for (int w = 0; w <= riverCells.length; w++) {
                logOfFailure[w] = StrictMath.log1p(-appleProbability(w, riverCells.length));
            }
            grown = new int[appleCells.length];
        }

        private void number(int[] cells) {
            for (int s = 0; s < cells.length; s++) {
                sites[cells[s]] = s;
            }
        }

        @Override
        public void count(byte[] ground) {
            cleaned = 0;
            empty.clear();
            clean.clear();
            for (int s = 0; s < appleCells.length; s++) {
                if (ground[appleCells[s]] == DilemmaMap.EMPTY) {
                    empty.add(s);
                }
            }
            for (int s = 0; s < riverCells.length; s++) {
                if (ground[riverCells[s]] == DilemmaMap.RIVER) {
                    clean.add(s);
                }
            }
        }

        @Override
        public void begin(RandomStream random) {
            failures = 0;
            failuresFor = NO_SITE;
        }

        @Override
        public void changed(int cell, byte was, byte now) {
            int site = sites[cell];
            switch (now) {
                case DilemmaMap.EMPTY -> empty.add(site);
                case DilemmaMap.APPLE -> empty.remove(site);
                case DilemmaMap.WASTE -> clean.remove(site);
                case DilemmaMap.RIVER -> {
                    clean.add(site);
                    cleaned++;
                }
                default -> {}
            }
        }

        private int wasteCells() {
            return riverCells.length - clean.count();
        }

        @Override
        public void grow(GridDilemma world, RandomStream random) {
            int waste = wasteCells();
            int newApples = logOfFailure[waste] < 0 ? ripen(waste, random) : 0;
            if (wasteProbability(waste, riverCells.length) > 0 && wasteComes(random)) {
                int site = clean.member(random.nextInt(clean.count()));
                world.change(riverCells[site], DilemmaMap.WASTE);
            }
            for (int g = 0; g < newApples; g++) {
                if (!world.occupied(grown[g])) {
                    world.change(grown[g], DilemmaMap.APPLE);
                }
            }
        }

        /// Lists the cells where apples grow, agents or not; returns how many.
        private int ripen(int waste, RandomStream random) {
            if (failuresFor != waste) {
                failuresFor = waste;
                failures = SiteSet.failures(logOfFailure[waste], random);
            }
            int count = 0;
            int at = failures;
            while (at < empty.count()) {
                grown[count++] = appleCells[empty.member(at)];
                at += 1 + SiteSet.failures(logOfFailure[waste], random);
            }
            failures = at - empty.count();
            return count;
        }

        /// The paper's: every other time. The reference's: each clean cell is asked, and one time
        /// in two it says yes, until one does.
        private boolean wasteComes(RandomStream random) {
            if (clean.count() == 0) {
                return false;
            }
            if (paper) {
                return random.nextLong() < 0;
            }
            for (int left = clean.count(); left > 0; left -= Long.SIZE) {
                if (random.nextLong() >>> Math.max(0, Long.SIZE - left) != 0) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void measure(double[] into, int at) {
            into[at] = cleaned;
            into[at + 1] = riverCells.length == 0 ? 0 : (double) wasteCells() / riverCells.length;
            int stock = appleCells.length - empty.count();
            into[at + 2] = appleCells.length == 0 ? 0 : (double) stock / appleCells.length;
            cleaned = 0;
        }

        @Override
        public int gauges(float[] into, int at) {
            int stock = appleCells.length - empty.count();
            into[at] = appleCells.length == 0 ? 0 : (float) stock / appleCells.length;
            into[at + 1] = riverCells.length == 0 ? 0 : (float) wasteCells() / riverCells.length;
            return at + 2;
        }

        @Override
        public void exchange(StateCursor state) {
            failures = state.whole(failures);
            failuresFor = state.whole(failuresFor);
        }
    }
}
