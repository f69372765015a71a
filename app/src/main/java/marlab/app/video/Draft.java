package marlab.app.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a film is written to until it is complete: beside it and hidden, so that nobody takes it
/// for the film. Drafts of processes that were killed are cleared away.
final class Draft implements AutoCloseable {

    private final Path file;
    private final Path path;

    /// A draft for a file or folder of this name; nothing is created.
    Draft(Path file) throws IOException {
        this.file = file;
        String prefix = "." + file.getFileName() + ".";
        path = file.resolveSibling(prefix + ProcessHandle.current().pid() + ".tmp");
        Pattern others = Pattern.compile(Pattern.quote(prefix) + "(\\d{1,18})\\.tmp");
        try (Stream<Path> all = Files.list(file.toAbsolutePath().getParent())) {
            for (Path each : all.toList()) {
                Matcher matcher = others.matcher(each.getFileName().toString());
                if (matcher.matches() && isDead(Long.parseLong(matcher.group(1)))) {
                    delete(each);
                }
            }
        }
    }

    private static boolean isDead(long process) {
        return process == ProcessHandle.current().pid()
                || ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty();
    }

    Path path() {
        return path;
    }

    /// Gives it its name.
    ///
    /// @param replace true where something may be there
    void publish(boolean replace) throws IOException {
        if (Files.isDirectory(path)) {
            if (replace) {
                delete(file);
            }
            Files.move(path, file, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.move(
                    path,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException e) {
            // nothing to delete
        }
    }

    /// Deletes what was not published.
    @Override
    public void close() throws IOException {
        delete(path);
    }
}
