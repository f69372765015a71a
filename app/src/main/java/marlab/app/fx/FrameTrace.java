package marlab.app.fx;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Writes one line per picture to the file that `-Dmarlab.frames.trace=file.csv` names, for
/// `app/bench/window-bench.sh`. FX thread only; does nothing without the property.
final class FrameTrace {

    private final PrintWriter out;
    private long cpuBefore;

    FrameTrace() {
        String file = System.getProperty("marlab.frames.trace");
        out = file == null ? null : open(Path.of(file));
        if (out != null) {
            out.println("process_ms,interval_ms,fx_work_ms,longest_task_ms,longest_task,fx_cpu_ms");
            Runtime.getRuntime().addShutdownHook(new Thread(out::close));
        }
    }

    private static PrintWriter open(Path file) {
        try {
            return new PrintWriter(Files.newBufferedWriter(file), false);
        } catch (IOException e) {
            throw new IllegalArgumentException("marlab.frames.trace: cannot write " + file, e);
        }
    }

    void frame(double interval, FrameTimes times) {
        double work = times.takeWork();
        if (out != null) {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            out.printf(
                    Locale.ROOT,
                    "%.1f,%.2f,%.2f,%.2f,%s,%.2f%n",
                    StartupClock.millis(),
                    interval,
                    work,
                    times.longestTask(),
                    times.longestName(),
                    (cpu - cpuBefore) / 1e6);
            cpuBefore = cpu;
            times.forgetLongest();
        }
    }
}
