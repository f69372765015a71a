package marlab.app.fx;

import javafx.animation.AnimationTimer;
import javafx.scene.Scene;

/// The window's one clock: paints at every pulse and pulls telemetry ten times a second. FX thread
/// only.
public final class FrameClock {

    /// What happens at a pulse.
    @FunctionalInterface
    public interface Painter {
        /// @param now nanoseconds, as in {@link System#nanoTime}
        void paint(long now);
    }

    private static final long TELEMETRY_NANOS = 100_000_000;

    private final FrameTimes times = FrameTimes.GLOBAL;
    private final FrameTrace trace = new FrameTrace();
    private final Painter painter;
    private final Runnable telemetry;
    private final AnimationTimer timer;
    private long telemetryAt;
    private long layoutFrom;

    /// A clock for these two; call {@link #start}.
    public FrameClock(Painter painter, Runnable telemetry) {
        this.painter = painter;
        this.telemetry = telemetry;
        timer =
                new AnimationTimer() {
                    @Override
                    public void handle(long now) {
                        pulse(now);
                    }
                };
    }

    /// Also takes the time of this scene's layout and events.
    public void observe(Scene scene) {
        scene.addPreLayoutPulseListener(() -> layoutFrom = System.nanoTime());
        scene.addPostLayoutPulseListener(
                () -> times.note("layout", System.nanoTime() - layoutFrom));
        var dispatcher = scene.getEventDispatcher();
        scene.setEventDispatcher((event, tail) -> {
            long start = System.nanoTime();
            try {
                return dispatcher.dispatchEvent(event, tail);
            } finally {
                times.note(event.getEventType().getName(), System.nanoTime() - start);
            }
        });
    }

    /// Begins to tick.
    public void start() {
        times.takeWork();
        times.forgetLongest();
        timer.start();
    }

    /// Ticks no more.
    public void stop() {
        timer.stop();
    }

    private void pulse(long now) {
        double interval = times.pulse(now);
        trace.frame(interval, times);
        times.timed("paint", () -> painter.paint(now));
        if (now - telemetryAt >= TELEMETRY_NANOS) {
            telemetryAt = now;
            times.timed("telemetry", telemetry);
        }
    }
}
