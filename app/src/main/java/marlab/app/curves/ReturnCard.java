package marlab.app.curves;

import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import marlab.app.card.Card;
import marlab.app.card.TableContent;
import marlab.app.chart.ChartRequest;
import marlab.app.chart.CurveTable;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.theme.ColourRegistry;
import marlab.app.theme.Icons;
import marlab.learning.train.CurvePoint;

/// The card at the right: is it getting better? FX thread; the chart is painted elsewhere.
public final class ReturnCard extends Card implements TableContent, AutoCloseable {

    private static final double AXIS_WIDTH = 34;
    private static final long REPAINT_NANOS = 400_000_000;

    private final ReturnModel model;
    private final String dialect;
    private final Supplier<ColourRegistry> colours;
    private final ChartArtist artist = new ChartArtist();
    private final Label latest;
    private final Label caption = Card.caption("");
    private final ChartPane chart = new ChartPane(this::request);
    private final Crosshair crosshair = new Crosshair();
    private final VBox empty = new VBox(6);
    private ChartPicture picture;
    private Object asked = "";
    private long askedAt;
    private boolean started;
    private boolean painting;
    private double pointerX = -1;
    private double pointerY = -1;

    /// A card for this curve.
    ///
    /// @param dialect how returns are reported, for the caption
    /// @param colours colours now
    /// @param train what the button of the empty card does
    public ReturnCard(
            ReturnModel model, String dialect, Supplier<ColourRegistry> colours, Runnable train) {
        this(model, dialect, colours, train, new Label());
    }

    private ReturnCard(
            ReturnModel model,
            String dialect,
            Supplier<ColourRegistry> colours,
            Runnable train,
            Label latest) {
        super(Messages.text("curves.title"), latest);
        this.model = model;
        this.dialect = dialect;
        this.colours = colours;
        this.latest = latest;
        setId("return-card");
        latest.getStyleClass().add("strong");
        latest.setId("latest-return");
        caption.setId("return-caption");
        caption.setWrapText(true);
        caption.setMinHeight(Region.USE_PREF_SIZE);
        caption.setText(Messages.text("curves.caption.empty", dialect));
        empty(train);
        StackPane stage = new StackPane(chart, crosshair, empty);
        stage.setMinHeight(150);
        stage.setId("return-chart");
        VBox.setVgrow(stage, Priority.ALWAYS);
        getChildren().addAll(caption, stage);
        listen(stage);
    }

    private void empty(Runnable train) {
        Label title = new Label(Messages.text("curves.empty.title"));
        title.getStyleClass().add("empty-title");
        Label body = new Label(Messages.text("curves.empty.body"));
        body.getStyleClass().add("empty-body");
        Button button = new Button(Messages.text("transport.train"), Icons.TRAIN.node());
        button.getStyleClass().add("link-button");
        button.setId("empty-train");
        button.setOnAction(event -> train.run());
        empty.setAlignment(Pos.CENTER);
        empty.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        empty.setTranslateX(AXIS_WIDTH / 2);
        empty.getChildren().addAll(title, body, button);
    }

    private void listen(StackPane stage) {
        stage.setOnMouseMoved(event -> point(event.getX(), event.getY()));
        stage.setOnMouseExited(event -> point(-1, -1));
    }

    private void point(double x, double y) {
        pointerX = x;
        pointerY = y;
        crosshair.point(picture, x, y);
    }

    /// Begins to paint; call it when the world is already moving.
    public void start() {
        started = true;
        artist.start();
    }

    /// Shows what is new. Ten times a second.
    ///
    /// @param running true when a run exists, even one without a point yet
    public void telemetry(long now, boolean running) {
        ChartPicture fresh = artist.take();
        if (fresh != null) {
            painting = false;
            picture = fresh;
            chart.getChildren().setAll(fresh.canvas());
            crosshair.point(picture, pointerX, pointerY);
        }
        empty.setVisible(model.latest() == null && !running);
        words();
        Object wanted = wanted();
        boolean sized = chart.getWidth() > 80 && chart.getHeight() > 60;
        if (started && sized && !wanted.equals(asked) && now - askedAt >= REPAINT_NANOS) {
            asked = wanted;
            askedAt = now;
            painting = true;
            artist.request(request());
        }
    }

    /// True when the chart shows what is known, for pictures that are the same every time.
    public boolean settled() {
        return started && picture != null && !painting && wanted().equals(asked);
    }

    private void words() {
        CurvePoint point = model.latest();
        if (point == null) {
            latest.setText("");
            caption.setText(Messages.text("curves.caption.empty", dialect));
            return;
        }
        double half = (point.high() - point.low()) / 2;
        latest.setText(
                Messages.text(
                        "curves.latest", Figures.fixed(point.mean(), 1), Figures.fixed(half, 1)));
        String n = Figures.whole(point.episodes());
        caption.setText(
                model.origin().isEmpty()
                        ? Messages.text("curves.caption", n, dialect)
                        : Messages.text("curves.caption.file", n, dialect, model.origin()));
        setAccessibleText(latest.getText() + ", " + caption.getText());
    }

    private Object wanted() {
        return List.of(
                model.changes(),
                Math.round(chart.getWidth()),
                Math.round(chart.getHeight()),
                colours.get());
    }

    @Override
    public Supplier<String> table() {
        List<CurvePoint> points = model.points();
        return points.isEmpty() ? null : () -> CurveTable.text(points);
    }

    private ChartRequest request() {
        return new ChartRequest(
                Math.floor(chart.getWidth()),
                Math.floor(chart.getHeight()),
                model.points(),
                model.edits(),
                model.references(),
                0,
                colours.get());
    }

    /// Ends the painter's thread.
    @Override
    public void close() {
        artist.close();
    }
}
