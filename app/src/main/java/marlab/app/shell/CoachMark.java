package marlab.app.shell;

import javafx.geometry.Bounds;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Polygon;
import marlab.app.text.Messages;

/// A hint that points at one button, once in a lifetime. Lets the mouse through. FX thread.
final class CoachMark extends Pane {

    private static final double TIP = 8;

    private final VBox box = new VBox();
    private final Polygon tip = new Polygon(0, TIP, TIP, 0, 2 * TIP, TIP);
    private final Region target;

    CoachMark(Region target) {
        this.target = target;
        setId("coach-mark");
        setMouseTransparent(true);
        Label title = new Label(Messages.text("coach.train.title"));
        title.getStyleClass().add("coach-title");
        Label body = new Label(Messages.text("coach.train.body"));
        body.getStyleClass().add("coach-body");
        box.getStyleClass().add("coach-mark");
        box.getChildren().addAll(title, body);
        tip.getStyleClass().add("coach-tip");
        getChildren().addAll(tip, box);
        setVisible(false);
        setManaged(false);
        target.localToSceneTransformProperty().addListener(observed -> requestLayout());
    }

    void appear() {
        setVisible(true);
        setManaged(true);
        requestLayout();
    }

    /// Hides the mark.
    ///
    /// @return true when it had been there
    boolean dismiss() {
        boolean had = isVisible();
        setVisible(false);
        setManaged(false);
        return had;
    }

    @Override
    protected void layoutChildren() {
        Bounds at = sceneToLocal(target.localToScene(target.getBoundsInLocal()));
        double middle = (at.getMinX() + at.getMaxX()) / 2;
        double width = box.prefWidth(-1);
        double left = Math.clamp(middle - width / 2, 8, Math.max(8, getWidth() - width - 8));
        double top = at.getMaxY() + TIP + 4;
        box.resizeRelocate(Math.round(left), top, width, box.prefHeight(width));
        tip.relocate(Math.round(middle - TIP), top - TIP + 0.5);
    }
}
