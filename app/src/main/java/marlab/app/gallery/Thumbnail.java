package marlab.app.gallery;

import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import marlab.app.fx.FxBrush;
import marlab.app.theme.ColourRegistry;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;

/// A world in small. FX thread.
final class Thumbnail extends Region {

    private static final double SHAPE = 0.6;
    private static final double MARGIN = 6;

    private final LiveWorld live;
    private final Canvas canvas = new Canvas();
    private final GraphicsContext gc = canvas.getGraphicsContext2D();
    private final Overlays overlays = new Overlays();
    private FxBrush brush;
    private ColourRegistry drawnIn;
    private boolean resized;

    Thumbnail(LiveWorld live) {
        this.live = live;
        overlays.trails = false;
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
    ///
    /// @return true when there was something to paint
    boolean paint(ColourRegistry colours) {
        LiveWorld.View view = live.view();
        boolean stale = resized || colours != drawnIn;
        if (view == null || canvas.getWidth() < 8 || !stale && !view.frames().hasNew()) {
            return false;
        }
        if (brush == null) {
            brush = new FxBrush(gc, colours);
        }
        brush.colours(colours);
        drawnIn = colours;
        resized = false;
        double width = canvas.getWidth();
        double height = canvas.getHeight();
        gc.setFill(colours.colour(Ink.Role.CANVAS));
        gc.fillRect(0, 0, width, height);
        var frame = view.frames().newest();
        brush.frame(view.portrayal().bounds(frame), width, height);
        view.portrayal().draw(frame, overlays, brush);
        brush.finish();
        return true;
    }
}
