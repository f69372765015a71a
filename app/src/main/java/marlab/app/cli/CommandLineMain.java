package marlab.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import marlab.learning.train.BadInput;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line: the verbs of the same engine that the window drives. Results go to standard
/// output, progress and messages to standard error. Exit codes: 0 done, 2 bad input, 3 failed, 130
/// cancelled.
@Command(
        name = "marlab",
        description = {
            "A laboratory for multi-agent reinforcement learning.",
            "Without a verb it opens the window; without a display it trains Simple Spread for a minute."
        },
        synopsisSubcommandLabel = "[VERB]",
        subcommands = {
            Train.class,
            Resume.class,
            ForkVerb.class,
            SweepVerb.class,
            Reproduce.class,
            Work.class,
            Evaluate.class,
            RecordVerb.class,
            ReplayVerb.class,
            ExportVerb.class,
            VideoVerb.class,
            ScreenshotVerb.class,
            Bench.class,
            Conform.class,
            WorldsVerb.class,
            AlgorithmsVerb.class,
            Doctor.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "marlab VERB --help tells more. Exit codes: 0 done, 2 bad input, 3 failed, 130 cancelled."
        })
public final class CommandLineMain implements Runnable {

    /// Everything is fine.
    static final int DONE = 0;

    /// A person's input can't be used.
    static final int BAD_INPUT = 2;

    /// The run failed, or a comparison did.
    static final int FAILED = 3;

    /// The person asked to stop.
    static final int CANCELLED = 130;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// Runs a verb.
    ///
    /// @return the exit code
    public static int run(String[] arguments) {
        CommandLine line = new CommandLine(new CommandLineMain());
        line.setExecutionExceptionHandler((e, at, parsed) -> explain(e, at.getErr()));
        line.setParameterExceptionHandler(CommandLineMain::explain);
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        int code = line.execute(arguments);
        if (System.out.checkError()) {
            System.err.println("marlab: the output could not be written; see where it goes.");
            return FAILED;
        }
        return code;
    }

    private static int explain(Exception e, PrintWriter err) {
        return switch (e) {
            case BadInput bad -> {
                err.println("marlab: " + bad.getMessage());
                yield BAD_INPUT;
            }
            case CancellationException cancelled -> {
                err.println("marlab: cancelled.");
                yield CANCELLED;
            }
            default -> {
                err.println(
                        "marlab: an error that Marlab should have caught; please report it with these lines.");
                e.printStackTrace(err);
                yield FAILED;
            }
        };
    }

    private static int explain(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        if (e instanceof UnmatchedArgumentException unmatched
                && e.getCommandLine().getParent() == null) {
            err.println(
                    "marlab: there is no verb \""
                            + unmatched.getUnmatched().getFirst()
                            + "\"; the verbs are "
                            + String.join(", ", e.getCommandLine().getSubcommands().keySet())
                            + ".");
            return BAD_INPUT;
        }
        String message = e.getMessage();
        err.println(
                "marlab: "
                        + message
                        + (message.endsWith(".") ? "" : ".")
                        + " Try marlab "
                        + (e.getCommandLine().getParent() == null
                                ? ""
                                : e.getCommandLine().getCommandName() + " ")
                        + "--help.");
        return BAD_INPUT;
    }

    /// What the program does without a verb and without a display: the first minute, headless.
    ///
    /// @param why what is missing, one sentence
    /// @param arguments settings of the run, as train takes them
    /// @return the exit code
    public static int firstMinute(String why, List<String> arguments) {
        System.err.println(
                why
                        + " Training Simple Spread here instead; marlab --help lists what else there"
                        + " is.");
        List<String> train = new ArrayList<>(List.of("train"));
        train.addAll(arguments);
        return run(train.toArray(String[]::new));
    }
}
