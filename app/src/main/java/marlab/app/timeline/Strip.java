package marlab.app.timeline;

import java.util.Objects;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import marlab.app.theme.ColourRegistry;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayEvent;

/// The lanes on their canvas, and what the mouse does there: drag to scrub, with Shift to choose a
/// range to go round, wheel to zoom, double click to see everything. FX thread.
final class Strip extends Region {

    private static final double REACH = 7; // pixels around an event
    private static final double EVENT_LANE = 15;
    private static final double ZOOM_PER_PIXEL = 0.004;

    private final TimelineModel model;
    private final Recording recording;
    private final TimeAxis axis = new TimeAxis();
    private final Lanes lanes;
    private final Canvas canvas = new Canvas();
    private final Painter painter;
    private Painter.Scene painted;
    private long dragged = TimelineModel.NONE; // moment under the pointer while scrubbing
    private long rangeFrom = TimelineModel.NONE; // where a range was begun
    private double hovered = Double.NaN;
    private boolean dirty = true;
    private long readNewest = -1;
    private int readSize;
    private int readEvents;
    private Runnable pointed = () -> {};

    Strip(TimelineModel model, ColourRegistry colours) {
        this.model = model;
        recording = model.recording();
        lanes = new Lanes(recording);
        painter = new Painter(canvas.getGraphicsContext2D(), axis, colours);
        getChildren().add(canvas);
        getStyleClass().add("canvas-frame");
        setId("timeline-strip");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setOnMousePressed(this::press);
        setOnMouseDragged(this::drag);
        setOnMouseReleased(this::release);
        setOnMouseMoved(event -> hover(event.getX()));
        setOnMouseExited(event -> hover(Double.NaN));
        setOnScroll(this::scroll);
        setOnKeyPressed(this::key);
    }

    /// Tells whoever shows a tip that the pointer moved.
    void onPointed(Runnable now) {
        pointed = now;
    }

    void colours(ColourRegistry now) {
        painter.colours(now);
        dirty = true;
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.max(1, snapSizeX(getWidth()) - 4));
        canvas.setHeight(Math.max(1, snapSizeY(getHeight()) - 4));
        canvas.relocate(2, 2);
        painter.size(canvas.getWidth(), canvas.getHeight());
        readNewest = -1;
    }

    /// Pixel column of the canvas.
    private static double column(double x) {
        return x - 2;
    }

    private void press(MouseEvent event) {
        requestFocus();
        if (event.getButton() != MouseButton.PRIMARY) {
            return;
        }
        double x = column(event.getX());
        if (event.getClickCount() == 2) {
            axis.whole();
            changed();
            return;
        }
        ReplayEvent near = event.getY() < EVENT_LANE ? lanes.eventAt(axis, x, REACH) : null;
        if (near != null) {
            model.jump(near.moment());
        } else if (event.isShiftDown()) {
            rangeFrom = axis.moment(x);
            model.clearLoop();
        } else {
            boolean outside = axis.moment(x) < model.loopFrom() || axis.moment(x) > model.loopTo();
            if (model.looped() && outside) {
                model.clearLoop();
            }
            model.hold(true);
            scrub(x);
        }
        dirty = true;
    }

    private void drag(MouseEvent event) {
        double x = column(event.getX());
        hovered = x;
        if (rangeFrom != TimelineModel.NONE) {
            long to = axis.moment(x);
            model.loop(Math.min(rangeFrom, to), Math.max(rangeFrom, to));
        } else if (dragged != TimelineModel.NONE) {
            scrub(x);
        }
        dirty = true;
        pointed.run();
    }

    private void scrub(double x) {
        long to = axis.moment(x);
        if (to != dragged) {
            dragged = to;
            model.show(to);
        }
    }

    private void release(MouseEvent event) {
        if (rangeFrom != TimelineModel.NONE) {
            if (model.loopTo() > model.loopFrom()) {
                model.show(model.loopFrom());
            } else {
                model.clearLoop();
            }
        } else if (dragged != TimelineModel.NONE) {
            if (dragged >= recording.newest()) {
                model.end();
            }
            model.hold(false);
        }
        rangeFrom = TimelineModel.NONE;
        dragged = TimelineModel.NONE;
        dirty = true;
    }

    private void hover(double x) {
        hovered = Double.isNaN(x) ? x : column(x);
        dirty = true;
        pointed.run();
    }

    private void scroll(ScrollEvent event) {
        double x = column(event.getX());
        if (Math.abs(event.getDeltaX()) > Math.abs(event.getDeltaY())) {
            axis.pan(-event.getDeltaX());
        } else {
            axis.zoom(Math.exp(-event.getDeltaY() * ZOOM_PER_PIXEL), x);
        }
        changed();
        event.consume();
    }

    /// Up and down zoom around the moment that is shown.
    private void key(KeyEvent event) {
        double factor =
                switch (event.getCode()) {
                    case UP -> 0.5;
                    case DOWN -> 2;
                    default -> 0;
                };
        if (factor > 0) {
            axis.zoom(factor, axis.x(model.shown() + 0.5));
            changed();
            event.consume();
        }
    }

    private void changed() {
        read();
        dirty = true;
    }

    private void read() {
        axis.extent(Math.max(0, recording.oldest()), Math.max(0, recording.newest()));
        lanes.read(axis, (int) (canvas.getWidth() - Painter.GUTTER));
    }

    /// Reads what is new in the recording and paints it. Ten times a second at most.
    void telemetry() {
        long newest = recording.newest();
        int size = recording.size();
        int events = recording.events().size();
        if (newest != readNewest || size != readSize || events != readEvents) {
            readNewest = newest;
            readSize = size;
            readEvents = events;
            changed();
        }
        paint(true);
    }

    /// Paints where the moment that is shown has changed: at once in the past, and with the next
    /// {@link #telemetry} while the world is live.
    void paint() {
        paint(model.past() || dragged != TimelineModel.NONE);
    }

    private void paint(boolean moves) {
        if (!dirty && !moves || canvas.getWidth() <= Painter.GUTTER) {
            return;
        }
        boolean scrubs = dragged != TimelineModel.NONE;
        if (!scrubs && model.past()) {
            reveal();
        }
        Painter.Scene now =
                new Painter.Scene(
                        scrubs ? dragged : model.shown(),
                        scrubs || model.past(),
                        model.loopFrom(),
                        model.loopTo(),
                        recording.oldestStride(),
                        hovered);
        if (dirty || !Objects.equals(now, painted)) {
            painted = now;
            dirty = false;
            painter.paint(lanes, now);
        }
    }

    private void reveal() {
        double x = axis.x(model.shown() + 0.5);
        if (!axis.contains(x)) {
            axis.reveal(model.shown());
            changed();
        }
    }

    /// Pixel column of the pointer; not a number where it is elsewhere.
    double hovered() {
        return axis.contains(hovered) && !axis.after(hovered) ? hovered : Double.NaN;
    }

    /// The kept moment under the pointer.
    Recording.Place hoveredPlace() {
        return recording.place(axis.moment(hovered));
    }

    /// The event under the pointer, null for none.
    ReplayEvent hoveredEvent() {
        return lanes.eventAt(axis, hovered, REACH);
    }

    /// Mean reward under the pointer, not a number where there is none.
    float hoveredReward() {
        return lanes.rewardAt(axis.moment(hovered));
    }
}
