package marlab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import marlab.app.picture.PictureFormat;
import marlab.app.shell.Still;
import marlab.app.shell.StillTaker;
import marlab.app.theme.ThemeChoice;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `marlab screenshot`: pictures of the window and of replays, without a display.
@Command(
        name = "screenshot",
        description = {
            "Make a picture of Marlab's own window, or of a moment of a replay, without a display.",
            "The same command gives the same picture."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ScreenshotVerb implements Callable<Integer> {

    private static final String REPLAY = ".marlab-replay";

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME|FILE",
            description = "Name of a picture, see --list; or a " + REPLAY + " file.")
    private String subject;

    @Option(names = "--all", description = "All of them, light and dark, into the folder --out.")
    private boolean all;

    @Option(names = "--list", description = "Print the names and what they show.")
    private boolean list;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "FILE.png, FILE.svg or FILE.pdf (default: NAME.png); with --all a folder.")
    private Path out;

    @Option(
            names = "--theme",
            paramLabel = "THEME",
            description = "light or dark (default: light).")
    private String theme;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Of the window (default: 1440x900), of a replay's world (720x720).")
    private String size;

    @Option(
            names = "--zoom",
            paramLabel = "Z",
            defaultValue = "2",
            description = "Pixels of a PNG per pixel of the window, 0.5 to 4 (default: 2).")
    private double zoom;

    @Option(
            names = "--moment",
            paramLabel = "M",
            description = "Moment of a replay, counted from 0 (default: its last).")
    private Long moment;

    @Option(names = "--json", description = "Print what was written as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (list) {
            printNames();
            return CommandLineMain.DONE;
        }
        check();
        try {
            print(make());
            return CommandLineMain.DONE; // JavaFX's threads are not waited for
        } catch (StillTaker.TooSlow e) {
            System.err.println("marlab: " + e.getMessage());
            return CommandLineMain.FAILED;
        }
    }

    private List<Path> make() {
        List<Path> written = new ArrayList<>();
        if (all) {
            written.addAll(everything());
        } else if (subject.endsWith(REPLAY)) {
            written.add(replay());
        } else {
            written.add(one());
        }
        return written;
    }

    private void check() {
        if (all == (subject != null)) {
            throw new BadInput(
                    "Name one picture or a replay, or say --all; marlab screenshot --list has the"
                            + " names.");
        }
        if (!(zoom >= 0.5 && zoom <= 4)) {
            throw new BadInput("--zoom " + zoom + " is not within 0.5 and 4.");
        }
        boolean replay = subject != null && subject.endsWith(REPLAY);
        if (moment != null && !replay) {
            throw new BadInput("--moment is for replays; leave it out or name a replay.");
        }
        if (theme != null && !theme.matches("(?i)light|dark")) {
            throw new BadInput("--theme " + theme + " is neither light nor dark.");
        }
    }

    private ThemeChoice theme() {
        return theme == null ? ThemeChoice.LIGHT : ThemeChoice.named(theme);
    }

    private void printNames() {
        for (Still still : Still.all()) {
            System.out.printf("%-10s %s%n", still.name(), still.what());
        }
    }

    private Path one() {
        Still still =
                Still.named(subject)
                        .orElseThrow(() ->
                                new BadInput(
                                        "There is no picture \""
                                                + subject
                                                + "\"; there are "
                                                + Still.all().stream()
                                                        .map(Still::name)
                                                        .collect(Collectors.joining(", "))
                                                + ", and files that end in "
                                                + REPLAY
                                                + "."));
        Path file = out == null ? Path.of(still.name() + ".png") : out;
        PictureFormat format = format(file);
        int[] pixels = size(1440, 900, 640, 480);
        folderOf(file);
        System.err.println("measuring and drawing, half a minute or more ...");
        StillTaker.begin();
        take(still, theme(), pixels, file, format);
        return file;
    }

    private List<Path> everything() {
        Path folder = out == null ? Path.of("pictures") : out;
        int[] pixels = size(1440, 900, 640, 480);
        List<ThemeChoice> themes =
                theme == null ? List.of(ThemeChoice.LIGHT, ThemeChoice.DARK) : List.of(theme());
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new BadInput(folder + " cannot be made a folder; name another one.", e);
        }
        StillTaker.begin();
        List<Path> written = new ArrayList<>();
        for (Still still : Still.all()) {
            for (ThemeChoice each : themes) {
                String name = still.name() + "-" + each.name().toLowerCase(Locale.ROOT) + ".png";
                Path file = folder.resolve(name);
                take(still, each, pixels, file, PictureFormat.PNG);
                System.err.println(
                        "picture "
                                + (written.size() + 1)
                                + " of "
                                + Still.all().size() * themes.size()
                                + ": "
                                + name);
                written.add(file);
            }
        }
        return written;
    }

    private void take(
            Still still, ThemeChoice each, int[] pixels, Path file, PictureFormat format) {
        try {
            new StillTaker(still, each, pixels[0], pixels[1]).write(file, format, zoom);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private Path replay() {
        Path source = Path.of(subject);
        String name = source.getFileName().toString();
        Path file =
                out == null
                        ? Path.of(name.substring(0, name.length() - REPLAY.length()) + ".png")
                        : out;
        PictureFormat format = format(file);
        int[] pixels = size(720, 720, 64, 64);
        folderOf(file);
        ReplayMoment shown = ReplayMoment.read(source, moment == null ? -1 : moment);
        try {
            format.write(
                    file, shown.drawing(theme(), pixels[0], pixels[1]), zoom, shown.provenance());
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        return file;
    }

    private static BadInput unwritable(Path file, IOException e) {
        return new BadInput(file + " cannot be written; choose another place with --out.", e);
    }

    /// Found out before anything that takes time.
    private static void folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new BadInput(
                    "The folder "
                            + folder
                            + " does not exist; make it first, or choose another place with --out.");
        }
        if (!Files.isWritable(folder)) {
            throw new BadInput(
                    file + " cannot be written to its folder; choose another place with --out.");
        }
    }

    private static PictureFormat format(Path file) {
        return PictureFormat.of(file)
                .orElseThrow(() ->
                        new BadInput(file + " says no format; end it in .png, .svg or .pdf."));
    }

    private int[] size(int width, int height, int leastWidth, int leastHeight) {
        if (size == null) {
            return new int[] {width, height};
        }
        if (size.matches("\\d{2,4}x\\d{2,4}")) {
            String[] parts = size.split("x");
            int w = Integer.parseInt(parts[0]);
            int h = Integer.parseInt(parts[1]);
            if (w >= leastWidth && w <= 4096 && h >= leastHeight && h <= 4096) {
                return new int[] {w, h};
            }
        }
        throw new BadInput(
                "--size "
                        + size
                        + " is not WIDTHxHEIGHT from "
                        + leastWidth
                        + "x"
                        + leastHeight
                        + " to 4096x4096; "
                        + width
                        + "x"
                        + height
                        + " would be.");
    }

    private void print(List<Path> written) {
        if (!json) {
            written.forEach(System.out::println);
            return;
        }
        List<Map<String, Object>> files = new ArrayList<>();
        for (Path file : written) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("file", file.toString());
            entry.put("bytes", file.toFile().length());
            files.add(entry);
        }
        System.out.println(Json.line(Map.of("written", files)));
    }
}
