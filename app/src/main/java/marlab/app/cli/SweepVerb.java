package marlab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import marlab.learning.store.Json;
import marlab.learning.sweep.Member;
import marlab.learning.sweep.SweepFolder;
import marlab.learning.sweep.SweepPlan;
import marlab.learning.sweep.SweepReport;
import marlab.learning.train.BadInput;
import marlab.learning.train.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `marlab sweep`: many runs over a space of settings.
@Command(
        name = "sweep",
        description = {
            "Train at many points of the space of settings, several seeds each, in worker processes.",
            "Leaves table.md, table.csv, curves.csv and every run. Stopped or killed, it goes on where"
                    + " it was with the same command or with --resume."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Any setting can be an axis, and so can algorithm and world. For instance:",
            "  marlab sweep --grid algorithm=ippo,mappo --lhs learning_rate=1e-4..1e-2:log",
            "    --samples 8 --seeds 1-5 --set steps=200000 --out my-sweep",
            "FILE.json holds the same: world, algorithm, settings, grid, list, lhs, samples, seeds,",
            "episodes; a grid's values and lists are arrays, a range is \"1e-4..1e-2:log\"."
        })
final class SweepVerb implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE.json",
            arity = "0..1",
            description = "What to sweep, instead of the options below.")
    private Path file;

    @Option(
            names = "--world",
            paramLabel = "NAME",
            description = "World to train in (default: simple_spread).")
    private String world;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "Algorithm, see marlab algorithms (default: mappo).")
    private String algorithm;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of all runs; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--grid",
            paramLabel = "KEY=A,B,C",
            description =
                    "Every one of these values, with every combination of other axes; where values"
                            + " have commas, | separates them.")
    private List<String> grid = new ArrayList<>();

    @Option(
            names = "--list",
            paramLabel = "KEY=A,KEY2=B",
            description = "This point; repeated for each point of the list.")
    private List<String> list = new ArrayList<>();

    @Option(
            names = "--lhs",
            paramLabel = "KEY=LOW..HIGH[:log]",
            description =
                    "An axis of a Latin hypercube of --samples points; whole numbers where both ends"
                            + " are written so.")
    private List<String> lhs = new ArrayList<>();

    @Option(names = "--samples", paramLabel = "N", description = "Points of the Latin hypercube.")
    private Integer samples;

    @Option(
            names = "--seeds",
            paramLabel = "1-5",
            description = "Training seeds of each point (default: 1-5).")
    private String seeds;

    @Option(
            names = "--episodes",
            paramLabel = "N",
            description = "Episodes of the evaluation after each run (default: 1000).")
    private Integer episodes;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Runs at a time (default: one per processor, each on one thread).")
    private Integer jobs;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Folder of the sweep (default: sweep).")
    private Path out;

    @Option(
            names = "--pause",
            paramLabel = "FOLDER",
            description = "Pause the sweep that goes on in this folder.")
    private Path pause;

    @Option(
            names = "--resume",
            paramLabel = "FOLDER",
            description = "Go on with the sweep in this folder; failed runs are tried again.")
    private Path resume;

    @Override
    public Integer call() throws InterruptedException {
        if (pause != null) {
            return pause();
        }
        List<Member> members;
        SweepFolder folder;
        if (resume != null) {
            folder = new SweepFolder(resume);
            members =
                    folder.members()
                            .orElseThrow(() ->
                                    new BadInput(
                                            "There is no sweep in "
                                                    + resume
                                                    + "; name the folder of one."));
        } else {
            folder = new SweepFolder(out == null ? Path.of("sweep") : out);
            members = (file == null ? fromOptions() : fromFile()).members();
            List<Member> there = folder.members().orElse(members);
            if (!names(there).equals(names(members))) {
                throw new BadInput(
                        "The folder "
                                + folder.path()
                                + " holds another sweep; choose another with --out, or go on with that"
                                + " one by --resume.");
            }
        }
        int atOnce = Sweeping.jobs(jobs);
        int code =
                Sweeping.run(
                        folder,
                        members,
                        atOnce,
                        new WorkerProgram(atOnce),
                        "./marlab sweep --resume " + folder.path(),
                        () -> SweepReport.write(folder, members));
        System.out.print(SweepReport.write(folder, members));
        return code;
    }

    private static List<String> names(List<Member> members) {
        return members.stream().map(Member::name).toList();
    }

    private int pause() throws InterruptedException {
        try {
            new SweepFolder(pause).pause();
        } catch (IOException e) {
            throw new BadInput(
                    "The folder " + pause + " can't be written (" + e.getMessage() + ").", e);
        }
        System.err.println("Paused; go on with: ./marlab sweep --resume " + pause);
        return CommandLineMain.DONE;
    }

    private SweepPlan fromOptions() {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "world", world);
        put(tree, "algorithm", algorithm);
        Map<String, Object> set = new LinkedHashMap<>();
        settings.stream().map(Settings::pair).forEach(pair -> set.put(pair[0], pair[1]));
        tree.put("settings", set);
        Map<String, Object> axes = new LinkedHashMap<>();
        for (String axis : grid) {
            String[] pair = Settings.pair(axis);
            String separator = pair[1].contains("|") ? "\\|" : ",";
            axes.put(pair[0], Arrays.asList(pair[1].split(separator, -1)));
        }
        tree.put("grid", axes);
        List<Object> points = new ArrayList<>();
        for (String point : list) {
            Map<String, Object> one = new LinkedHashMap<>();
            for (String setting : point.split(",(?=[A-Za-z_][\\w.]*=)")) {
                String[] pair = Settings.pair(setting);
                one.put(pair[0], pair[1]);
            }
            points.add(one);
        }
        if (!points.isEmpty()) {
            tree.put("list", points);
        }
        Map<String, Object> ranges = new LinkedHashMap<>();
        lhs.stream().map(Settings::pair).forEach(pair -> ranges.put(pair[0], pair[1]));
        tree.put("lhs", ranges);
        put(tree, "samples", samples);
        put(tree, "seeds", seeds);
        put(tree, "episodes", episodes);
        return SweepPlan.of(tree);
    }

    private static void put(Map<String, Object> tree, String key, Object value) {
        if (value != null) {
            tree.put(key, value);
        }
    }

    private SweepPlan fromFile() {
        if (world != null
                || algorithm != null
                || samples != null
                || seeds != null
                || episodes != null
                || !settings.isEmpty()
                || !grid.isEmpty()
                || !list.isEmpty()
                || !lhs.isEmpty()) {
            throw new BadInput(
                    "A file says everything about a sweep; leave the other options out.");
        }
        try {
            return SweepPlan.of(Json.object(Files.readString(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(
                    "The sweep "
                            + file
                            + " can't be read: "
                            + (Files.exists(file) ? e.getMessage() : "there is no such file")
                            + ".",
                    e);
        } catch (BadInput e) {
            throw new BadInput("The sweep " + file + ": " + e.getMessage(), e);
        }
    }
}
