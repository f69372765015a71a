package marlab.app.shell;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import marlab.app.text.Messages;

/// What is wrong with a file, in a few words for the end of a sentence.
final class FileTrouble {

    private FileTrouble() {}

    static String words(IOException problem) {
        return switch (problem) {
            case AccessDeniedException _ -> Messages.text("file.denied");
            case NoSuchFileException _ -> Messages.text("file.missing");
            case NotDirectoryException _ -> Messages.text("file.nofolder");
            case FileSystemException other when other.getReason() != null ->
                    other.getReason().toLowerCase(Locale.ROOT);
            default -> {
                String said = problem.getMessage();
                yield said == null ? problem.getClass().getSimpleName() : lower(said);
            }
        };
    }

    private static String lower(String sentence) {
        String text = sentence.strip().replaceAll("\\.$", "");
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
