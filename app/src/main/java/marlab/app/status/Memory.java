package marlab.app.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import marlab.app.text.Figures;
import marlab.app.text.Messages;

/// How much memory the program uses. FX thread; asked once a second.
public final class Memory {

    private static final Path STATUS = Path.of("/proc/self/statm");
    private static final long PAGE = 4_096;
    private static final long MEGA = 1_000_000;

    private final boolean processKnown = Files.isReadable(STATUS);

    /// For instance "heap 41 MB · process 312 MB"; the second part only where the system tells.
    public String text() {
        Runtime runtime = Runtime.getRuntime();
        long heap = (runtime.totalMemory() - runtime.freeMemory()) / MEGA;
        String text = Messages.text("status.heap", Figures.whole(heap));
        long resident = resident();
        return resident > 0
                ? text + " · " + Messages.text("status.process", Figures.whole(resident))
                : text;
    }

    private long resident() {
        if (!processKnown) {
            return 0;
        }
        try {
            return Long.parseLong(Files.readString(STATUS).split(" ")[1]) * PAGE / MEGA;
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}
