package marlab.app.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import marlab.learning.train.TrainingBench;
import marlab.sim.env.Actions;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.AutoResetMode;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.VectorEnv;
import marlab.sim.env.Workers;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.space.ActionSpace;

/// How fast every world steps, in sizes for which the reference suites were measured on this kind
/// of machine (2 shared cores, Python; see the issue that asked for it), and in its own examples.
final class WorldBench {

    /// Bytes of observations that all copies have together: they stay in the second-level cache.
    private static final int BATCH_BYTES = 1 << 20;

    private static final int MOST_COPIES = 256;

    /// Sets of random actions, drawn beforehand; a step takes the next.
    private static final int DRAWN = 64;

    /// One size of one world.
    ///
    /// @param reference what the reference does, env steps/s; NaN where it was not measured
    /// @param suite the reference
    private record Size(String world, Map<String, String> set, double reference, String suite) {}

    private static final List<Size> MEASURED =
            List.of(
                    spread(3, 3_800),
                    spread(10, 540),
                    spread(50, 24),
                    pogema(16, 16, 6_750),
                    pogema(32, 64, 1_890),
                    pogema(64, 256, 470),
                    pogema(256, 1_000, 98),
                    pogema(256, 4_000, 19),
                    new Size("cleanup", Map.of("agents", "5"), 2_840, "SSD"),
                    new Size("commons_harvest", Map.of("agents", "5"), 2_310, "SSD"),
                    new Size(
                            "lbf",
                            Map.of("rows", "10", "columns", "10", "players", "3", "foods", "3"),
                            6_790,
                            "LBF"));

    private static Size spread(int agents, double reference) {
        return new Size("simple_spread", Map.of("agents", "" + agents), reference, "MPE2");
    }

    private static Size pogema(int side, int agents, double reference) {
        return new Size(
                "pogema",
                Map.of(
                        "height",
                        "" + side,
                        "width",
                        "" + side,
                        "agents",
                        "" + agents,
                        "density",
                        "0.3",
                        "collision",
                        "soft",
                        "on_target",
                        "restart"),
                reference,
                "POGEMA");
    }

    /// One line of the table.
    ///
    /// @param size what was set
    /// @param envSteps per second
    /// @param floor env steps/s at which the observations alone could be written
    record Row(
            String world,
            String size,
            int agents,
            int copies,
            int threads,
            double envSteps,
            double floor,
            double reference,
            String suite) {}

    private final PrintStream out;
    private final double seconds;
    private final int threads;
    private final List<Row> rows = new ArrayList<>();

    /// @param out where the table goes
    WorldBench(double seconds, int threads, PrintStream out) {
        this.out = out;
        this.seconds = seconds;
        this.threads = threads;
    }

    /// Measures all worlds, the reference's sizes first.
    List<Row> run() {
        heading();
        for (Size size : MEASURED) {
            Worlds.all().stream()
                    .filter(w -> w.name().equals(size.world))
                    .forEach(w -> measure(w, size));
        }
        for (WorldProvider world : Worlds.all()) {
            measure(world, new Size(world.name(), Map.of(), Double.NaN, ""));
            for (Map<String, String> example : world.examples().values()) {
                measure(world, new Size(world.name(), example, Double.NaN, ""));
            }
        }
        return rows;
    }

    private void measure(WorldProvider world, Size size) {
        EnvOptions options = world.configure(size.set);
        for (int count : threads == 1 ? new int[] {1} : new int[] {1, threads}) {
            Row row = measure(world, options, size, count);
            rows.add(row);
            print(row);
        }
    }

    private Row measure(WorldProvider world, EnvOptions options, Size size, int count) {
        EnvSpec spec = world.create(options).spec();
        long numbers = 0;
        for (AgentGroup group : spec.groups()) {
            numbers += (long) group.size() * group.observation().size();
        }
        int copies = Math.clamp(BATCH_BYTES / (4 * Math.max(1, numbers)), count, MOST_COPIES);
        VectorEnv env =
                new VectorEnv(
                        world, options, copies, 0, AutoResetMode.SAME_STEP, new Seeds(1), false);
        Play play = new Play(env);
        env.reset();
        try (Workers workers = new Workers(count)) {
            Runnable work = () -> play.step(workers);
            double rate = TrainingBench.perSecond(work, seconds, System::nanoTime) * copies;
            return new Row(
                    world.name(),
                    text(size.set),
                    spec.agentCount(),
                    copies,
                    count,
                    rate,
                    count * fills((int) (numbers * copies)) * copies,
                    size.reference,
                    size.suite);
        }
    }

    /// How often per second an array of so many floats can be written by one thread.
    private double fills(int floats) {
        float[] array = new float[floats];
        float[] value = {0};
        Runnable work = () -> Arrays.fill(array, value[0]++);
        return TrainingBench.perSecond(work, Math.min(0.1, seconds), System::nanoTime);
    }

    private static String text(Map<String, String> set) {
        return new java.util.TreeMap<>(set)
                .entrySet().stream()
                        .map(e -> e.getKey() + "=" + brief(e.getValue()))
                        .collect(java.util.stream.Collectors.joining(" "));
    }

    private static String brief(String value) {
        String line = value.lines().findFirst().orElse("");
        return line.length() > 20 || line.length() < value.strip().length() ? "…" : line;
    }

    /// Random play with actions drawn beforehand, as a random policy would, and rewards under the
    /// default weights.
    private static final class Play {

        private final VectorEnv env;
        private final RewardWeights weights;
        private final double[] rewards;
        private final int agents;
        private final int terms;
        private final int[] choices;
        private final double[] boxes;
        private int at;

        Play(VectorEnv env) {
            this.env = env;
            EnvSpec spec = env.spec();
            agents = spec.agentCount();
            terms = spec.terms().size();
            weights = RewardWeights.defaults(spec.terms());
            rewards = new double[env.count() * agents];
            RandomStream random = new RandomStream(1);
            choices = new int[DRAWN * agents + env.count()];
            boxes = new double[choices.length];
            for (int k = 0; k < choices.length; k++) {
                choices[k] = random.nextInt(1 << 20);
                boxes[k] = random.nextDouble();
            }
        }

        void step(Workers workers) {
            for (AgentGroup group : env.spec().groups()) {
                for (int c = 0; c < env.count(); c++) {
                    act(group, env.actions(c), at % DRAWN * agents + c);
                }
            }
            at++;
            env.step(workers);
            for (int c = 0; c < env.count(); c++) {
                weights.combine(env.terms(), c * agents * terms, agents, rewards, c * agents);
            }
        }

        private void act(AgentGroup group, Actions actions, int from) {
            List<AgentId> members = group.agents();
            int start = from % (choices.length - agents);
            switch (group.action()) {
                case ActionSpace.Discrete discrete -> {
                    for (int m = 0; m < members.size(); m++) {
                        int index = members.get(m).index();
                        int drawn = choices[start + index];
                        actions.choose(index, (int) ((long) drawn * discrete.size() >> 20));
                    }
                }
                case ActionSpace.Box box -> {
                    double width = box.high() - box.low();
                    for (int m = 0; m < members.size(); m++) {
                        int index = members.get(m).index();
                        double drawn = boxes[start + index];
                        for (int k = 0; k < box.size(); k++) {
                            actions.box(index, k, box.low() + width * drawn);
                        }
                    }
                }
            }
        }
    }

    private void heading() {
        out.println(
                "Env steps/s with observations and rewards under random play; × is against the"
                        + " reference suite; floor is what writing the observations alone would take.");
        out.printf(
                "%-22s %-58s %6s %6s %2s %14s %15s %8s %7s%n",
                "world",
                "set",
                "agents",
                "copies",
                "th",
                "env steps/s",
                "agent steps/s",
                "×",
                "÷ floor");
    }

    private void print(Row row) {
        String times =
                Double.isNaN(row.reference)
                        ? ""
                        : Output.count(row.envSteps / row.reference) + " " + row.suite;
        out.printf(
                "%-22s %-58s %6d %6d %2d %14s %15s %8s %7.1f%n",
                row.world,
                row.size,
                row.agents,
                row.copies,
                row.threads,
                Output.count(row.envSteps),
                Output.count(row.envSteps * row.agents),
                times,
                row.floor / row.envSteps);
    }
}
