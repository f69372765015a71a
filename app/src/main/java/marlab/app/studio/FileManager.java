package marlab.app.studio;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Shows a file's folder in this system's own file manager, where there is one.
final class FileManager {

    private FileManager() {}

    /// The command that shows this file; empty where this system has none.
    static Optional<List<String>> command(Path file) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path whole = file.toAbsolutePath();
        if (system.contains("mac")) {
            return Optional.of(List.of("open", "-R", whole.toString()));
        }
        if (system.contains("win")) {
            return Optional.of(List.of("explorer", "/select," + whole));
        }
        boolean display =
                System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
        return display && onPath("xdg-open")
                ? Optional.of(List.of("xdg-open", whole.getParent().toString()))
                : Optional.empty();
    }

    private static boolean onPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /// Shows it; where that fails, nothing happens.
    static void show(Path file) {
        command(file)
                .ifPresent(command -> {
                    try {
                        new ProcessBuilder(command)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start();
                    } catch (IOException e) {
                        System.getLogger("marlab")
                                .log(System.Logger.Level.DEBUG, "no file manager: " + command, e);
                    }
                });
    }
}
