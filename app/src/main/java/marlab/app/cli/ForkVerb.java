package marlab.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import marlab.learning.train.BadInput;
import marlab.learning.train.Fork;
import marlab.learning.train.Settings;
import marlab.learning.train.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `marlab fork`: a new run that begins with what another has learned, under other settings.
@Command(
        name = "fork",
        description = {
            "Train on from a run's checkpoint in a run of its own, with other rewards, options or",
            "hyper-parameters; with network=entity also with another number of agents."
        },
        mixinStandardHelpOptions = true)
final class ForkVerb implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "The folder of the run to begin from.")
    private Path run;

    @Option(
            names = "--from",
            paramLabel = "VERSION",
            description = "Checkpoint to begin from (default: the newest).")
    private String version;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Budget of the new run in environment steps (default: that run's).")
    private String steps;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Where all chance comes from (default: that run's).")
    private String seed;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change a setting, as for marlab train; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--fresh-optimiser",
            description = "Forget the optimiser's moments; good where rewards or the world change.")
    private boolean freshOptimiser;

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
        Map<String, String> changes = new LinkedHashMap<>();
        if (steps != null) {
            changes.put("steps", steps);
        }
        for (String setting : settings) {
            String[] pair = Settings.pair(setting);
            changes.put(pair[0], pair[1]);
        }
        Fork fork =
                new Fork(
                        run,
                        whole("--from", version),
                        changes,
                        whole("--seed", seed),
                        freshOptimiser);
        Trainer trainer = out == null ? Trainer.fork(fork, runs) : Trainer.forkIn(fork, out);
        return Training.run(trainer, json);
    }

    static OptionalLong whole(String option, String text) {
        try {
            return text == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            throw new BadInput(option + " must be a whole number, not \"" + text + "\".", e);
        }
    }
}
