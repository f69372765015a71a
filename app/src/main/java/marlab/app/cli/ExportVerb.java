package marlab.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import marlab.learning.store.RunDirectory;
import marlab.learning.train.BadInput;
import marlab.learning.train.PolicyFiles;
import marlab.learning.train.PolicySnapshot;
import marlab.learning.train.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `marlab export`: what a run has learned, for other programs.
@Command(
        name = "export",
        description = {
            "Write a run's policy for other programs: FILE.npz for NumPy, FILE.zip for DL4J's",
            "ModelSerializer (FILE-UNIT.zip each where there are several sets of networks), any other",
            "name is a folder of .npy files. marlab evaluate takes them all back."
        })
final class ExportVerb implements Callable<Integer> {

    @Parameters(
            paramLabel = "RUN",
            description = "The folder of a run, or what was exported before.")
    private Path run;

    @Option(
            names = "--version",
            paramLabel = "V",
            description = "Checkpoint to export (default: the newest).")
    private String version;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description = "Where to: FILE.zip, FILE.npz or a folder.")
    private Path to;

    // The usual mixin has a --version of its own.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Override
    public Integer call() {
        PolicyFiles.write(policy(), to).forEach(System.out::println);
        return CommandLineMain.DONE;
    }

    private PolicySnapshot policy() {
        if (PolicyFiles.isPolicy(run)) {
            if (version != null) {
                throw new BadInput(run + " is one policy; leave --version out.");
            }
            return PolicyFiles.read(run);
        }
        RunDirectory directory = Runs.open(run);
        return version == null
                ? Runs.newestPolicy(directory)
                : Runs.policy(directory, ForkVerb.whole("--version", version).getAsLong());
    }
}
