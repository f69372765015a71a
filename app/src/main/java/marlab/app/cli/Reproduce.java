package marlab.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import marlab.learning.sweep.Baselines;
import marlab.learning.sweep.BenchmarkReport;
import marlab.learning.sweep.Benchmarks;
import marlab.learning.sweep.GameAppendix;
import marlab.learning.sweep.Member;
import marlab.learning.sweep.Outcome;
import marlab.learning.sweep.SweepFolder;
import marlab.learning.train.BadInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `marlab reproduce`: runs the benchmark table anew.
@Command(
        name = "reproduce",
        description = {
            "Run the benchmark table anew: every task with every algorithm, several seeds each.",
            "Writes table.md and table.csv. Stopped or killed, it goes on where it was with the same"
                    + " command; runs that are done are kept by a hash of all their settings."
        },
        mixinStandardHelpOptions = true)
final class Reproduce implements Callable<Integer> {

    private static final String LIST = "/marlab/assets/benchmarks/benchmarks.json";
    private static final int MOST_SEEDS = 100;

    @Option(
            names = "--quick",
            description = "A part of it that takes about ten minutes on two processors.")
    private boolean quick;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Folder of runs and tables (default: reproduce, or reproduce-quick).")
    private Path out;

    @Option(
            names = "--only",
            paramLabel = "TASK[/ALGORITHM]",
            arity = "1..*",
            description = "Only this part of the table; may be repeated.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Training seeds of each row (default: 5; with --quick 2).")
    private Integer seeds;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Runs at a time (default: one per processor, each on one thread).")
    private Integer jobs;

    @Option(
            names = "--list",
            paramLabel = "FILE",
            description = "Tasks and algorithms from this JSON file instead of Marlab's own.")
    private Path list;

    @Option(names = "--show-list", description = "Print the tasks and algorithms, and stop.")
    private boolean showList;

    @Override
    public Integer call() {
        String text = text();
        if (showList) {
            System.out.print(text);
            return CommandLineMain.DONE;
        }
        Benchmarks benchmarks = Benchmarks.read(text, quick).only(only);
        if (seeds != null) {
            if (seeds < 1 || seeds > MOST_SEEDS) {
                throw new BadInput(
                        "--seeds must be a whole number from 1 to 100, not " + seeds + ".");
            }
            benchmarks = benchmarks.withSeeds(seeds);
        }
        int atOnce = Sweeping.jobs(jobs);
        WorkerProgram program = new WorkerProgram(atOnce);
        SweepFolder folder =
                new SweepFolder(
                        out != null ? out : Path.of(quick ? "reproduce-quick" : "reproduce"));
        List<Member> members = benchmarks.members();
        Map<String, Map<String, Outcome>> baselines = baselines(benchmarks, folder);
        String machine = machine(atOnce, program.threads());
        Benchmarks all = benchmarks;
        Supplier<String> report =
                () ->
                        new BenchmarkReport(all, folder, baselines, machine)
                                .write(GameAppendix.of(all, folder));
        int code = Sweeping.run(folder, members, atOnce, program, "the same command", report::get);
        System.out.print(report.get());
        return code;
    }

    private String text() {
        try {
            if (list != null) {
                return Files.readString(list);
            }
            try (InputStream in = Reproduce.class.getResourceAsStream(LIST)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new BadInput(
                    "The list "
                            + list
                            + " can't be read: "
                            + (Files.exists(list) ? e.getMessage() : "there is no such file")
                            + ".",
                    e);
        }
    }

    private static Map<String, Map<String, Outcome>> baselines(
            Benchmarks benchmarks, SweepFolder folder) {
        Baselines kept = new Baselines(folder.path().resolve("baselines"), benchmarks.episodes());
        Map<String, Map<String, Outcome>> all = new LinkedHashMap<>();
        String[] now = {"baselines"};
        try (ProgressLine _ = new ProgressLine(() -> "measuring " + now[0] + " …")) {
            for (Benchmarks.Task task : benchmarks.tasks()) {
                all.put(task.name(), kept.of(task, what -> now[0] = what));
            }
        }
        return all;
    }

    private static String machine(int jobs, int threads) {
        return "Machine: "
                + Machine.processor()
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " processors, "
                + System.getProperty("os.name")
                + " "
                + System.getProperty("os.arch")
                + ", "
                + System.getProperty("java.vm.name")
                + " "
                + Runtime.version()
                + "; "
                + jobs
                + (jobs == 1 ? " run" : " runs")
                + " at a time, "
                + threads
                + (threads == 1 ? " thread" : " threads")
                + " each.";
    }
}
