package marlab.app.fx;

import javafx.application.Platform;

/// The one way from other threads to the FX thread. What runs here is timed by the watchdog.
public final class Fx {

    private Fx() {}

    /// Runs the task on the FX thread, soon. Not for streams of data: those are pulled by the
    /// {@link FrameClock}.
    public static void later(Runnable task) {
        Platform.runLater(() -> FrameTimes.GLOBAL.timed("later", task));
    }
}
