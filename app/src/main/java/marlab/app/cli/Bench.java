package marlab.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import marlab.learning.train.RunConfig;
import marlab.learning.train.Settings;
import marlab.learning.train.TrainingBench;
import marlab.learning.train.TrainingProfile;
import marlab.sim.env.AgentId;
import marlab.sim.env.AutoResetMode;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.VectorEnv;
import marlab.sim.env.Workers;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `marlab bench`: how fast this machine steps worlds and learns.
@Command(
        name = "bench",
        description = {
            "Measure how fast this machine steps simple_spread and learns.",
            "An env step is one step of one copy, all agents, with observations and reward terms."
        },
        mixinStandardHelpOptions = true)
final class Bench implements Callable<Integer> {

    private static final int STEPS_AT_ONCE = 25;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "2",
            description = "Length of each measurement (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    @Option(
            names = "--worlds",
            description = {
                "Instead: step every world in several sizes, in one thread and in all, beside what the",
                "reference suites do on such a machine."
            })
    private boolean worlds;

    @Option(
            names = "--replays",
            description = {
                "Instead: what recording costs per step, in bytes and in processor time, and as a share of a",
                "roll-out's steps where one of 32 copies is recorded."
            })
    private boolean replays;

    @Option(
            names = "--learning",
            description = {
                "Instead: learn, and say where the time goes and what share of this machine's matrix-product",
                "peak the learner reaches. Choose with --world, --algorithm and --set."
            })
    private boolean learning;

    @Option(
            names = "--world",
            paramLabel = "NAME",
            defaultValue = "simple_spread",
            description = "World to learn in (default: ${DEFAULT-VALUE}).")
    private String world;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            defaultValue = "mappo",
            description = "Algorithm to learn by (default: ${DEFAULT-VALUE}).")
    private String algorithm;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Changes a setting of the learning.")
    private List<String> settings = new ArrayList<>();

    private final List<Map<String, Object>> rows = new ArrayList<>();

    @Override
    public Integer call() {
        if (!(seconds >= 0.1 && seconds <= 600)) {
            throw new BadInput("--seconds must lie within 0.1 and 600, not " + seconds + ".");
        }
        int all = Runtime.getRuntime().availableProcessors();
        if (worlds) {
            List<WorldBench.Row> table =
                    new WorldBench(seconds, all, json ? System.err : System.out).run();
            if (json) {
                System.out.println(Json.line(table.stream().map(Bench::tree).toList()));
            }
            return CommandLineMain.DONE;
        }
        if (replays) {
            List<ReplayBench.Row> table =
                    new ReplayBench(seconds, json ? System.err : System.out).run();
            if (json) {
                System.out.println(Json.line(table.stream().map(ReplayBench::tree).toList()));
            }
            return CommandLineMain.DONE;
        }
        if (learning) {
            for (int threads : all == 1 ? new int[] {1} : new int[] {1, 2}) {
                profile(threads);
            }
            if (json) {
                System.out.println(Json.line(rows));
            }
            return CommandLineMain.DONE;
        }
        for (int agents : new int[] {3, 10, 50}) {
            for (int threads : all == 1 ? new int[] {1} : new int[] {1, all}) {
                stepping(agents, threads);
            }
        }
        for (int threads : all == 1 ? new int[] {1} : new int[] {1, 2}) {
            learning(threads);
        }
        if (json) {
            System.out.println(Json.line(rows));
        }
        return CommandLineMain.DONE;
    }

    private static Map<String, Object> tree(WorldBench.Row row) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("world", row.world());
        tree.put("set", row.size());
        tree.put("agents", row.agents());
        tree.put("copies", row.copies());
        tree.put("threads", row.threads());
        tree.put("env_steps_per_s", row.envSteps());
        tree.put("observations_alone_per_s", row.floor());
        if (!Double.isNaN(row.reference())) {
            tree.put("reference", row.suite());
            tree.put("reference_env_steps_per_s", row.reference());
        }
        return tree;
    }

    private void stepping(int agents, int threads) {
        WorldProvider world = Worlds.named("simple_spread");
        EnvOptions options = world.configure(Map.of("agents", "" + agents));
        int copies = Math.max(64, 3_000 / agents);
        VectorEnv env =
                new VectorEnv(
                        world, options, copies, 0, AutoResetMode.SAME_STEP, new Seeds(1), false);
        RandomStream random = new RandomStream(1);
        for (int c = 0; c < copies; c++) {
            for (AgentId agent : env.spec().agents()) {
                env.actions(c).choose(agent.index(), random.nextInt(5));
            }
        }
        env.reset();
        try (Workers workers = new Workers(threads)) {
            Runnable work =
                    () -> {
                        for (int t = 0; t < STEPS_AT_ONCE; t++) {
                            env.step(workers);
                        }
                    };
            double rate =
                    TrainingBench.perSecond(work, seconds, System::nanoTime)
                            * STEPS_AT_ONCE
                            * copies;
            show(
                    "simple_spread, N = " + agents + ", " + copies + " copies",
                    threads,
                    rate,
                    "env steps/s");
        }
    }

    private void learning(int threads) {
        RunConfig config = RunConfig.defaults("simple_spread", "mappo", 1);
        try (TrainingBench bench = new TrainingBench(config, threads)) {
            bench.act();
            double updates = TrainingBench.perSecond(bench::learn, seconds, System::nanoTime);
            show(
                    "MAPPO update ("
                            + bench.stepsPerRollout()
                            + " steps, "
                            + config.hyper().text("epochs")
                            + " epochs × "
                            + config.hyper().text("minibatches")
                            + ")",
                    threads,
                    updates,
                    "updates/s");
            double rollouts = TrainingBench.perSecond(bench::act, seconds, System::nanoTime);
            show("acting", threads, rollouts * bench.stepsPerRollout(), "env steps/s");
            Runnable both =
                    () -> {
                        bench.act();
                        bench.learn();
                    };
            double rate =
                    TrainingBench.perSecond(both, seconds, System::nanoTime)
                            * bench.stepsPerRollout();
            show("acting + learning", threads, rate, "env steps/s");
        }
    }

    /// How fast the chosen algorithm learns, where the time goes, and how near that is to what the
    /// machine can multiply.
    private void profile(int threads) {
        Map<String, String> changes = new LinkedHashMap<>();
        for (String setting : settings) {
            String[] pair = Settings.pair(setting);
            changes.put(pair[0], pair[1]);
        }
        RunConfig config = RunConfig.defaults(world, algorithm, 1).with(changes);
        String name = config.algorithm().title() + " in " + world;
        double peak = TrainingBench.peak(threads, seconds / 2);
        show("peak of matrix products, single precision", threads, peak * 1e-9, "GFLOP/s");
        try (TrainingBench bench = new TrainingBench(config, threads)) {
            bench.act();
            double updates = TrainingBench.perSecond(bench::learn, seconds, System::nanoTime);
            double flops = updates * bench.operationsPerUpdate();
            show(name + ", learning alone", threads, updates, "updates/s");
            show(name + ", products while learning", threads, flops * 1e-9, "GFLOP/s");
            show(name + ", share of the peak", threads, 100 * flops / peak, "%");
            Runnable both =
                    () -> {
                        bench.act();
                        bench.learn();
                    };
            double rate =
                    TrainingBench.perSecond(both, seconds, System::nanoTime)
                            * bench.stepsPerRollout();
            show(name + ", acting + learning", threads, rate, "env steps/s");
            for (Map.Entry<TrainingProfile.Work, Double> each : bench.profile(seconds).entrySet()) {
                show("  time in " + each.getKey().title(), threads, 100 * each.getValue(), "%");
            }
        } catch (IOException e) {
            throw new BadInput(
                    "The profile can't be written into "
                            + System.getProperty("java.io.tmpdir")
                            + " ("
                            + e.getMessage()
                            + "); make room there.",
                    e);
        }
    }

    private void show(String what, int threads, double rate, String unit) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("what", what);
        row.put("threads", threads);
        row.put("rate", rate);
        row.put("unit", unit);
        rows.add(row);
        String line =
                String.format(
                        "%-52s %d thread%s %14s %s",
                        what, threads, threads == 1 ? " " : "s", Output.count(rate), unit);
        (json ? System.err : System.out).println(line);
    }
}
