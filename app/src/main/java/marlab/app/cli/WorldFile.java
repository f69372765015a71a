package marlab.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import marlab.learning.train.BadInput;
import marlab.sim.env.BrokenWorld;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;

/// One source file of somebody's own world on its way into the folder of worlds: compiled, packed,
/// checked, and only then installed.
final class WorldFile {

    private static final String SERVICE = "META-INF/services/" + WorldProvider.class.getName();

    private final Path source;

    WorldFile(Path source) {
        this.source = source;
    }

    /// Installs the world.
    ///
    /// @return the jar in the folder
    /// @throws BadInput with the compiler's first complaint, or the rule that is broken
    Path install() {
        if (!Files.isRegularFile(source) || !source.toString().endsWith(".java")) {
            throw new BadInput(source + " is no .java file; name the file of a world.");
        }
        try {
            Path work = Files.createTempDirectory("marlab-world");
            try {
                return install(work);
            } finally {
                delete(work);
            }
        } catch (IOException e) {
            throw new BadInput(
                    "The world could not be written to "
                            + Worlds.folder()
                            + " ("
                            + e.getMessage()
                            + "); check the folder's permissions.",
                    e);
        }
    }

    private Path install(Path work) throws IOException {
        Path classes = Files.createDirectory(work.resolve("classes"));
        compile(classes);
        String name = source.getFileName().toString().replace(".java", "");
        Path jar = work.resolve(name + ".jar");
        pack(classes, jar);
        List<BrokenWorld> broken = Worlds.check(jar);
        if (!broken.isEmpty()) {
            throw new BadInput(
                    source + " is not installed: " + sentence(broken.getFirst().reason()));
        }
        Path folder = Files.createDirectories(Worlds.folder());
        Path half = folder.resolve(name + ".jar.tmp");
        Files.copy(jar, half, StandardCopyOption.REPLACE_EXISTING);
        Path installed = folder.resolve(name + ".jar");
        Files.move(half, installed, StandardCopyOption.REPLACE_EXISTING);
        return installed;
    }

    private static String sentence(String reason) {
        return reason.endsWith(".") ? reason : reason + ".";
    }

    private void compile(Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new BadInput("This Java has no compiler; run Marlab with a JDK 25.");
        }
        DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(complaints, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of(
                            "-d",
                            classes.toString(),
                            "-proc:none",
                            "-cp",
                            System.getProperty("java.class.path"));
            boolean compiled =
                    compiler.getTask(
                                    new StringWriter(),
                                    files,
                                    complaints,
                                    options,
                                    null,
                                    files.getJavaFileObjects(source))
                            .call();
            if (!compiled) {
                throw complaint(complaints);
            }
        }
    }

    private BadInput complaint(DiagnosticCollector<JavaFileObject> complaints) {
        return complaints.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .findFirst()
                .map(d ->
                        new BadInput(
                                source
                                        + ", line "
                                        + d.getLineNumber()
                                        + ", column "
                                        + d.getColumnNumber()
                                        + ": "
                                        + d.getMessage(Locale.ROOT).lines().findFirst().orElse("")
                                        + "; correct the file and try again."))
                .orElseGet(() -> new BadInput(source + " does not compile; correct the file."));
    }

    /// Packs the classes; names every top-level class as a candidate that says it is a world.
    private void pack(Path classes, Path jar) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(classes)) {
            all = files.filter(Files::isRegularFile).sorted().toList();
        }
        String text = Files.readString(source);
        StringBuilder names = new StringBuilder();
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out)) {
            for (Path file : all) {
                String entry = classes.relativize(file).toString().replace('\\', '/');
                packed.putNextEntry(new JarEntry(entry));
                Files.copy(file, packed);
                packed.closeEntry();
                String type = entry.replace(".class", "").replace('/', '.');
                String simple = type.substring(type.lastIndexOf('.') + 1);
                if (text.matches(
                        "(?s).*class\\s+"
                                + simple
                                + "\\s+implements\\s[^{]*\\b(WorldProvider|PaintableWorld)\\b.*")) {
                    names.append(type).append('\n');
                }
            }
            packed.putNextEntry(new JarEntry(SERVICE));
            packed.write(names.toString().getBytes(StandardCharsets.UTF_8));
            packed.closeEntry();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            folder.toFile().deleteOnExit(); // the operating system's temporary folder is cleared
        }
    }
}
