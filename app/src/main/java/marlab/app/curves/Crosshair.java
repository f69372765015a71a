package marlab.app.curves;

import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import marlab.app.card.Card;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.learning.train.CurvePoint;

/// The values under the pointer. FX thread.
final class Crosshair extends Pane {

    private final Line line = new Line();
    private final Circle dot = new Circle(4);
    private final Label value = new Label();
    private final Label detail = Card.caption("");
    private final VBox tip = new VBox(value, detail);

    Crosshair() {
        setMouseTransparent(true);
        line.getStyleClass().add("crosshair");
        dot.getStyleClass().add("crosshair-dot");
        value.getStyleClass().add("strong");
        tip.getStyleClass().add("hover-tip");
        getChildren().addAll(line, dot, tip);
        setVisible(false);
    }

    /// Shows the point nearest to the pointer, or hides.
    void point(ChartPicture picture, double x, double y) {
        CurvePoint point = picture != null && picture.contains(x, y) ? picture.nearest(x) : null;
        setVisible(point != null);
        if (point == null) {
            return;
        }
        double column = Math.round(picture.column(point.envSteps())) + 0.5;
        line.setStartX(column);
        line.setEndX(column);
        line.setStartY(picture.top());
        line.setEndY(picture.bottom());
        dot.setCenterX(column);
        dot.setCenterY(picture.row(point.mean()));
        value.setText(
                Messages.text(
                        "curves.tip.value",
                        Figures.fixed(point.mean(), 2),
                        Figures.fixed(point.low(), 2),
                        Figures.fixed(point.high(), 2)));
        detail.setText(
                Messages.text(
                        "curves.tip.detail",
                        Figures.whole(point.envSteps()),
                        Figures.whole(point.episodes()),
                        Figures.clock(point.wallSeconds())));
        tip.autosize();
        boolean right = column + 12 + tip.getWidth() < getWidth();
        double tipX = right ? column + 12 : Math.max(0, column - 12 - tip.getWidth());
        tip.relocate(tipX, Math.max(0, picture.bottom() - tip.getHeight() - 8));
    }
}
