package marlab.app.cli;

import java.awt.Font;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import marlab.app.DisplayCheck;
import marlab.app.video.VideoSupport;
import marlab.learning.nd4j.Nd4jAlgebra;
import marlab.learning.store.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `marlab doctor`: what works on this machine, and what to do about what does not.
@Command(
        name = "doctor",
        description =
                "Say what works on this machine: JDK, native math, display, pictures, disk, video.",
        mixinStandardHelpOptions = true)
final class Doctor implements Callable<Integer> {

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    /// One finding.
    private record Finding(String what, boolean works, boolean needed, String text) {}

    private final List<Finding> findings = new ArrayList<>();

    @Override
    public Integer call() {
        find("JDK", true, Doctor::jdk);
        find("native math", false, Doctor::nativeMath);
        find("display", false, Doctor::display);
        find("pictures", false, Doctor::pictures);
        find("disk", true, Doctor::disk);
        find("video", false, Doctor::video);
        if (json) {
            System.out.println(Json.line(findings.stream().map(Doctor::tree).toList()));
        } else {
            findings.forEach(f ->
                    System.out.printf(
                            "%-4s %-12s %s%n",
                            f.works ? "ok" : f.needed ? "BAD" : "–", f.what, f.text));
        }
        return findings.stream().anyMatch(f -> f.needed && !f.works)
                ? CommandLineMain.FAILED
                : CommandLineMain.DONE;
    }

    private static Map<String, Object> tree(Finding f) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("what", f.what);
        tree.put("works", f.works);
        tree.put("needed", f.needed);
        tree.put("text", f.text);
        return tree;
    }

    /// A check: gives what it found, throws what is missing.
    private interface Check {
        String run() throws Exception;
    }

    private void find(String what, boolean needed, Check check) {
        try {
            findings.add(new Finding(what, true, needed, check.run()));
        } catch (Exception | LinkageError e) {
            String text = e.getMessage() == null ? e.toString() : e.getMessage();
            findings.add(new Finding(what, false, needed, text));
        }
    }

    private static String jdk() {
        int feature = Runtime.version().feature();
        if (feature != 25) {
            throw new IllegalStateException(
                    "Java " + feature + " runs this; Marlab is made for 25: install a JDK 25.");
        }
        return System.getProperty("java.vm.name")
                + " "
                + Runtime.version()
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " processors, heap up to "
                + Runtime.getRuntime().maxMemory() / (1 << 20)
                + " MB";
    }

    private static String nativeMath() {
        long start = System.nanoTime();
        String name;
        try {
            name = new Nd4jAlgebra().name();
        } catch (LinkageError | RuntimeException e) {
            throw new IllegalStateException(
                    "ND4J can't be loaded (" + e + "); training uses the slower built-in engine.",
                    e);
        }
        return name + ", loaded in " + Output.fixed((System.nanoTime() - start) * 1e-9) + " s";
    }

    private static String display() {
        String missing = DisplayCheck.missing();
        if (missing != null) {
            throw new IllegalStateException(missing);
        }
        return "a window can be opened";
    }

    private static String pictures() {
        BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        pen.drawString("8", 5, 15);
        pen.dispose();
        for (int x = 0; x < 40; x++) {
            for (int y = 0; y < 20; y++) {
                if ((image.getRGB(x, y) & 0xFFFFFF) != 0) {
                    return "text and lines can be drawn without a display";
                }
            }
        }
        throw new IllegalStateException(
                "no font draws text; install fontconfig and a font such as DejaVu.");
    }

    private static String disk() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        Path probe = Files.createTempFile(here, ".marlab", ".tmp");
        Files.delete(probe);
        return Files.getFileStore(here).getUsableSpace() / (1 << 20) + " MB free in " + here;
    }

    private static String video() {
        long start = System.nanoTime();
        String what = VideoSupport.describe();
        return what + ", loaded in " + Output.fixed((System.nanoTime() - start) * 1e-9) + " s";
    }
}
