package marlab.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import marlab.learning.net.DenseLayers;
import marlab.learning.store.Json;
import marlab.learning.store.RunDirectory;
import marlab.learning.train.BadInput;
import marlab.learning.train.Evaluation;
import marlab.learning.train.ForeignPolicy;
import marlab.learning.train.FrozenGroups;
import marlab.learning.train.LearnedPolicy;
import marlab.learning.train.PolicyFiles;
import marlab.learning.train.PolicySnapshot;
import marlab.learning.train.RunConfig;
import marlab.learning.train.Runs;
import marlab.learning.train.Settings;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Metric;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.Workers;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
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

    private static final String FROZEN = "frozen.";

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
        Path run = runs.isEmpty() ? null : runs.getFirst();
        if (run == null && world == null) {
            throw new BadInput(
                    "Name a run's folder, or a world with --world (and a policy with --policy).");
        }
        boolean foreign = runs.size() == 1 && PolicyFiles.isForeign(run);
        if (foreign && world == null) {
            throw new BadInput(run + " does not say which world it is for; add --world NAME.");
        }
        if (run != null && world != null && !foreign) {
            throw new BadInput("A run brings its world along; leave --world out.");
        }
        if (runs.size() > 1) {
            compare();
            return CommandLineMain.DONE;
        }
        PolicySnapshot snapshot = run == null || foreign ? null : snapshot(run);
        WorldProvider provider = snapshot == null ? named(world) : snapshot.config().provider();
        EnvOptions options = options(provider, snapshot);
        boolean learned = snapshot != null || foreign;
        String name = policy == null ? (learned ? "learned" : first(provider, options)) : policy;
        Supplier<Policy> actor =
                foreign
                        ? foreign(run, provider, options)
                        : choose(provider, options, snapshot, name);
        Evaluation evaluation = evaluate(provider, options, actor);
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
        runs.forEach(path -> snapshots.put(path.toString(), snapshot(path)));
        RunConfig first = snapshots.values().iterator().next().config();
        WorldProvider provider = first.provider();
        EnvOptions options = options(provider, snapshots.values().iterator().next());
        snapshots.forEach((path, snapshot) -> {
            if (!snapshot.config().world().equals(first.world())
                    || !options(provider, snapshot).equals(options)) {
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
                        evaluate(provider, options, choose(provider, options, snapshot, how))));
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

    private static PolicySnapshot snapshot(Path run) {
        if (PolicyFiles.isPolicy(run)) {
            return PolicyFiles.read(run);
        }
        RunDirectory directory = Runs.open(run);
        return Runs.newestPolicy(directory);
    }

    private static WorldProvider named(String name) {
        try {
            return Worlds.named(name);
        } catch (IllegalArgumentException e) {
            throw new BadInput(RunConfig.sentence(e.getMessage()), e);
        }
    }

    private EnvOptions options(WorldProvider provider, PolicySnapshot snapshot) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (snapshot != null) {
            texts.putAll(snapshot.config().options());
        }
        for (String setting : settings) {
            String[] pair = Settings.pair(setting);
            if (snapshot != null || !pair[0].startsWith(FROZEN)) {
                texts.put(pair[0], pair[1]);
            }
        }
        try {
            return provider.configure(texts);
        } catch (IllegalArgumentException e) {
            throw new BadInput(RunConfig.sentence(e.getMessage()), e);
        }
    }

    private static String first(WorldProvider provider, EnvOptions options) {
        return provider.scriptedPolicies(options).keySet().iterator().next();
    }

    private Supplier<Policy> choose(
            WorldProvider provider, EnvOptions options, PolicySnapshot snapshot, String name) {
        if (name.equals("learned") || name.equals("sampled")) {
            if (snapshot == null) {
                throw new BadInput("Policy " + name + " needs a run's folder.");
            }
            LearnedPolicy.Mode mode =
                    name.equals("learned") ? LearnedPolicy.Mode.GREEDY : LearnedPolicy.Mode.SAMPLED;
            snapshot.policy(options, mode); // misfits are told before anything runs
            return () -> snapshot.policy(options, mode);
        }
        Map<String, Policy> scripted = provider.scriptedPolicies(options);
        if (!scripted.containsKey(name)) {
            throw new BadInput(
                    "There is no policy \""
                            + name
                            + "\"; there are "
                            + (snapshot == null ? "" : "learned, sampled, ")
                            + String.join(", ", scripted.keySet())
                            + ".");
        }
        Map<String, String> frozen = frozen(provider, options, snapshot);
        return () ->
                FrozenGroups.over(
                        provider.scriptedPolicies(options).get(name), provider, options, frozen);
    }

    private Supplier<Policy> foreign(Path file, WorldProvider provider, EnvOptions options) {
        if (policy != null && !policy.equals("learned")) {
            throw new BadInput(file + " acts greedily; leave --policy out.");
        }
        DenseLayers network = PolicyFiles.foreign(file);
        Map<String, String> frozen = frozen(provider, options, null);
        EnvSpec spec = provider.create(options).spec();
        Supplier<Policy> acting =
                () ->
                        FrozenGroups.over(
                                new ForeignPolicy(file, network, spec, frozen.keySet()),
                                provider,
                                options,
                                frozen);
        acting.get(); // misfits are told before anything runs
        return acting;
    }

    /// Groups that follow a script of their own whatever policy is evaluated: those of the run, or
    /// those that were asked for.
    private Map<String, String> frozen(
            WorldProvider provider, EnvOptions options, PolicySnapshot snapshot) {
        if (snapshot != null) {
            return snapshot.config().frozen();
        }
        Map<String, String> all = new LinkedHashMap<>(options.asText());
        for (String setting : settings) {
            String[] pair = Settings.pair(setting);
            if (pair[0].startsWith(FROZEN)) {
                all.put(pair[0], pair[1]);
            }
        }
        return RunConfig.defaults(provider.name(), "mappo", 1).with(all).frozen();
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
