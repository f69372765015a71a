package marlab.app.fx;

/// The watchdog: how long tasks hold the FX thread and how evenly pictures come. FX thread only.
public final class FrameTimes {

    /// The FX thread's own.
    public static final FrameTimes GLOBAL = new FrameTimes();

    private static final int WINDOW = 256;

    private final double[] intervals = new double[WINDOW];
    private int count;
    private long lastPulse;
    private double longestTask;
    private String longestName = "";
    private double workThisFrame;

    /// Runs a task and takes its time.
    public void timed(String name, Runnable task) {
        long start = System.nanoTime();
        try {
            task.run();
        } finally {
            note(name, System.nanoTime() - start);
        }
    }

    /// Books a task that took so long.
    public void note(String name, long nanos) {
        double millis = nanos / 1e6;
        workThisFrame += millis;
        if (millis > longestTask) {
            longestTask = millis;
            longestName = name;
        }
    }

    /// Called at every pulse.
    ///
    /// @return milliseconds since the last pulse, NaN at the first
    double pulse(long now) {
        double interval = lastPulse == 0 ? Double.NaN : (now - lastPulse) / 1e6;
        lastPulse = now;
        if (lastPulse != 0 && !Double.isNaN(interval)) {
            intervals[count++ % WINDOW] = interval;
        }
        return interval;
    }

    /// Work of the FX thread since the last call, milliseconds.
    double takeWork() {
        double work = workThisFrame;
        workThisFrame = 0;
        return work;
    }

    /// Pictures per second over the last few seconds, 0 before there are any.
    public double framesPerSecond() {
        int n = Math.min(count, 120);
        double sum = 0;
        for (int k = 1; k <= n; k++) {
            sum += intervals[(count - k) % WINDOW];
        }
        return n == 0 ? 0 : 1_000 * n / sum;
    }

    /// The longest task so far, milliseconds.
    public double longestTask() {
        return longestTask;
    }

    /// What that task was.
    public String longestName() {
        return longestName;
    }

    /// Forgets the longest task.
    void forgetLongest() {
        longestTask = 0;
        longestName = "";
    }
}
