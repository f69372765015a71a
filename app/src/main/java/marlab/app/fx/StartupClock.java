package marlab.app.fx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How long this process has been running, the start of the JVM included. Any thread.
public final class StartupClock {

    private static final long FIRST_NANOS = System.nanoTime();
    private static final double FIRST_MILLIS = sinceProcessStart();
    private static final boolean TRACE = Boolean.getBoolean("marlab.startup.trace");

    private StartupClock() {}

    /// Milliseconds since the process started.
    public static double millis() {
        return FIRST_MILLIS + (System.nanoTime() - FIRST_NANOS) / 1e6;
    }

    /// Prints a line to standard error when `-Dmarlab.startup.trace=true`.
    public static void trace(String what) {
        if (TRACE) {
            System.err.printf("%s after %.0f ms since process start%n", what, millis());
        }
    }

    /// Linux tells the start to a hundredth of a second; elsewhere the JDK's figure must do.
    private static double sinceProcessStart() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double started = Long.parseLong(fields[19]) / 100.0;
            String up = Files.readString(Path.of("/proc/uptime"));
            return (Double.parseDouble(up.substring(0, up.indexOf(' '))) - started) * 1_000;
        } catch (IOException | RuntimeException e) {
            return ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(start -> (double) (System.currentTimeMillis() - start.toEpochMilli()))
                    .orElse(0.0);
        }
    }
}
