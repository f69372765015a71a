package marlab.app.timeline;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import marlab.app.text.Messages;
import marlab.app.theme.ColourRegistry;
import marlab.sim.draw.Ink;
import marlab.sim.replay.ReplayEvent;

/// How an event looks in its lane: by shape and word, and by colour besides.
enum EventKind {
    SETUP(ReplayEvent.SETUP),
    REWARD(ReplayEvent.REWARD_EDITED),
    CHECKPOINT(ReplayEvent.CHECKPOINT),
    MARK(ReplayEvent.MARK),
    FAILURE(ReplayEvent.FIRST_FAILURE),
    CONTINUED(ReplayEvent.CONTINUED),
    OTHER("");

    private final String type;

    EventKind(String type) {
        this.type = type;
    }

    static EventKind of(ReplayEvent event) {
        for (EventKind kind : values()) {
            if (kind.type.equals(event.type())) {
                return kind;
            }
        }
        return OTHER;
    }

    /// A word or two for the lane.
    String word(ReplayEvent event) {
        return this == OTHER
                ? event.type().replace('_', ' ')
                : Messages.text("timeline.event." + type);
    }

    Color colour(ColourRegistry colours) {
        return switch (this) {
            case REWARD -> colours.line(1);
            case MARK -> colours.colour(Ink.Role.ACCENT);
            case FAILURE -> colours.colour(Ink.Role.WARNING);
            case CONTINUED -> colours.line(2);
            case SETUP, CHECKPOINT, OTHER -> colours.colour(Ink.Role.MUTED);
        };
    }

    /// Paints the shape around a point, 10 pixels large.
    void paint(GraphicsContext gc, double x, double y) {
        switch (this) {
            case REWARD -> polygon(gc, x, y, -5, -4, 5, -4, 0, 5);
            case CHECKPOINT -> gc.fillRect(x - 4, y - 4, 8, 8);
            case MARK -> polygon(gc, x, y, -1, -5, 6, -2, 1, 1, 1, 5, -1, 5);
            case FAILURE -> {
                polygon(gc, x, y, -5, -3, -3, -5, 5, 3, 3, 5);
                polygon(gc, x, y, 3, -5, 5, -3, -3, 5, -5, 3);
            }
            case CONTINUED -> polygon(gc, x, y, -4, -5, 5, 0, -4, 5);
            case SETUP -> polygon(gc, x, y, 0, -5, 5, 0, 0, 5, -5, 0);
            case OTHER -> gc.fillOval(x - 4, y - 4, 8, 8);
        }
    }

    private static void polygon(GraphicsContext gc, double x, double y, double... corners) {
        double[] xs = new double[corners.length / 2];
        double[] ys = new double[corners.length / 2];
        for (int k = 0; k < xs.length; k++) {
            xs[k] = x + corners[2 * k];
            ys[k] = y + corners[2 * k + 1];
        }
        gc.fillPolygon(xs, ys, xs.length);
    }
}
