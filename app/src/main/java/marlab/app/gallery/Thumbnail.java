package marlab.app.gallery;

import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import marlab.app.fx.FxBrush;
import marlab.app.theme.ColourRegistry;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Trails;
import marlab.sim.snapshot.Frame;

/// A world in small. FX thread.
final class Thumbnail extends Region {

    private static final double SHAPE = 0.6;
    private static final double MARGIN = 6;

    /// Agents above which paths would be a tangle.
    private static final int FEW = 60;

    private final Canvas canvas = new Canvas();
    private final GraphicsContext gc = canvas.getGraphicsContext2D();
    private final Overlays overlays = new Overlays();
    private FxBrush brush;
    private ColourRegistry drawnIn;
    private boolean resized;
    private LiveWorld live;
    private int step = -1;
    private int episode;

    Thumbnail(LiveWorld live) {
        this.live = live;
        overlays.whiskers = false;
        overlays.letters = false;
        getStyleClass().add("thumbnail");
        setMouseTransparent(true);
        getChildren().add(canvas);
    }

    @Override
    public javafx.geometry.Orientation getContentBias() {
        return javafx.geometry.Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        return Math.round(SHAPE * Math.max(width, 100));
    }

    @Override
    protected void layoutChildren() {
        double width = Math.max(0, Math.floor(getWidth() - 2 * MARGIN));
        double height = Math.max(0, Math.floor(getHeight() - 2 * MARGIN));
        resized |= width != canvas.getWidth() || height != canvas.getHeight();
        canvas.setWidth(width);
        canvas.setHeight(height);
        canvas.relocate(MARGIN, MARGIN);
    }

    /// Paints what is new.
    void paint(ColourRegistry colours) {
        LiveWorld.View view = live == null ? null : live.view();
        if (view == null || canvas.getWidth() < 8) {
            return;
        }
        Frame frame = view.frames().newest();
        boolean other = frame.step != step || frame.episode != episode;
        if (!resized && colours == drawnIn && !other) {
            return;
        }
        step = frame.step;
        episode = frame.episode;
        resized = false;
        draw(view, frame, colours);
    }

    private void draw(LiveWorld.View view, Frame frame, ColourRegistry colours) {
        if (brush == null) {
            brush = new FxBrush(gc, colours);
        }
        brush.colours(colours);
        drawnIn = colours;
        if (view.shown() <= FEW) {
            overlays.paths = overlays.paths == null ? new Trails(view.shown()) : overlays.paths;
            overlays.paths.note(frame, view.portrayal());
        }
        overlays.trails = overlays.paths != null;
        double width = canvas.getWidth();
        double height = canvas.getHeight();
        gc.setFill(colours.colour(Ink.Role.CANVAS));
        gc.fillRect(0, 0, width, height);
        brush.frame(view.portrayal().bounds(frame), width, height);
        view.portrayal().draw(frame, overlays, brush);
        brush.finish();
    }

    /// Shows another world, or none.
    void show(LiveWorld now) {
        live = now;
        overlays.paths = null;
        resized = true;
        gc.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    }
}
