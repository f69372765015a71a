package marlab.sim.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.sim.env.Actions;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.AutoResetMode;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Metric;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.StepResult;
import marlab.sim.env.VectorEnv;
import marlab.sim.env.Workers;
import marlab.sim.env.WorldProvider;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.space.ActionSpace;

/// Runs a few copies of a world in every way there is and compares all numbers that come out.
final class CopiesCheck {

    private static final int COPIES = 5;
    private static final Seeds SEEDS = new Seeds(77);

    private final WorldProvider world;
    private final EnvOptions options;
    private final EnvSpec spec;
    private final int steps;

    CopiesCheck(WorldProvider world, EnvOptions options, int steps) {
        this.world = world;
        this.options = options;
        this.steps = steps;
        spec = world.create(options).spec();
    }

    /// {@link VectorEnv} against copies stepped one by one, whatever the threads and the slices; ""
    /// where all numbers are equal.
    String differenceFromSingleCopies() {
        double[][][] expected = new double[COPIES][][];
        for (int c = 0; c < COPIES; c++) {
            expected[c] = single(c);
        }
        int[][] partitions = {{COPIES}, {1, COPIES - 1}, {2, 1, 2}};
        for (int threads = 1; threads <= 3; threads++) {
            try (Workers workers = new Workers(threads)) {
                for (int[] slices : partitions) {
                    String difference = difference(expected, together(slices, workers));
                    if (!difference.isEmpty()) {
                        String how = " with " + threads + " threads and slices of ";
                        return difference + how + Arrays.toString(slices);
                    }
                }
            }
        }
        return "";
    }

    private static String difference(double[][][] expected, double[][][] found) {
        for (int c = 0; c < COPIES; c++) {
            for (int t = 0; t < expected[c].length; t++) {
                int at = Arrays.mismatch(expected[c][t], found[c][t]);
                if (at >= 0) {
                    return "copy "
                            + c
                            + " has "
                            + found[c][t][at]
                            + " instead of "
                            + expected[c][t][at]
                            + " as number "
                            + at
                            + " of step "
                            + t;
                }
            }
        }
        return "";
    }

    /// All numbers of one copy, [steps × numbers]: its observations, central ones, terms and ends,
    /// and the last observations and figures of an episode that is over.
    private double[][] single(int c) {
        ParallelEnv env = world.create(options);
        Actions actions = new Actions(spec);
        RandomStream random = new RandomStream(c);
        double[] sums = new double[spec.metrics().size()];
        double[][] rows = new double[steps][];
        int episode = 0;
        int length = 0;
        env.reset(seed(c, episode));
        for (int t = 0; t < steps; t++) {
            choose(actions, random);
            StepResult result = env.step(actions);
            length++;
            addUp(sums, result.metrics);
            double[] terms = result.terms.clone();
            double[] ends = ends(result);
            double[] atEnd = {};
            if (result.over()) {
                atEnd = join(List.of(seen(env), figures(sums, length), new double[] {length}));
                env.reset(seed(c, ++episode));
                Arrays.fill(sums, 0);
                length = 0;
            }
            rows[t] = join(List.of(seen(env), terms, ends, atEnd));
        }
        return rows;
    }

    private static long seed(int copy, int episode) {
        return SEEDS.seed("episode", ((long) copy << 32) + episode);
    }

    private void addUp(double[] sums, double[] metrics) {
        for (int m = 0; m < sums.length; m++) {
            boolean last = spec.metrics().get(m).over() == Metric.Over.LAST;
            sums[m] = last ? metrics[m] : sums[m] + metrics[m];
        }
    }

    private double[] figures(double[] sums, int length) {
        double[] figures = sums.clone();
        for (int m = 0; m < sums.length; m++) {
            figures[m] /= spec.metrics().get(m).over() == Metric.Over.MEAN ? length : 1;
        }
        return figures;
    }

    private double[] ends(StepResult result) {
        double[] ends = new double[spec.agentCount() + 2];
        for (int i = 0; i < spec.agentCount(); i++) {
            ends[i] = result.terminated[i] ? 1 : 0;
        }
        ends[spec.agentCount()] = result.truncated ? 1 : 0;
        ends[spec.agentCount() + 1] = result.over() ? 1 : 0;
        return ends;
    }

    /// What all agents and their critics see, as floats.
    private double[] seen(ParallelEnv env) {
        List<double[]> parts = new ArrayList<>();
        for (AgentGroup group : spec.groups()) {
            for (AgentId agent : group.agents()) {
                double[] own = new double[group.observation().size()];
                env.observe(agent.index(), own, 0);
                parts.add(narrowed(own));
            }
            for (AgentId agent : group.agents()) {
                double[] central = new double[group.central().size()];
                env.observeCentral(agent.index(), central, 0);
                parts.add(narrowed(central));
            }
        }
        return join(parts);
    }

    private static double[] narrowed(double[] numbers) {
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = (float) numbers[k];
        }
        return numbers;
    }

    private static double[] join(List<double[]> parts) {
        double[] all = new double[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (double[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private void choose(Actions actions, RandomStream random) {
        for (AgentGroup group : spec.groups()) {
            for (AgentId agent : group.agents()) {
                switch (group.action()) {
                    case ActionSpace.Discrete discrete ->
                            actions.choose(agent.index(), random.nextInt(discrete.size()));
                    case ActionSpace.Box box -> {
                        for (int k = 0; k < box.size(); k++) {
                            double x = random.nextDouble(box.low(), box.high());
                            actions.box(agent.index(), k, x);
                        }
                    }
                }
            }
        }
    }

    private double[][][] together(int[] slices, Workers workers) {
        double[][][] rows = new double[COPIES][steps][];
        int first = 0;
        for (int count : slices) {
            VectorEnv envs = make(count, first);
            RandomStream[] randoms = new RandomStream[count];
            int offset = first;
            Arrays.setAll(randoms, c -> new RandomStream(offset + c));
            envs.reset();
            for (int t = 0; t < steps; t++) {
                for (int c = 0; c < count; c++) {
                    choose(envs.actions(c), randoms[c]);
                }
                envs.step(workers);
                for (int c = 0; c < count; c++) {
                    rows[first + c][t] = row(envs, c);
                }
            }
            first += count;
        }
        return rows;
    }

    private VectorEnv make(int count, int first) {
        return new VectorEnv(world, options, count, first, AutoResetMode.SAME_STEP, SEEDS, true);
    }

    private double[] row(VectorEnv envs, int c) {
        int agents = spec.agentCount();
        int perCopy = agents * spec.terms().size();
        double[] terms = Arrays.copyOfRange(envs.terms(), c * perCopy, (c + 1) * perCopy);
        double[] ends = new double[agents + 2];
        for (int i = 0; i < agents; i++) {
            ends[i] = envs.terminated()[c * agents + i] ? 1 : 0;
        }
        ends[agents] = envs.truncated()[c] ? 1 : 0;
        ends[agents + 1] = envs.over()[c] ? 1 : 0;
        double[] atEnd = {};
        if (envs.over()[c]) {
            double[] length = {envs.finishedSteps()[c]};
            atEnd = join(List.of(batches(envs, c, true), finished(envs, c), length));
        }
        return join(List.of(batches(envs, c, false), terms, ends, atEnd));
    }

    private double[] finished(VectorEnv envs, int c) {
        int count = spec.metrics().size();
        return Arrays.copyOfRange(envs.finishedMetrics(), c * count, (c + 1) * count);
    }

    private double[] batches(VectorEnv envs, int c, boolean atEnd) {
        List<double[]> parts = new ArrayList<>();
        for (int g = 0; g < spec.groups().size(); g++) {
            parts.add(slice(atEnd ? envs.finalObservations(g) : envs.observations(g), envs, c));
            parts.add(slice(atEnd ? envs.finalCentral(g) : envs.central(g), envs, c));
        }
        return join(parts);
    }

    private static double[] slice(float[] batch, VectorEnv envs, int c) {
        int width = batch.length / envs.count();
        double[] numbers = new double[width];
        for (int k = 0; k < width; k++) {
            numbers[k] = batch[c * width + k];
        }
        return numbers;
    }

    /// Copies saved in mid-episode and loaded into others that were somewhere else; "" where both
    /// go on alike.
    String differenceAfterLoading() {
        VectorEnv original = make(COPIES, 0);
        original.reset();
        RandomStream random = new RandomStream(5);
        for (int t = 0; t < steps / 2; t++) {
            step(original, random);
        }
        VectorEnv loaded = make(COPIES, 0);
        loaded.reset();
        step(loaded, new RandomStream(6));
        loaded.load(original.save());
        for (int c = 0; c < COPIES; c++) {
            double[] now = batches(loaded, c, false);
            int at = Arrays.mismatch(batches(original, c, false), now);
            if (at >= 0) {
                return "number " + at + " that copy " + c + " shows is " + now[at];
            }
        }
        RandomStream same = new RandomStream(7);
        RandomStream again = new RandomStream(7);
        for (int t = 0; t < steps; t++) {
            step(original, same);
            step(loaded, again);
            for (int c = 0; c < COPIES; c++) {
                double[] now = row(loaded, c);
                int at = Arrays.mismatch(row(original, c), now);
                if (at >= 0) {
                    return "number " + at + " of copy " + c + ", step " + t + " is " + now[at];
                }
            }
        }
        return "";
    }

    private void step(VectorEnv envs, RandomStream random) {
        for (int c = 0; c < envs.count(); c++) {
            choose(envs.actions(c), random);
        }
        envs.step();
    }

    /// A metric or return of a finished episode that is not finite, in words; "" where there is
    /// none.
    String figureThatIsNotFinite() {
        VectorEnv envs = make(COPIES, 0);
        envs.reset();
        RandomStream random = new RandomStream(8);
        for (int t = 0; t < steps; t++) {
            step(envs, random);
            for (int c = 0; c < COPIES; c++) {
                String wrong = envs.over()[c] ? notFinite(envs, c) : "";
                if (!wrong.isEmpty()) {
                    return wrong;
                }
            }
        }
        return "";
    }

    private String notFinite(VectorEnv envs, int c) {
        double[] metrics = finished(envs, c);
        for (int m = 0; m < metrics.length; m++) {
            if (!Double.isFinite(metrics[m])) {
                return "metric " + spec.metrics().get(m).name() + " is " + metrics[m];
            }
        }
        var episode =
                new ReturnDialect.Episode(metrics, spec.agentCount(), envs.finishedSteps()[c]);
        for (ReturnDialect dialect : spec.dialects()) {
            double value = dialect.value().applyAsDouble(episode);
            if (!Double.isFinite(value)) {
                return "the return in dialect " + dialect.name() + " is " + value;
            }
        }
        return "";
    }
}
