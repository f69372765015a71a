package marlab.app.edit;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.theme.ColourRegistry;
import marlab.sim.draw.Ink;
import marlab.sim.game.SymmetricGame;

/// Where a symmetric game of two actions stands among its kind: temptation across, the sucker's
/// payoff up, R = 1 and P = 0. The dot can be dragged. FX thread.
final class GamePlane extends Region {

    private static final double LOW_T = -0.5;
    private static final double HIGH_T = 2.5;
    private static final double LOW_S = -1.5;
    private static final double HIGH_S = 1.5;
    private static final double MARGIN = 34;

    private final Supplier<ColourRegistry> colours;
    private final Canvas canvas = new Canvas();
    private final Font font = Font.font("Inter", 12);
    private SymmetricGame game;

    /// @param dragged receives T and S, where R = 1 and P = 0
    @SuppressWarnings("this-escape")
    GamePlane(Supplier<ColourRegistry> colours, BiConsumer<Double, Double> dragged) {
        this.colours = colours;
        setId("game-plane");
        setMinSize(220, 220);
        setPrefSize(330, 330);
        setMaxHeight(330);
        getChildren().add(canvas);
        javafx.event.EventHandler<MouseEvent> move =
                event -> {
                    if (game != null && !Double.isNaN(game.normalT())) {
                        dragged.accept(t(event.getX()), s(event.getY()));
                    }
                };
        setOnMousePressed(move);
        setOnMouseDragged(move);
    }

    /// Shows this game; null for one that has no place here.
    void show(SymmetricGame now) {
        game = now;
        setAccessibleText(
                now == null
                        ? Messages.text("payoff.plane.none")
                        : Messages.text(
                                "payoff.plane.accessible",
                                now.name().title(),
                                Figures.fixed(now.upright().normalT(), 2),
                                Figures.fixed(now.upright().normalS(), 2)));
        paint();
    }

    @Override
    protected void layoutChildren() {
        double side = Math.max(1, Math.min(getWidth(), getHeight()));
        canvas.setWidth(side);
        canvas.setHeight(side);
        paint();
    }

    private double span() {
        return canvas.getWidth() - MARGIN - 8;
    }

    private double x(double t) {
        return MARGIN + span() * (t - LOW_T) / (HIGH_T - LOW_T);
    }

    private double y(double s) {
        return 8 + span() * (HIGH_S - s) / (HIGH_S - LOW_S);
    }

    private double t(double x) {
        double t = LOW_T + (x - MARGIN) / span() * (HIGH_T - LOW_T);
        return Math.rint(20 * Math.clamp(t, LOW_T, HIGH_T)) / 20;
    }

    private double s(double y) {
        double s = HIGH_S - (y - 8) / span() * (HIGH_S - LOW_S);
        return Math.rint(20 * Math.clamp(s, LOW_S, HIGH_S)) / 20;
    }

    /// Paints in the colours of the moment.
    void paint() {
        if (canvas.getWidth() < 120) {
            return;
        }
        GraphicsContext gc = canvas.getGraphicsContext2D();
        gc.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        gc.setFont(font);
        gc.setFill(colours.get().colour(Ink.Role.CANVAS));
        gc.fillRect(x(LOW_T), y(HIGH_S), span(), span());
        gc.setStroke(colours.get().colour(Ink.Role.MUTED));
        gc.setLineWidth(1);
        gc.setLineDashes(4, 4);
        gc.strokeLine(x(1), y(HIGH_S), x(1), y(LOW_S));
        gc.strokeLine(x(LOW_T), y(0), x(HIGH_T), y(0));
        gc.setLineDashes((double[]) null);
        gc.strokeRect(x(LOW_T), y(HIGH_S), span(), span());
        gc.setTextBaseline(VPos.CENTER);
        gc.setTextAlign(TextAlignment.CENTER);
        gc.setFill(colours.get().colour(Ink.Role.MUTED));
        kind("payoff.kind.harmony", 0.25, 1.3);
        kind("payoff.kind.chicken", 1.75, 1.3);
        kind("payoff.kind.stag", 0.25, -1.3);
        kind("payoff.kind.pd", 1.75, -1.3);
        axes(gc);
        dot(gc);
    }

    private void kind(String key, double t, double s) {
        canvas.getGraphicsContext2D().fillText(Messages.text(key), x(t), y(s));
    }

    private void axes(GraphicsContext gc) {
        double below = y(LOW_S) + 14;
        gc.fillText(Messages.text("payoff.axis.t"), x(2.36), below);
        for (int t = 0; t <= 2; t++) {
            gc.fillText(Figures.whole(t), x(t), below);
        }
        gc.setTextAlign(TextAlignment.RIGHT);
        gc.fillText(Messages.text("payoff.axis.s"), MARGIN - 6, y(1.3));
        for (int s = -1; s <= 1; s++) {
            gc.fillText(Figures.whole(s), MARGIN - 6, y(s));
        }
    }

    private void dot(GraphicsContext gc) {
        if (game == null || Double.isNaN(game.upright().normalT())) {
            return;
        }
        double t = Math.clamp(game.upright().normalT(), LOW_T, HIGH_T);
        double s = Math.clamp(game.upright().normalS(), LOW_S, HIGH_S);
        gc.setFill(colours.get().colour(Ink.Role.ACCENT));
        gc.setStroke(colours.get().colour(Ink.Role.FOREGROUND));
        gc.setLineWidth(1.5);
        gc.fillOval(x(t) - 7, y(s) - 7, 14, 14);
        gc.strokeOval(x(t) - 7, y(s) - 7, 14, 14);
    }
}
