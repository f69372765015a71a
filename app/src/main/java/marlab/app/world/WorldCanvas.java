package marlab.app.world;

import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import marlab.app.card.VectorContent;
import marlab.app.fx.FxBrush;
import marlab.app.picture.BrushRecord;
import marlab.app.picture.Drawing;
import marlab.app.picture.Sketch;
import marlab.app.picture.WorldDrawing;
import marlab.app.text.Messages;
import marlab.app.theme.ColourRegistry;
import marlab.sim.draw.AgentFigures;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Portrayal;
import marlab.sim.draw.Trails;
import marlab.sim.env.EnvSpec;
import marlab.sim.reward.RewardWeights;
import marlab.sim.snapshot.Frame;

/// Paints the world, as large as fits. FX thread.
final class WorldCanvas extends Region implements VectorContent {

    private static final double GRID = 0.25;
    private static final double EDGE = 4;

    private final Canvas canvas = new Canvas();
    private final GraphicsContext gc = canvas.getGraphicsContext2D();
    private final Portrayal portrayal;
    private final Overlays overlays = new Overlays();
    private final double[] place = new double[3];
    private final FxBrush brush;
    private final Supplier<RewardWeights> weights;
    private final AgentFigures figures; // null where agents are too many
    private final Font legendFont = Font.font("Inter", 12);
    private ColourRegistry colours;
    private Frame shown; // what was painted last; null before
    private WorldModel model;

    /// @param weights reward weights now
    WorldCanvas(
            EnvSpec spec,
            Portrayal portrayal,
            ColourRegistry colours,
            Supplier<RewardWeights> weights) {
        this.portrayal = portrayal;
        this.weights = weights;
        figures = spec.agentCount() <= AgentFigures.MOST_AGENTS ? new AgentFigures(spec) : null;
        this.colours = colours;
        brush = new FxBrush(gc, colours);
        getChildren().add(canvas);
        getStyleClass().add("canvas-frame");
        setId("world-canvas");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinSize(200, 160);
    }

    void colours(ColourRegistry now) {
        colours = now;
        brush.colours(now);
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.max(0, snapSizeX(getWidth()) - 2 * EDGE));
        canvas.setHeight(Math.max(0, snapSizeY(getHeight()) - 2 * EDGE));
        canvas.relocate(EDGE, EDGE);
    }

    double canvasWidth() {
        return canvas.getWidth();
    }

    double canvasHeight() {
        return canvas.getHeight();
    }

    /// Paints this frame.
    void paint(Frame frame, Trails trails, WorldModel now) {
        shown = frame;
        model = now;
        double width = canvas.getWidth();
        double height = canvas.getHeight();
        if (width < 1 || height < 1) {
            return;
        }
        gc.setFill(colours.colour(Ink.Role.CANVAS));
        gc.fillRect(0, 0, width, height);
        Bounds bounds = portrayal.bounds(frame);
        brush.frame(bounds, width, height);
        if (model.plane()) {
            grid(width, height);
        }
        overlays.trails = model.showsTrails();
        overlays.whiskers = model.showsWhiskers();
        overlays.selected = model.selected().get();
        overlays.paths = overlays.trails ? trails : null;
        overlays.values = model.values().get();
        overlays.rewards = model.rewards().get();
        content(brush);
        brush.finish();
        legend(height);
    }

    private void content(Brush on) {
        portrayal.draw(shown, overlays, on);
        if (figures != null) {
            figures.draw(shown, weights.get(), overlays, portrayal, on);
        }
    }

    /// Grid lines over the whole canvas, half a world unit or more apart.
    private void grid(double width, double height) {
        double gap = gap();
        gc.setStroke(colours.colour(Ink.Role.GRID));
        gc.setLineWidth(1);
        double lastX = brush.worldX(width);
        for (double x = Math.ceil(brush.worldX(0) / gap) * gap; x <= lastX; x += gap) {
            double column = Math.floor(brush.pixelX(x)) + 0.5;
            gc.strokeLine(column, 0, column, height);
        }
        double lastY = brush.worldY(0);
        for (double y = Math.ceil(brush.worldY(height) / gap) * gap; y <= lastY; y += gap) {
            double row = Math.floor(brush.pixelY(y)) + 0.5;
            gc.strokeLine(0, row, width, row);
        }
    }

    private double gap() {
        double gap = GRID;
        while (gap * brush.scale() < 48) {
            gap *= 2;
        }
        return gap;
    }

    /// The picture that was painted last, with grid and legend.
    @Override
    public Drawing vectors() {
        double width = canvas.getWidth();
        double height = canvas.getHeight();
        if (shown == null || width < 1 || height < 1) {
            return null;
        }
        BrushRecord record = new BrushRecord();
        if (model.plane()) {
            gridLines(record, brush.worldX(width), brush.worldY(0), gap());
        }
        content(record);
        Sketch sketch = new Sketch(getWidth(), getHeight());
        sketch.drawing(
                null,
                1,
                AffineTransform.getTranslateInstance(EDGE, EDGE),
                new WorldDrawing(
                        width, height, portrayal.bounds(shown), record, legendText(), colours));
        return sketch;
    }

    private void gridLines(BrushRecord record, double lastX, double lastY, double gap) {
        double firstX = brush.worldX(0);
        double firstY = brush.worldY(canvas.getHeight());
        for (double x = Math.ceil(firstX / gap) * gap; x <= lastX; x += gap) {
            record.line(x, firstY, x, lastY, Ink.Role.GRID, 1);
        }
        for (double y = Math.ceil(firstY / gap) * gap; y <= lastY; y += gap) {
            record.line(firstX, y, lastX, y, Ink.Role.GRID, 1);
        }
    }

    private void legend(double height) {
        String text = legendText();
        if (text.isEmpty()) {
            return;
        }
        gc.setFont(legendFont);
        gc.setTextAlign(TextAlignment.LEFT);
        gc.setTextBaseline(VPos.BASELINE);
        gc.setFill(colours.colour(Ink.Role.MUTED));
        gc.fillText(text, 10, height - 10);
        gc.setTextAlign(TextAlignment.CENTER);
        gc.setTextBaseline(VPos.CENTER);
    }

    private String legendText() {
        List<String> shown = new ArrayList<>();
        if (overlays.whiskers) {
            shown.add(Messages.text("world.legend.whiskers"));
        }
        if (overlays.trails) {
            shown.add(Messages.text("world.legend.trails", Trails.LENGTH));
        }
        if (overlays.values && figures != null) {
            shown.add(Messages.text("world.legend.values"));
        }
        if (overlays.rewards && figures != null) {
            shown.add(Messages.text("world.legend.rewards"));
        }
        return String.join(" · ", shown);
    }

    /// The agent under this point of the canvas, {@link WorldModel#NOBODY} if there is none.
    int agentAt(Frame frame, int agents, double pixelX, double pixelY) {
        int nearest = WorldModel.NOBODY;
        double best = Double.POSITIVE_INFINITY;
        for (int agent = 0; agent < agents; agent++) {
            portrayal.place(frame, agent, place);
            double reach = Math.max(14, place[2] * brush.scale() * 0.7);
            double dx = brush.pixelX(place[0]) - (pixelX - EDGE);
            double dy = brush.pixelY(place[1]) - (pixelY - EDGE);
            double distance = Math.sqrt(dx * dx + dy * dy);
            if (distance < reach && distance < best) {
                best = distance;
                nearest = agent;
            }
        }
        return nearest;
    }
}
