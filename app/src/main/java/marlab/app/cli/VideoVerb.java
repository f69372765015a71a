package marlab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import marlab.app.picture.WorldPicture;
import marlab.app.theme.Scheme;
import marlab.app.video.ContactSheet;
import marlab.app.video.Film;
import marlab.app.video.FilmFiles;
import marlab.app.video.FilmFormat;
import marlab.app.video.FilmJob;
import marlab.app.video.FilmPlan;
import marlab.app.video.FilmPreset;
import marlab.app.video.FilmSource;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `marlab video`: a film of replays, or of how a policy was learned; needs no display.
@Command(
        name = "video",
        description = {
            "Make a film of a replay: the world and its curve, or two worlds side by side, as MP4, GIF",
            "or numbered pictures. Frames follow from the replay alone, however fast this computer is."
        },
        mixinStandardHelpOptions = true)
final class VideoVerb implements Callable<Integer> {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
    private static final Pattern EPISODES = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");
    private static final double LONG_GIF = 15;
    private static final List<String> OVERLAYS = List.of("trails", "whiskers", "letters");
    private static final List<String> FIGURES = List.of("rewards", "values");

    @Parameters(
            paramLabel = "FILE",
            arity = "1..2",
            description = "A replay, or a run's folder; two are shown side by side.")
    private List<Path> inputs = new ArrayList<>();

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = {
                "square: the world, 1080 × 1080. 1080p: the world, its curve and a caption. side-by-side:",
                "two worlds on one clock. (default: 1080p, or side-by-side for two files)"
            })
    private String preset;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description =
                    "mp4 (H.264), gif (half the size; keep it under 15 s) or png (a folder of numbered"
                            + " pictures); default: what --out ends with, else mp4.")
    private String format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to (default: beside the replay, with its name).")
    private Path out;

    @Option(names = "--force", description = "Replace what is there.")
    private boolean force;

    @Option(
            names = "--fps",
            paramLabel = "N",
            defaultValue = "30",
            description = "Frames per second (default: ${DEFAULT-VALUE}).")
    private int fps;

    @Option(
            names = "--speed",
            paramLabel = "STEPS",
            defaultValue = "10",
            description = "Steps of the world per second (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Option(
            names = "--episodes",
            paramLabel = "A-B",
            description = "Only these episodes, as the read-out counts them.")
    private String episodes;

    @Option(names = "--from", paramLabel = "MOMENT", description = "Begin at this moment.")
    private Long from;

    @Option(names = "--to", paramLabel = "MOMENT", description = "End with this moment.")
    private Long to;

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Title (default: the world's).")
    private String title;

    @Option(
            names = "--caption",
            paramLabel = "TEXT",
            description =
                    "Text below the world; several follow one another, or belong to one world each"
                            + " side by side.")
    private List<String> captions = new ArrayList<>();

    @Option(
            names = "--theme",
            paramLabel = "NAME",
            defaultValue = "light",
            description = "light or dark (default: ${DEFAULT-VALUE}).")
    private Scheme theme;

    @Option(
            names = "--hide",
            paramLabel = "NAME",
            split = ",",
            description = "Leave out trails, whiskers or letters.")
    private List<String> hidden = new ArrayList<>();

    @Option(
            names = "--show",
            paramLabel = "NAME",
            split = ",",
            description = "Write rewards or values beside the agents.")
    private List<String> shown = new ArrayList<>();

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Another size of frames, both even, such as 1280x720.")
    private String size;

    @Option(
            names = "--learning",
            description = "Of a run: one version after another, the learning curve growing beside.")
    private boolean learning;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "With --learning: length of the whole film (default: 20).")
    private Double seconds;

    @Option(
            names = "--contact-sheet",
            paramLabel = "FILE.png",
            description = "Instead of a film, twelve of its frames on one picture.")
    private Path sheet;

    @Option(names = "--json", description = "Print what was made as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        FilmFormat as = format();
        FilmPlan plan = plan().suiting(as);
        Film film =
                learning
                        ? Film.ofLearning(plan, FilmFiles.learning(onlyInput()))
                        : Film.of(plan, open());
        if (sheet != null) {
            return contactSheet(film);
        }
        Path file = out == null ? usualName(as) : out;
        if (as == FilmFormat.GIF && film.seconds() > LONG_GIF) {
            System.err.printf(
                    Locale.ROOT,
                    "marlab: a GIF of %.0f s is large and slow to open; --format mp4 is smaller.%n",
                    film.seconds());
        }
        try {
            make(film, as, file);
        } catch (IOException e) {
            System.err.println(
                    "marlab: "
                            + file
                            + " could not be written ("
                            + e.getMessage()
                            + "); see whether the disk is full.");
            return CommandLineMain.FAILED;
        }
        return CommandLineMain.DONE;
    }

    private FilmFormat format() {
        if (format == null) {
            String name = out == null ? "" : out.toString().toLowerCase(Locale.ROOT);
            return name.endsWith(".gif") ? FilmFormat.GIF : FilmFormat.MP4;
        }
        return Arrays.stream(FilmFormat.values())
                .filter(f -> f.name().equalsIgnoreCase(format))
                .findFirst()
                .orElseThrow(() ->
                        new BadInput(
                                "There is no format \""
                                        + format
                                        + "\"; there are mp4, gif and png."));
    }

    private FilmPlan plan() {
        FilmPlan plan =
                FilmPlan.of(preset())
                        .paced(new FilmPlan.Pace(fps, speed, length()))
                        .ranged(range())
                        .worded(title, captions)
                        .looking(look());
        if (size == null) {
            return plan;
        }
        Matcher sides = SIZE.matcher(size);
        if (!sides.matches()) {
            throw new BadInput("--size is WIDTHxHEIGHT, such as 1280x720, not " + size + ".");
        }
        return plan.sized(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
    }

    private FilmPreset preset() {
        if (preset == null) {
            return inputs.size() == 2 ? FilmPreset.SIDE_BY_SIDE : FilmPreset.HD;
        }
        return Arrays.stream(FilmPreset.values())
                .filter(p -> p.word().equalsIgnoreCase(preset))
                .findFirst()
                .orElseThrow(() ->
                        new BadInput(
                                "There is no preset \""
                                        + preset
                                        + "\"; there are "
                                        + Arrays.stream(FilmPreset.values())
                                                .map(FilmPreset::word)
                                                .collect(Collectors.joining(", "))
                                        + "."));
    }

    private double length() {
        if (seconds == null) {
            return 0;
        }
        if (!learning) {
            throw new BadInput(
                    "--seconds is for --learning; other films are as long as their episodes, see"
                            + " --speed, --from and --to.");
        }
        return seconds == 0 ? -1 : seconds;
    }

    private FilmPlan.Range range() {
        FilmPlan.Range all = FilmPlan.Range.ALL;
        if (learning && (episodes != null || from != null || to != null)) {
            throw new BadInput(
                    "A film of learning shows the first episode of every version; leave"
                            + " --episodes, --from and --to out.");
        }
        int first = all.firstEpisode();
        int last = all.lastEpisode();
        if (episodes != null) {
            Matcher range = EPISODES.matcher(episodes);
            if (!range.matches()) {
                throw new BadInput(
                        "--episodes is one number or two, such as 3 or 3-5, not " + episodes + ".");
            }
            first = Integer.parseInt(range.group(1));
            last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
        }
        return new FilmPlan.Range(
                from == null ? all.from() : from, to == null ? all.to() : to, first, last);
    }

    private static void known(List<String> named, List<String> all, String what) {
        for (String each : named) {
            if (!all.contains(each)) {
                throw new BadInput(
                        "There is no \""
                                + each
                                + "\" to "
                                + what
                                + "; there are "
                                + String.join(", ", all)
                                + ".");
            }
        }
    }

    private FilmPlan.Look look() {
        known(hidden, OVERLAYS, "hide");
        known(shown, FIGURES, "show");
        return new FilmPlan.Look(
                theme,
                !hidden.contains("trails"),
                !hidden.contains("whiskers"),
                !hidden.contains("letters"),
                shown.contains("rewards"),
                shown.contains("values"));
    }

    private Path onlyInput() {
        if (inputs.size() != 1) {
            throw new BadInput("A film of learning is of one run; name one folder.");
        }
        return inputs.getFirst();
    }

    private List<FilmSource> open() {
        List<FilmSource> sources = new ArrayList<>();
        for (Path input : inputs) {
            FilmSource source = FilmFiles.open(input);
            if (source.replay().damage() != null) {
                System.err.println("marlab: " + source.replay().damage());
            }
            sources.add(source);
        }
        return sources;
    }

    /// Beside the replay, with its name.
    private Path usualName(FilmFormat as) {
        Path replay = FilmFiles.replay(inputs.getFirst());
        String name =
                learning
                        ? "learning"
                        : replay.getFileName().toString().replaceFirst("\\.marlab-replay$", "");
        if (inputs.size() == 2) {
            name += "-side-by-side";
        }
        return replay.resolveSibling(
                as == FilmFormat.PNG ? name + "-frames" : name + "." + as.suffix());
    }

    private Integer contactSheet(Film film) {
        if (Files.exists(sheet) && !force) {
            throw new BadInput(
                    sheet + " exists already; name another file, or replace it with --force.");
        }
        try {
            WorldPicture.write(sheet, ContactSheet.of(film));
        } catch (IOException e) {
            throw new BadInput(sheet + " cannot be written; name another file.", e);
        }
        System.out.println(sheet);
        return CommandLineMain.DONE;
    }

    private void make(Film film, FilmFormat as, Path file) throws IOException {
        FilmJob job = new FilmJob(film, as, file, force);
        CountDownLatch finished = new CountDownLatch(1);
        Thread onInterrupt = new Thread(() -> stop(job, finished), "interrupt");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        long start = System.nanoTime();
        try {
            try (ProgressLine _ = new ProgressLine(() -> describe(job.progress()))) {
                job.run();
            }
        } finally {
            finished.countDown();
        }
        report(film, as, file, (System.nanoTime() - start) * 1e-9);
    }

    private static void stop(FilmJob job, CountDownLatch finished) {
        job.cancel();
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String describe(FilmJob.Progress progress) {
        return String.format(
                Locale.ROOT,
                "%3d %%  frame %s of %s  %s left",
                100L * progress.done() / progress.frames(),
                Output.count(progress.done()),
                Output.count(progress.frames()),
                Double.isNaN(progress.secondsLeft()) ? "–" : Output.clock(progress.secondsLeft()));
    }

    private void report(Film film, FilmFormat as, Path file, double spent) throws IOException {
        long bytes = as == FilmFormat.PNG ? -1 : Files.size(file);
        if (!json) {
            System.out.printf(
                    Locale.ROOT,
                    "%s  %d × %d, %d frames, %.1f s%s, made in %.1f s%n",
                    file,
                    film.width(),
                    film.height(),
                    film.frames(),
                    film.seconds(),
                    bytes < 0 ? "" : String.format(Locale.ROOT, ", %.1f MB", bytes * 1e-6),
                    spent);
            return;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("file", file.toString());
        tree.put("format", as.name().toLowerCase(Locale.ROOT));
        tree.put("width", film.width());
        tree.put("height", film.height());
        tree.put("fps", film.fps());
        tree.put("frames", film.frames());
        tree.put("seconds", film.seconds());
        if (bytes >= 0) {
            tree.put("bytes", bytes);
        }
        tree.put("wall_s", spent);
        tree.put("provenance", Json.object(film.provenance()));
        System.out.println(Json.line(tree));
    }
}
