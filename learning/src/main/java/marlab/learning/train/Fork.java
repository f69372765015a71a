package marlab.learning.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import marlab.learning.algo.Setup;
import marlab.learning.algo.Unit;
import marlab.learning.net.PlainAlgebra;
import marlab.learning.store.NpzReader;
import marlab.learning.store.RunDirectory;

/// A new run that begins with what another has learned: with other rewards, other options (perhaps
/// more agents), other hyper-parameters. It counts its steps from 0, has a budget of its own, new
/// copies of the world and, where its algorithm keeps one, an empty replay memory. Equal forks give
/// equal bytes.
///
/// @param parent the other run's folder
/// @param version of its checkpoint, one of those that are kept; none for the newest
/// @param changes settings that differ from the parent's
/// @param seed where all chance comes from; none for the parent's
/// @param freshOptimiser whether optimisers begin anew rather than with the parent's moments
public record Fork(
        Path parent,
        OptionalLong version,
        Map<String, String> changes,
        OptionalLong seed,
        boolean freshOptimiser) {

    public Fork {
        changes = new TreeMap<>(changes);
    }

    /// What the new run needs of the parent.
    ///
    /// @param config of the new run
    /// @param checkpoint the parent's checkpoint
    /// @param counters of that checkpoint
    record Begin(RunConfig config, Path checkpoint, Checkpoint.Counters counters) {}

    /// Looks at the parent.
    ///
    /// @throws BadInput with one sentence where it can't be read, or its policies do not fit
    Begin begin() {
        RunDirectory run = Runs.open(parent);
        RunConfig before = Runs.config(run);
        long from = version.isPresent() ? kept(run, version.getAsLong()) : Runs.newest(run);
        Path checkpoint = run.checkpointPath(from);
        Checkpoint.Counters counters = Runs.counters(run, from);
        RunConfig config = before.with(edited(before, counters)).with(changes);
        config = seed.isPresent() ? config.withSeed(seed.getAsLong()) : config;
        ConfigCheck.check(config);
        try (NpzReader weights = Runs.weights(run, from)) {
            checkFit(config, weights);
        } catch (java.io.IOException e) {
            throw Runs.damaged(run, from, e);
        }
        return new Begin(config, checkpoint, counters);
    }

    /// Rewards as they were when the checkpoint was made: they may have been edited.
    private static Map<String, String> edited(RunConfig config, Checkpoint.Counters counters) {
        Map<String, String> rewards = new LinkedHashMap<>();
        if (counters.weights().equals(config.rewardWeights())) {
            return rewards;
        }
        for (int k = 0; k < counters.weights().size(); k++) {
            rewards.put(
                    "reward." + config.spec().terms().get(k).name(),
                    Double.toString(counters.weights().weight(k)));
        }
        rewards.put("share", Double.toString(counters.weights().share()));
        return rewards;
    }

    private static long kept(RunDirectory run, long version) {
        Runs.expect(run, version);
        return version;
    }

    private void checkFit(RunConfig config, NpzReader weights) {
        Setup setup = config.setup(new PlainAlgebra());
        for (Unit unit : setup.units()) {
            String name = unit.name() + ".actor";
            try {
                Checkpoint.getLayers(weights, name, setup.actor(unit, 1).parameters());
            } catch (java.io.IOException e) {
                throw new BadInput(
                        "The policies of "
                                + parent
                                + " do not fit the new run ("
                                + Runs.problem(e)
                                + "); leave the agents, the options and the network as they were, or begin"
                                + " from a run with network=entity, whose policies fit any number of"
                                + " agents.",
                        e);
            }
        }
    }

    /// What `run.json` says of it.
    Map<String, Object> provenance(Begin begin) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", parent.toAbsolutePath().normalize().toString());
        tree.put("version", begin.counters.version());
        tree.put("env_steps", begin.counters.envSteps());
        tree.put("changes", changes);
        tree.put("fresh_optimiser", freshOptimiser);
        return tree;
    }

    /// One sentence for the list of events.
    String describe(Begin begin, List<String> fresh) {
        String changed =
                changes.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(", "));
        return "Training begins with what "
                + parent.toAbsolutePath().normalize().getFileName()
                + " had learned at checkpoint "
                + begin.counters.version()
                + (changed.isEmpty() ? "" : ", with " + changed)
                + (fresh.isEmpty() ? "" : "; new are " + String.join(", ", fresh))
                + ".";
    }
}
