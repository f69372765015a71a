package marlab.app.watch;

import java.util.concurrent.atomic.AtomicLong;

/// Steps per second over about the last second. Counted by one thread, read by any.
final class StepRate {

    private static final long WINDOW = 1_000_000_000;

    private final AtomicLong published = new AtomicLong();
    private long from = System.nanoTime();
    private long steps;

    void count(int more) {
        steps += more;
        long now = System.nanoTime();
        if (now - from >= WINDOW) {
            published.set(Double.doubleToLongBits(steps * 1e9 / (now - from)));
            from = now;
            steps = 0;
        }
    }

    /// Starts anew; 0 until a second has passed.
    void forget() {
        from = System.nanoTime();
        steps = 0;
        published.set(0);
    }

    double perSecond() {
        return Double.longBitsToDouble(published.get());
    }
}
