package marlab.app.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import marlab.learning.net.DenseLayers;
import marlab.learning.store.RunDirectory;
import marlab.learning.train.BadInput;
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
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.policy.Policy;

/// From what a person wrote to a world and a policy that acts in it: a run's newest checkpoint, an
/// exported policy, a network of DL4J's, or a script. Every misfit is told before anything runs.
///
/// @param policy name that the person gave; null for the best there is
/// @param settings OPTION=VALUE, as written
record PolicyChoice(String policy, List<String> settings) {

    private static final String FROZEN = "frozen.";

    /// Who acts where.
    ///
    /// @param name of the policy
    /// @param snapshot what was learned; null for scripts and networks of others
    /// @param actor makes a policy for each thread
    record Chosen(
            WorldProvider provider,
            EnvOptions options,
            String name,
            PolicySnapshot snapshot,
            Supplier<Policy> actor) {}

    /// The policy of a run, or of a world's scripts.
    ///
    /// @param run null where the world is named
    /// @param world null where the run brings it along
    Chosen of(Path run, String world) {
        if (run == null && world == null) {
            throw new BadInput(
                    "Name a run's folder, or a world with --world (and a policy with --policy).");
        }
        boolean foreign = run != null && PolicyFiles.isForeign(run);
        if (foreign && world == null) {
            throw new BadInput(run + " does not say which world it is for; add --world NAME.");
        }
        if (run != null && world != null && !foreign) {
            throw new BadInput("A run brings its world along; leave --world out.");
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
        return new Chosen(provider, options, name, snapshot, actor);
    }

    static PolicySnapshot snapshot(Path run) {
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

    EnvOptions options(WorldProvider provider, PolicySnapshot snapshot) {
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

    Supplier<Policy> choose(
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
}
