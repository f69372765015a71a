package marlab.app.card;

import java.util.function.DoubleConsumer;
import javafx.animation.PauseTransition;
import javafx.scene.control.Slider;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;

/// A slider with a tick at its default that tells each change once: when the mouse lets go, or when
/// the keys have come to rest. FX thread.
public final class TickedSlider extends StackPane {

    private static final double THUMB = 7.5;

    private final Slider slider;
    private final Region tick = new Region();
    private final PauseTransition rest = new PauseTransition(Duration.millis(250));
    private final double standard;
    private final double grain;
    private final DoubleConsumer commit;
    private boolean held;
    private boolean quiet;

    /// A slider at its default.
    ///
    /// @param grain values are multiples of it
    /// @param moved hears every value on the way
    /// @param commit hears the one at the end
    public TickedSlider(
            double low,
            double high,
            double standard,
            double grain,
            DoubleConsumer moved,
            DoubleConsumer commit) {
        this.standard = standard;
        this.grain = grain;
        this.commit = commit;
        slider = new Slider(low, high, standard);
        slider.setBlockIncrement(grain);
        tick.getStyleClass().add("default-tick");
        tick.setManaged(false);
        tick.setMouseTransparent(true);
        getChildren().addAll(tick, slider);
        listen(moved);
    }

    private void listen(DoubleConsumer moved) {
        slider.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> held = true);
        slider.addEventHandler(
                MouseEvent.MOUSE_RELEASED,
                event -> {
                    held = false;
                    tell();
                });
        rest.setOnFinished(event -> tell());
        slider.valueProperty()
                .addListener((observed, before, now) -> {
                    if (!quiet) {
                        moved.accept(grained(now.doubleValue(), grain));
                        if (!held) {
                            rest.playFromStart();
                        }
                    }
                });
    }

    private void tell() {
        rest.stop();
        commit.accept(grained(slider.getValue(), grain));
    }

    /// The nearest multiple of the grain, written as a short decimal.
    public static double grained(double value, double grain) {
        double rounded = Math.round(value / grain) * grain;
        return Math.round(rounded * 1e6) / 1e6;
    }

    /// The slider itself.
    public Slider slider() {
        return slider;
    }

    /// Moves the thumb without telling anybody.
    public void show(double value) {
        if (!held) {
            quiet = true;
            slider.setValue(value);
            quiet = false;
        }
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        double part = (standard - slider.getMin()) / (slider.getMax() - slider.getMin());
        double x = THUMB + part * (getWidth() - 2 * THUMB);
        tick.resizeRelocate(Math.round(x) - 1, getHeight() / 2 - 7, 2, 14);
    }
}
