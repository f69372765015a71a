package marlab.sim.env;

import java.util.Arrays;
import marlab.sim.seed.Seeds;
import marlab.sim.snapshot.Frame;

/// Many copies of one world, stepped together into flat batches per group. Deterministic in (seeds,
/// actions), whatever the number of threads; stepping allocates nothing.
///
/// Copy c's k-th episode starts from the seed named ("episode", c, k), so a range of copies behaves
/// the same in any partition of them.
public final class VectorEnv {

    /// Numbers of observations that are written in double precision before they are narrowed: few
    /// enough for the nearest cache, many enough for the compiler's vector loop.
    private static final int BLOCK = 1024;

    /// Most parts into which the copies are split among workers.
    private static final int PARTS = 64;

    private final ParallelEnv[] copies;
    private final Actions[] actions;
    private final double[][] blocks; // one per part of the copies, so that threads don't share
    private final EnvSpec spec;
    private final AutoResetMode mode;
    private final Seeds seeds;
    private final int firstCopy;
    private final boolean central;
    private final float[][] observations;
    private final float[][] centralObservations;
    private final float[][] finalCentral;
    private final float[][] finalObservations;
    private final double[] terms;
    private final double[] metricSums;
    private final double[] finishedMetrics;
    private final double[] termSums;
    private final double[] finishedTerms;
    private final boolean[] terminated;
    private final boolean[] truncated;
    private final boolean[] over;
    private final int[] steps;
    private final int[] finishedSteps;
    private final int[] episodes;
    private final int agents;
    private final int termsPerCopy;
    private final int metrics;
    private final Metric.Over[] metricOver;
    private final int[][] members; // agent indices, per group
    private final int[] sizes; // of observations, per group
    private final int[] centralSizes;

    /// @param provider the world
    /// @param count number of copies
    /// @param firstCopy index of the first copy within the whole set, for seeds
    /// @param central whether to write central observations too
    public VectorEnv(
            WorldProvider provider,
            EnvOptions options,
            int count,
            int firstCopy,
            AutoResetMode mode,
            Seeds seeds,
            boolean central) {
        if (count < 1) {
            throw new IllegalArgumentException("there must be at least one copy, not " + count);
        }
        this.mode = mode;
        this.seeds = seeds;
        this.firstCopy = firstCopy;
        this.central = central;
        copies = new ParallelEnv[count];
        for (int c = 0; c < count; c++) {
            copies[c] = provider.create(options);
        }
        spec = copies[0].spec();
        agents = spec.agentCount();
        termsPerCopy = agents * spec.terms().size();
        metrics = spec.metrics().size();
        metricOver = spec.metrics().stream().map(Metric::over).toArray(Metric.Over[]::new);
        actions = new Actions[count];
        Arrays.setAll(actions, c -> new Actions(spec));
        int groups = spec.groups().size();
        members = new int[groups][];
        sizes = new int[groups];
        centralSizes = new int[groups];
        observations = new float[groups][];
        finalObservations = new float[groups][];
        centralObservations = new float[groups][];
        finalCentral = new float[groups][];
        int widest = 0;
        for (int g = 0; g < groups; g++) {
            AgentGroup group = spec.groups().get(g);
            int rows = count * group.size();
            members[g] = group.agents().stream().mapToInt(AgentId::index).toArray();
            sizes[g] = group.observation().size();
            centralSizes[g] = group.central().size();
            observations[g] = new float[rows * group.observation().size()];
            finalObservations[g] = new float[observations[g].length];
            centralObservations[g] = new float[central ? rows * group.central().size() : 0];
            finalCentral[g] = new float[centralObservations[g].length];
            widest = Math.max(widest, group.observation().size());
            widest = Math.max(widest, group.central().size());
        }
        blocks = new double[Math.min(count, PARTS)][Math.max(widest, BLOCK)];
        terms = new double[count * agents * spec.terms().size()];
        termSums = new double[terms.length];
        finishedTerms = new double[terms.length];
        metricSums = new double[count * spec.metrics().size()];
        finishedMetrics = new double[metricSums.length];
        terminated = new boolean[count * agents];
        truncated = new boolean[count];
        over = new boolean[count];
        steps = new int[count];
        finishedSteps = new int[count];
        episodes = new int[count];
        Arrays.fill(episodes, -1);
    }

    /// The world.
    public EnvSpec spec() {
        return spec;
    }

    /// Number of copies.
    public int count() {
        return copies.length;
    }

    /// One copy, to look at.
    public ParallelEnv copy(int c) {
        return copies[c];
    }

    /// Actions of one copy for the next step.
    public Actions actions(int copy) {
        return actions[copy];
    }

    /// Observations of a group, [copies × members × observation size].
    public float[] observations(int group) {
        return observations[group];
    }

    /// Central observations of a group, [copies × members × central size].
    public float[] central(int group) {
        return centralObservations[group];
    }

    /// Last observations of the episodes that ended in this step, where {@link #over} is true.
    public float[] finalObservations(int group) {
        return finalObservations[group];
    }

    /// Last central observations of the episodes that ended in this step.
    public float[] finalCentral(int group) {
        return finalCentral[group];
    }

    /// Raw reward terms of this step, [copies × agents × terms].
    public double[] terms() {
        return terms;
    }

    /// Per copy and agent: the task is over.
    public boolean[] terminated() {
        return terminated;
    }

    /// Per copy: the time limit cut the episode in this step.
    public boolean[] truncated() {
        return truncated;
    }

    /// Per copy: the episode ended in this step.
    public boolean[] over() {
        return over;
    }

    /// Metrics of the episodes that ended in this step, [copies × metrics].
    public double[] finishedMetrics() {
        return finishedMetrics;
    }

    /// Reward terms summed over the episodes that ended in this step, [copies × agents × terms].
    public double[] finishedTerms() {
        return finishedTerms;
    }

    /// Lengths of the episodes that ended in this step.
    public int[] finishedSteps() {
        return finishedSteps;
    }

    /// Starts a new episode in every copy.
    public void reset() {
        for (int c = 0; c < copies.length; c++) {
            begin(c);
            look(c, blocks[0], observations, centralObservations);
        }
    }

    /// Starts a new episode in one copy.
    public void reset(int copy) {
        begin(copy);
        look(copy, blocks[0], observations, centralObservations);
    }

    /// Steps all copies in the caller's thread.
    public void step() {
        step(0, copies.length, blocks[0]);
    }

    /// Steps all copies, split among the workers.
    public void step(Workers workers) {
        this.parts = Math.min(blocks.length, 4 * workers.count());
        workers.run(parts, stepPart);
    }

    private int parts;

    private final java.util.function.IntConsumer stepPart = this::stepPart;

    private void stepPart(int part) {
        long n = copies.length;
        step((int) (n * part / parts), (int) (n * (part + 1) / parts), blocks[part]);
    }

    private void step(int from, int to, double[] block) {
        for (int c = from; c < to; c++) {
            stepCopy(c, block);
        }
    }

    private void stepCopy(int c, double[] block) {
        StepResult result = copies[c].step(actions[c]);
        steps[c]++;
        int at = c * termsPerCopy;
        for (int k = 0; k < termsPerCopy; k++) {
            double term = result.terms[k];
            terms[at + k] = term;
            termSums[at + k] += term;
        }
        for (int i = 0; i < agents; i++) {
            terminated[c * agents + i] = result.terminated[i];
        }
        truncated[c] = result.truncated;
        over[c] = result.over();
        int metricsAt = c * metrics;
        for (int m = 0; m < metrics; m++) {
            double figure = result.metrics[m];
            metricSums[metricsAt + m] =
                    metricOver[m] == Metric.Over.LAST ? figure : metricSums[metricsAt + m] + figure;
        }
        if (over[c] && mode == AutoResetMode.SAME_STEP) {
            finish(c);
            look(c, block, finalObservations, finalCentral);
            begin(c);
        }
        look(c, block, observations, centralObservations);
    }

    private void finish(int c) {
        for (int m = 0; m < metrics; m++) {
            int parts = metricOver[m] == Metric.Over.MEAN ? steps[c] : 1;
            finishedMetrics[c * metrics + m] = metricSums[c * metrics + m] / parts;
        }
        finishedSteps[c] = steps[c];
        int at = c * termsPerCopy;
        System.arraycopy(termSums, at, finishedTerms, at, termsPerCopy);
    }

    private void begin(int c) {
        episodes[c]++;
        copies[c].reset(seeds.seed("episode", ((long) (firstCopy + c) << 32) + episodes[c]));
        steps[c] = 0;
        Arrays.fill(metricSums, c * metrics, (c + 1) * metrics, 0);
        Arrays.fill(termSums, c * termsPerCopy, (c + 1) * termsPerCopy, 0);
    }

    private void look(int c, double[] block, float[][] own, float[][] centre) {
        ParallelEnv copy = copies[c];
        for (int g = 0; g < members.length; g++) {
            int[] group = members[g];
            int size = sizes[g];
            int at = c * group.length * size;
            if (copy instanceof SinglePrecisionEnv exact) {
                lookExactly(exact, group, size, own[g], at);
            } else {
                int rows = Math.clamp(BLOCK / size, 1, group.length);
                for (int from = 0; from < group.length; from += rows) {
                    int to = Math.min(from + rows, group.length);
                    for (int m = from; m < to; m++) {
                        copy.observe(group[m], block, (m - from) * size);
                    }
                    narrow(block, (to - from) * size, own[g], at + from * size);
                }
            }
            if (central) {
                lookFromAbove(copy, block, g, centre[g], c * group.length * centralSizes[g]);
            }
        }
    }

    private static void lookExactly(
            SinglePrecisionEnv copy, int[] group, int size, float[] into, int at) {
        for (int m = 0; m < group.length; m++) {
            copy.observe(group[m], into, at + m * size);
        }
    }

    private void lookFromAbove(ParallelEnv copy, double[] block, int g, float[] into, int at) {
        int[] group = members[g];
        int size = centralSizes[g];
        if (copy instanceof SinglePrecisionEnv exact) {
            for (int m = 0; m < group.length; m++) {
                exact.observeCentral(group[m], into, at + m * size);
            }
            return;
        }
        int rows = Math.clamp(BLOCK / size, 1, group.length);
        for (int from = 0; from < group.length; from += rows) {
            int to = Math.min(from + rows, group.length);
            for (int m = from; m < to; m++) {
                copy.observeCentral(group[m], block, (m - from) * size);
            }
            narrow(block, (to - from) * size, into, at + from * size);
        }
    }

    private static void narrow(double[] from, int count, float[] into, int at) {
        for (int k = 0; k < count; k++) {
            into[at + k] = (float) from[k];
        }
    }

    /// Everything needed to go on exactly from here, but for the batches, which {@link #load}
    /// computes anew.
    ///
    /// @param state [copies × state size]
    /// @param random [copies × 2]
    /// @param counters [copies × 2]: step and episode
    /// @param sums [copies × (metrics + agents × terms)]
    /// @param gone [copies × agents]: 1 where the agent's task is over while its episode goes on
    public record Saved(
            double[] state, long[] random, long[] counters, double[] sums, long[] gone) {}

    /// Saves all copies.
    public Saved save() {
        int n = copies.length;
        int size = spec.stateSize();
        int perCopy = termsPerCopy;
        int width = metrics + perCopy;
        Saved saved =
                new Saved(
                        new double[n * size],
                        new long[2 * n],
                        new long[2 * n],
                        new double[n * width],
                        new long[n * agents]);
        Frame frame = new Frame(spec);
        for (int c = 0; c < n; c++) {
            copies[c].snapshot(frame);
            System.arraycopy(frame.state, 0, saved.state, c * size, size);
            System.arraycopy(frame.random, 0, saved.random, 2 * c, 2);
            for (int i = c * agents; i < (c + 1) * agents; i++) {
                saved.gone[i] = terminated[i] && !over[c] ? 1 : 0;
            }
            saved.counters[2 * c] = frame.step;
            saved.counters[2 * c + 1] = episodes[c];
            System.arraycopy(metricSums, c * metrics, saved.sums, c * width, metrics);
            System.arraycopy(termSums, c * perCopy, saved.sums, c * width + metrics, perCopy);
        }
        return saved;
    }

    /// Continues from saved copies.
    ///
    /// @throws IllegalArgumentException when the arrays are of another world or number of copies
    public void load(Saved saved) {
        int n = copies.length;
        int size = spec.stateSize();
        int perCopy = termsPerCopy;
        int width = metrics + perCopy;
        if (saved.state.length != n * size
                || saved.random.length != 2 * n
                || saved.counters.length != 2 * n
                || saved.sums.length != n * width
                || saved.gone.length != n * agents) {
            throw new IllegalArgumentException(
                    "saved copies do not fit " + n + " × " + spec.world());
        }
        Frame frame = new Frame(spec);
        for (int c = 0; c < n; c++) {
            System.arraycopy(saved.state, c * size, frame.state, 0, size);
            System.arraycopy(saved.random, 2 * c, frame.random, 0, 2);
            frame.step = (int) saved.counters[2 * c];
            steps[c] = frame.step;
            over[c] = false;
            for (int i = c * agents; i < (c + 1) * agents; i++) {
                terminated[i] = saved.gone[i] == 1;
            }
            episodes[c] = (int) saved.counters[2 * c + 1];
            copies[c].restore(frame);
            System.arraycopy(saved.sums, c * width, metricSums, c * metrics, metrics);
            System.arraycopy(saved.sums, c * width + metrics, termSums, c * perCopy, perCopy);
            look(c, blocks[0], observations, centralObservations);
        }
    }
}
