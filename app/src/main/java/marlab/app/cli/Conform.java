package marlab.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import marlab.app.conform.Comparison;
import marlab.app.conform.Trace;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `marlab conform FILE...`: plays golden traces of the reference and says how far ours differ.
@Command(
        name = "conform",
        description = "Plays golden traces of the reference suites and compares every number.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no number differs by more than the tolerance",
            "2:a file cannot be read or played",
            "3:a number differs by more"
        })
public final class Conform implements Callable<Integer> {

    private static final int DIFFERS = 3;
    private static final int BAD_INPUT = 2;

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Traces, *.jsonl.gz, or folders of them.")
    private List<Path> named = List.of();

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            defaultValue = "1e-9",
            description = "Largest difference that passes (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(names = "--json", description = "Print one JSON object instead of lines.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
            err.println(
                    "marlab: --tolerance must be a number of 0 or more, not " + tolerance + ".");
            return BAD_INPUT;
        }
        List<Path> files;
        try {
            files = traces();
        } catch (BadInput e) {
            err.println("marlab: " + e.getMessage());
            err.flush();
            return BAD_INPUT;
        }
        int exit = 0;
        List<Map<String, Object>> reports = new ArrayList<>();
        int width = files.stream().mapToInt(f -> name(f).length()).max().orElse(0);
        for (Path file : files) {
            try {
                Comparison outcome = Trace.play(file);
                boolean passes = outcome.within(tolerance);
                exit = passes ? exit : Math.max(exit, DIFFERS);
                reports.add(report(file, outcome, passes));
                if (!json) {
                    out.println(line(file, outcome, passes, width));
                    outcome.notes().forEach(note -> out.println("  " + note));
                }
            } catch (BadInput e) {
                reports.add(Map.of("file", file.toString(), "error", e.getMessage()));
                err.println("marlab: " + e.getMessage());
            }
        }
        boolean bad = reports.stream().anyMatch(r -> r.containsKey("error"));
        exit = bad ? BAD_INPUT : exit;
        if (json) {
            out.println(Json.line(summary(reports, exit)));
        }
        out.flush();
        err.flush();
        return exit;
    }

    /// The files named, and those in the folders named, in order.
    private List<Path> traces() {
        List<Path> files = new ArrayList<>();
        for (Path each : named) {
            if (!Files.isDirectory(each)) {
                files.add(each);
                continue;
            }
            try (Stream<Path> within = Files.walk(each)) {
                List<Path> found =
                        within.filter(f -> f.toString().endsWith(".jsonl.gz")).sorted().toList();
                if (found.isEmpty()) {
                    throw new BadInput(
                            "There is no .jsonl.gz trace in " + each + "; name another folder.");
                }
                files.addAll(found);
            } catch (IOException | UncheckedIOException e) {
                throw new BadInput(each + " cannot be read; check its permissions.", e);
            }
        }
        return files;
    }

    private Map<String, Object> summary(List<Map<String, Object>> reports, int exit) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("tolerance", tolerance);
        summary.put("ok", exit == 0);
        summary.put("files", reports);
        return summary;
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    private static String line(Path file, Comparison outcome, boolean passes, int width) {
        String ends = outcome.ends() == 0 ? "" : ", ends differ at " + outcome.ends() + " steps";
        return String.format(
                Locale.ROOT,
                "%-" + width + "s  state %.1e  observation %.1e  reward %.1e  %4d steps  %s%s",
                name(file),
                outcome.state(),
                outcome.observation(),
                outcome.reward(),
                outcome.steps(),
                passes ? "conforms" : "DIFFERS",
                ends);
    }

    private static Map<String, Object> report(Path file, Comparison outcome, boolean passes) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("file", file.toString());
        report.put("world", outcome.world());
        report.put("options", outcome.options());
        report.put("episodes", outcome.episodes());
        report.put("steps", outcome.steps());
        report.put("state_error", outcome.state());
        report.put("observation_error", outcome.observation());
        report.put("reward_error", outcome.reward());
        report.put("steps_with_other_ends", outcome.ends());
        report.put("notes", List.copyOf(outcome.notes()));
        report.put("ok", passes);
        return report;
    }
}
