package marlab.app.shell;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/// What the window remembers from one day to the next, in a small text file. A file that cannot be
/// read or written costs the memory and nothing else. FX thread.
public final class Settings {

    private final Path file;
    private final Properties values = new Properties();

    /// Settings in `.marlab/window.properties` of the home folder, or where
    /// `-Dmarlab.settings=file` says.
    public Settings() {
        String given = System.getProperty("marlab.settings");
        file =
                given != null
                        ? Path.of(given)
                        : Path.of(System.getProperty("user.home"), ".marlab", "window.properties");
        if (Files.isReadable(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                values.load(in);
            } catch (IOException | IllegalArgumentException e) {
                values.clear(); // as on the first day
            }
        }
    }

    /// A folder beside the file, for what the window keeps for itself.
    public Path folder(String name) {
        String stem = file.getFileName().toString().replaceAll("\\.[^.]*$", "");
        return file.toAbsolutePath().resolveSibling(stem + "-" + name);
    }

    /// A remembered value.
    public String get(String key, String otherwise) {
        return values.getProperty(key, otherwise);
    }

    /// A remembered whole number above 0.
    public long number(String key, long otherwise) {
        String text = get(key, "");
        return text.matches("[1-9]\\d{0,8}") ? Long.parseLong(text) : otherwise;
    }

    /// Remembers a value.
    public void put(String key, String value) {
        if (value.equals(values.setProperty(key, value))) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path half = file.resolveSibling(file.getFileName() + ".tmp");
            try (Writer out = Files.newBufferedWriter(half)) {
                values.store(out, "Marlab's window");
            }
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            values.setProperty(key, value); // remembered until the window closes
        }
    }
}
