package marlab.app.gallery;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Steps the worlds in view on one thread of lowest priority, "gallery", whichever is due first.
/// The thread lives while the gallery is open. FX thread.
final class Feed {

    private volatile List<LiveWorld> wanted = List.of();
    private volatile Thread thread;

    void start() {
        Thread next = new Thread(this::live, "gallery");
        next.setDaemon(true);
        next.setPriority(Thread.MIN_PRIORITY);
        thread = next;
        next.start();
    }

    void stop() {
        Thread last = thread;
        thread = null;
        wanted = List.of();
        LockSupport.unpark(last);
    }

    /// Steps these from now on, and no others.
    void want(List<LiveWorld> now) {
        if (!now.equals(wanted)) {
            wanted = List.copyOf(now);
            LockSupport.unpark(thread);
        }
    }

    private void live() {
        while (thread == Thread.currentThread()) {
            LiveWorld next = first();
            if (next == null) {
                LockSupport.park(this);
                continue;
            }
            long wait = next.due() - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
            } else {
                next.advance();
            }
        }
    }

    /// The world that is due first; null when none is wanted.
    private LiveWorld first() {
        LiveWorld first = null;
        for (LiveWorld world : wanted) {
            boolean sooner = first == null || world.due() - first.due() < 0;
            first = world.problem() == null && sooner ? world : first;
        }
        return first;
    }
}
