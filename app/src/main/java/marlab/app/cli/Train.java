package marlab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import marlab.learning.train.RunConfig;
import marlab.learning.train.Settings;
import marlab.learning.train.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `marlab train`: trains a run and leaves its folder, with a picture of the learning curve and a
/// replay.
@Command(
        name = "train",
        description = "Train policies; leaves a run folder with curve, replay and checkpoints.",
        mixinStandardHelpOptions = true)
final class Train implements Callable<Integer> {

    @Option(
            names = "--world",
            paramLabel = "NAME",
            description = "World to train in (default: simple_spread).")
    private String world;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description =
                    "How to learn: one that marlab algorithms lists, such as mappo, qmix, maddpg or"
                            + " iql (default: mappo).")
    private String algorithm;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description =
                    "Budget in environment steps (default: the algorithm's, mostly 3 million).")
    private String steps;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Where all chance comes from (default: 1).")
    private String seed;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Change a setting: a world option, reward.TERM, share, frozen.GROUP=SCRIPT for a group"
                            + " that follows a scripted policy instead of learning, a"
                            + " hyper-parameter of the algorithm (marlab algorithms NAME), or one of"
                            + " marlab algorithms; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Start from a run's config.json.")
    private Path configFile;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Folder to make for the run (default: a new one, see --runs).")
    private Path out;

    @Option(
            names = "--runs",
            paramLabel = "FOLDER",
            defaultValue = "runs",
            description = "Where to make a new folder for the run (default: ${DEFAULT-VALUE}).")
    private Path runs;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        RunConfig config = config();
        Trainer trainer =
                out == null ? Trainer.create(config, runs) : Trainer.createIn(config, out);
        return Training.run(trainer, json);
    }

    private RunConfig config() {
        RunConfig config = configFile == null ? fresh() : fromFile();
        Map<String, String> changes = new LinkedHashMap<>();
        if (steps != null) {
            changes.put("steps", steps);
        }
        for (String setting : settings) {
            String[] pair = Settings.pair(setting);
            changes.put(pair[0], pair[1]);
        }
        return config.with(changes);
    }

    private RunConfig fresh() {
        return RunConfig.defaults(
                world == null ? "simple_spread" : world,
                algorithm == null ? "mappo" : algorithm,
                seed());
    }

    private long seed() {
        try {
            return seed == null ? 1 : Long.parseLong(seed.strip());
        } catch (NumberFormatException e) {
            throw new BadInput("--seed must be a whole number, not \"" + seed + "\".", e);
        }
    }

    private RunConfig fromFile() {
        if (world != null || algorithm != null) {
            throw new BadInput(
                    "--config brings world and algorithm along; leave --world and --algorithm out.");
        }
        try {
            RunConfig config = RunConfig.fromTree(Json.object(Files.readString(configFile)));
            return seed == null ? config : config.withSeed(seed());
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(
                    "The config "
                            + configFile
                            + " can't be read: "
                            + (Files.exists(configFile) ? e.getMessage() : "there is no such file")
                            + ".",
                    e);
        } catch (BadInput e) {
            throw new BadInput("The config " + configFile + ": " + e.getMessage(), e);
        }
    }
}
