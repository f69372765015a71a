package marlab.sim.env;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/// A few threads that work on the parts of one job at a time, together with the caller. Handing out
/// a job allocates nothing. Which thread does which part is left to chance, so parts must be
/// independent of each other; then results do not depend on the number of threads.
public final class Workers implements AutoCloseable {

    private static final int SPINS = 2_000;

    private final Thread[] threads;

    /// Number of the job in the upper half, parts that nobody has taken yet in the lower: a thread
    /// that comes late finds nothing left and can't mistake one job for the next.
    private final AtomicLong tickets = new AtomicLong();

    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile boolean closed;
    private volatile Throwable failure;
    private IntConsumer job; // as parts: changed by the caller only while no ticket is out
    private int parts;

    /// @param count threads that work at once, the caller among them; 1 runs everything in the
    ///   caller
    public Workers(int count) {
        threads = new Thread[Math.max(0, count - 1)];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.ofPlatform().name("rollout-" + (i + 1)).daemon().start(this::serve);
        }
    }

    /// Threads that work at once.
    public int count() {
        return threads.length + 1;
    }

    /// Runs `job` for 0, 1, … `parts − 1` and returns when all are done. One caller at a time.
    ///
    /// @throws IllegalStateException when a part threw, which is the cause; all parts were tried
    public void run(int parts, IntConsumer job) {
        if (closed) {
            throw new IllegalStateException("these workers are closed");
        }
        this.job = job;
        this.parts = parts;
        unfinished.set(parts);
        tickets.set(((tickets.get() >>> 32) + 1) << 32 | parts);
        if (parts > 1) {
            for (Thread thread : threads) {
                LockSupport.unpark(thread);
            }
        }
        takeParts();
        for (int spins = 0; unfinished.get() > 0; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw new IllegalStateException("a part of the work failed", thrown);
        }
    }

    /// Works until no part is left.
    ///
    /// @return false when there was none to begin with
    private boolean takeParts() {
        boolean any = false;
        for (int left = takeTicket(); left > 0; left = takeTicket()) {
            any = true;
            try {
                job.accept(parts - left);
            } catch (Throwable thrown) { // handed to the caller; the other parts go on
                failure = thrown;
            } finally {
                unfinished.decrementAndGet();
            }
        }
        return any;
    }

    /// Parts that were left before this one was taken, 0 where none was.
    private int takeTicket() {
        while (true) {
            long before = tickets.get();
            int left = (int) before;
            if (left == 0 || tickets.compareAndSet(before, before - 1)) {
                return left;
            }
        }
    }

    private void serve() {
        int spins = 0;
        while (!closed) {
            if (takeParts()) {
                spins = 0;
            } else if (spins++ < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
                spins = 0;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}
