package marlab.sim.env;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/// A few threads that work on the parts of one job at a time, together with the caller. Handing out
/// a job allocates nothing. Which thread does which part is left to chance, so parts must be
/// independent of each other; then results do not depend on the number of threads.
public final class Workers implements AutoCloseable {

    private static final int SPINS = 2_000;

    private final Thread[] threads;
    private final AtomicInteger nextPart = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();
    private volatile int round;
    private volatile boolean closed;
    private volatile Throwable failure;
    private IntConsumer job;
    private int parts;

    /// @param count threads that work at once, the caller among them; 1 runs everything in the caller
    public Workers(int count) {
        threads = new Thread[Math.max(0, count - 1)];
        idle.set(threads.length);
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.ofPlatform().name("rollout-" + (i + 1)).daemon().start(this::serve);
        }
    }

    /// Threads that work at once.
    public int count() {
        return threads.length + 1;
    }

    /// Runs `job` for 0, 1, … `parts − 1` and returns when all are done. One caller at a time.
    public void run(int parts, IntConsumer job) {
        if (threads.length == 0 || parts == 1) {
            for (int part = 0; part < parts; part++) {
                job.accept(part);
            }
            return;
        }
        while (idle.get() < threads.length) { // stragglers of the last round leave it first
            Thread.onSpinWait();
        }
        this.job = job;
        this.parts = parts;
        unfinished.set(parts);
        nextPart.set(0);
        idle.set(0);
        round++;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
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

    private void takeParts() {
        for (int part = nextPart.getAndIncrement(); part < parts; part = nextPart.getAndIncrement()) {
            try {
                job.accept(part);
            } catch (Throwable thrown) { // handed to the caller; the other parts go on
                failure = thrown;
            } finally {
                unfinished.decrementAndGet();
            }
        }
    }

    private void serve() {
        int seen = 0;
        while (!closed) {
            for (int spins = 0; round == seen && !closed; spins++) {
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (round != seen) {
                seen = round;
                takeParts();
                idle.incrementAndGet();
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
