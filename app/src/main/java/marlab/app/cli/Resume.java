package marlab.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import marlab.app.keepsake.Keepsakes;
import marlab.learning.train.Runs;
import marlab.learning.train.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `marlab resume`: goes on with a run from its newest checkpoint, bit for bit.
@Command(
        name = "resume",
        description = "Go on with a run from its newest checkpoint, as if it had never stopped.",
        mixinStandardHelpOptions = true)
final class Resume implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "The run's folder.")
    private Path run;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (Runs.open(run).isDone() && !Keepsakes.areIn(run)) { // interrupted after the training
            try (Trainer trainer = Trainer.reopen(run)) {
                Training.report(trainer, json);
            }
            return CommandLineMain.DONE;
        }
        return Training.run(Trainer.resume(run), json);
    }
}
