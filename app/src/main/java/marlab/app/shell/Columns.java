package marlab.app.shell;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Cause, world, evidence: three columns, left to right. Where there is no room for three, the
/// evidence moves under the cause and the world keeps its size. FX thread.
final class Columns extends HBox {

    private static final double THREE_COLUMNS = 1_200;
    private static final double LEFT = 292;
    private static final double LEFT_ALONE = 340;
    private static final double RIGHT = 424;
    private static final double LEAST_CHART = 220;

    private final VBox left = new VBox();
    private final VBox right = new VBox();
    private final ScrollPane leftScroll = scroll(left);
    private final ScrollPane rightScroll = scroll(right);
    private final Region world;
    private final List<Region> cause;
    private Region cover;
    private final List<Region> evidence;
    private final Consumer<Boolean> arranged;
    private Boolean wide;

    /// @param cause from top to bottom; the last one is a filler
    /// @param evidence from top to bottom; the first one grows
    /// @param arranged hears whether there is room for three columns
    Columns(List<Region> cause, Region world, List<Region> evidence, Consumer<Boolean> arranged) {
        this.arranged = arranged;
        this.cause = cause;
        this.world = world;
        this.evidence = evidence;
        getStyleClass().add("columns");
        left.getStyleClass().add("column");
        right.getStyleClass().add("column");
        HBox.setHgrow(world, Priority.ALWAYS);
        world.setMinWidth(320);
        widthProperty().addListener(observed -> arrange(getWidth() >= THREE_COLUMNS));
        arrange(true);
    }

    private static ScrollPane scroll(VBox content) {
        ScrollPane scroll = new ScrollPane(content);
        scroll.getStyleClass().add("bare-scroll");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        return scroll;
    }

    private void arrange(boolean nowWide) {
        if (wide != null && wide == nowWide) {
            return;
        }
        wide = nowWide;
        getChildren().clear();
        left.getChildren().clear();
        right.getChildren().clear();
        Region filler = cause.getLast();
        Region chart = evidence.getFirst();
        VBox.setVgrow(chart, Priority.ALWAYS);
        chart.minHeightProperty().unbind();
        chart.setMinHeight(USE_COMPUTED_SIZE);
        VBox.setVgrow(filler, nowWide ? Priority.ALWAYS : Priority.NEVER);
        left.getChildren().addAll(cause.subList(0, cause.size() - 1));
        if (nowWide) {
            left.getChildren().add(filler);
            right.getChildren().addAll(evidence);
            width(leftScroll, LEFT);
            width(rightScroll, RIGHT);
            getChildren().addAll(first(LEFT), world, rightScroll);
        } else {
            left.getChildren().addAll(evidence);
            left.getChildren().add(filler);
            width(leftScroll, LEFT_ALONE);
            chart.minHeightProperty().bind(room());
            getChildren().addAll(first(LEFT_ALONE), world);
        }
        arranged.accept(nowWide);
    }

    private Region first(double width) {
        if (cover == null) {
            return leftScroll;
        }
        width(cover, width);
        return cover;
    }

    /// Shows this in place of the left column; null shows the column again.
    void cover(Region now) {
        cover = now;
        getChildren().set(0, first(wide ? LEFT : LEFT_ALONE));
    }

    /// What is left of the column under the cause: cards begin and end where the column does.
    private DoubleBinding room() {
        ReadOnlyDoubleProperty height = cause.getFirst().heightProperty();
        return Bindings.createDoubleBinding(
                () ->
                        Math.max(
                                LEAST_CHART,
                                leftScroll.getHeight() - height.get() - left.getSpacing() - 1),
                leftScroll.heightProperty(),
                height);
    }

    private static void width(Region region, double width) {
        region.setMinWidth(width);
        region.setPrefWidth(width);
        region.setMaxWidth(width);
    }
}
