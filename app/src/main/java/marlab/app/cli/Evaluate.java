package marlab.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import marlab.learning.train.Evaluation;
import marlab.learning.train.PolicySnapshot;
import marlab.learning.train.RunConfig;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.Metric;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.Workers;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Policy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `marlab evaluate`: episodes of one policy on fixed seeds, every figure with its interval.
@Command(
        name = "evaluate",
        description = {
            "Run episodes of a policy on fixed seeds; prints every metric and dialect with 95 %% intervals.",
            "Episode k starts the same for every policy and run, so differences are the policies'."
        },
        mixinStandardHelpOptions = true)
final class Evaluate implements Callable<Integer> {

    @Parameters(
            paramLabel = "RUN",
            arity = "0..*",
            description = {
                "A run's folder; its newest checkpoint is evaluated. Or what marlab export made, or a",
                "MultiLayerNetwork of DL4J's in a zip, which then acts for every agent of --world.",
                "Several of one world are compared, with each other's differences to the scripted",
                "policies and a figure for all of them."
            })
    private List<Path> runs = new ArrayList<>();

    @Option(
            names = "--world",
            paramLabel = "NAME",
            description = "Without a run: world of a scripted policy, or of a zip of DL4J's.")
    private String world;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description =
                    "learned (greedy), sampled (learned, as in training), or a scripted one: coordinated, random.")
    private String policy;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int episodes;

    @Option(
            names = "--set",
            paramLabel = "OPTION=VALUE",
            description =
                    "Change a world option, such as agents=5; without a run also"
                            + " frozen.GROUP=SCRIPT, for a group that follows a script of its own."
                            + " The frozen groups of a run stay frozen.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (episodes < 1 || episodes > 1_000_000) {
            throw new BadInput(
                    "--episodes must be a whole number from 1 to 1000000, not " + episodes + ".");
        }
        if (runs.size() > 1) {
            if (world != null) {
                throw new BadInput("A run brings its world along; leave --world out.");
            }
            compare();
            return CommandLineMain.DONE;
        }
        PolicyChoice.Chosen chosen = choice().of(runs.isEmpty() ? null : runs.getFirst(), world);
        String name = chosen.name();
        Evaluation evaluation = evaluate(chosen.provider(), chosen.options(), chosen.actor());
        if (json) {
            System.out.println(Json.line(Output.tree(name, evaluation)));
        } else {
            print(name, evaluation);
        }
        return CommandLineMain.DONE;
    }

    /// Several runs, and the scripted policies beside them.
    private void compare() {
        if (policy != null && !policy.equals("learned") && !policy.equals("sampled")) {
            throw new BadInput(
                    "Several runs are compared with --policy learned or sampled; the scripted policies"
                            + " are beside them always.");
        }
        String how = policy == null ? "learned" : policy;
        Map<String, PolicySnapshot> snapshots = new LinkedHashMap<>();
        runs.forEach(path -> snapshots.put(path.toString(), PolicyChoice.snapshot(path)));
        RunConfig first = snapshots.values().iterator().next().config();
        WorldProvider provider = first.provider();
        EnvOptions options = choice().options(provider, snapshots.values().iterator().next());
        snapshots.forEach((path, snapshot) -> {
            if (!snapshot.config().world().equals(first.world())
                    || !choice().options(provider, snapshot).equals(options)) {
                throw new BadInput(
                        "The runs "
                                + runs.getFirst()
                                + " and "
                                + path
                                + " are of different worlds or options and can't be compared; evaluate"
                                + " them one by one, or set the options alike with --set.");
            }
        });
        Map<String, Evaluation> learned = new LinkedHashMap<>();
        snapshots.forEach((path, snapshot) ->
                learned.put(
                        path,
                        evaluate(
                                provider,
                                options,
                                choice().choose(provider, options, snapshot, how))));
        Map<String, Evaluation> scripted = new LinkedHashMap<>();
        for (String name : provider.scriptedPolicies(options).keySet()) {
            scripted.put(
                    name,
                    evaluate(
                            provider, options, () -> provider.scriptedPolicies(options).get(name)));
        }
        Comparison comparison = new Comparison(learned, scripted);
        if (json) {
            System.out.println(Json.line(comparison.tree(how)));
        } else {
            comparison.print(how);
        }
    }

    private PolicyChoice choice() {
        return new PolicyChoice(policy, settings);
    }

    private Evaluation evaluate(
            WorldProvider provider, EnvOptions options, Supplier<Policy> actor) {
        AtomicInteger done = new AtomicInteger();
        long start = System.nanoTime();
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
                ProgressLine _ =
                        new ProgressLine(() -> {
                            double share = (double) done.get() / episodes;
                            double spent = (System.nanoTime() - start) * 1e-9;
                            return done.get()
                                    + " of "
                                    + episodes
                                    + " episodes  "
                                    + (share == 0 ? "–" : Output.clock(spent / share - spent))
                                    + " left";
                        })) {
            return Evaluation.run(
                    provider, options, actor, episodes, workers, done::set, () -> false);
        }
    }

    private static void print(String name, Evaluation evaluation) {
        System.out.printf(
                "%s, %d agents, policy %s, %s episodes on fixed seeds (mean, 95 %% interval by Student t)%n",
                evaluation.spec().world(),
                evaluation.spec().agentCount(),
                name,
                Output.count(evaluation.episodes()));
        int m = 0;
        for (Metric metric : evaluation.spec().metrics()) {
            System.out.printf(
                    "  %-42s %s  %s%n",
                    metric.name(), Output.interval(evaluation.metric(m++)), metric.unit());
        }
        for (ReturnDialect dialect : evaluation.spec().dialects()) {
            System.out.printf(
                    "  %-42s %s  %s%n",
                    dialect.label(),
                    Output.interval(evaluation.dialect(dialect)),
                    dialect.formula());
        }
    }
}
