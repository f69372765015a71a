package marlab.app.fx;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javafx.application.Platform;
import marlab.app.theme.Fonts;

/// JavaFX for tests, started once a JVM, and questions to its thread.
public final class TestToolkit {

    private static final long PATIENCE_SECONDS = 30;
    private static boolean runs;

    private TestToolkit() {}

    /// Starts JavaFX unless it runs.
    public static synchronized void start() {
        if (runs) {
            return;
        }
        CountDownLatch ready = new CountDownLatch(1);
        Platform.startup(ready::countDown);
        Platform.setImplicitExit(false);
        try {
            ready.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Fonts.load();
        runs = true;
    }

    /// Asks on the FX thread and waits for the answer.
    public static <T> T fx(Supplier<T> question) {
        FutureTask<T> task = new FutureTask<>(question::get);
        Fx.later(task);
        try {
            return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
