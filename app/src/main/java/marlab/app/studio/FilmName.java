package marlab.app.studio;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import marlab.app.video.FilmFormat;

/// Names of film files.
final class FilmName {

    private FilmName() {}

    /// Where films go unless somebody chose another folder: that of videos, or the home folder.
    static Path folder() {
        Path home = Path.of(System.getProperty("user.home"));
        return List.of(home.resolve("Videos"), home.resolve("Movies"), home).stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(home);
    }

    /// A name that no file has.
    static Path fresh(Path folder, String name, FilmFormat format) {
        Path file = folder.resolve(name + ending(format));
        for (int k = 2; Files.exists(file); k++) {
            file = folder.resolve(name + "-" + k + ending(format));
        }
        return file;
    }

    private static String ending(FilmFormat format) {
        return format == FilmFormat.PNG ? "-frames" : "." + format.suffix();
    }

    /// The same name with the ending of another format.
    static String retold(String file, FilmFormat before, FilmFormat now) {
        String stem =
                file.endsWith(ending(before))
                        ? file.substring(0, file.length() - ending(before).length())
                        : file;
        return stem + ending(now);
    }
}
