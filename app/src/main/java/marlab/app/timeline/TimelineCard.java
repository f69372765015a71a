package marlab.app.timeline;

import java.util.function.LongConsumer;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import marlab.app.card.Card;
import marlab.app.card.Tips;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.theme.ColourRegistry;
import marlab.app.theme.Icons;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayEvent;

/// What was recorded, under the world: drag through it, loop a part of it, jump to what happened,
/// or go on from there. FX thread.
public final class TimelineCard extends Card {

    private static final PseudoClass PAST = PseudoClass.getPseudoClass("past");
    private static final PseudoClass COMPACT = PseudoClass.getPseudoClass("compact");
    private static final PseudoClass WANTED = PseudoClass.getPseudoClass("wanted");
    private static final double STRIP = 66;
    private static final double COMPACT_STRIP = 46;

    private final TimelineModel model;
    private final Strip strip;
    private final int horizon;
    private final Label place = Card.caption("");
    private final Button onwards = new Button(Messages.text("timeline.continue"));
    private final Button live = new Button(Messages.text("timeline.live"));
    private final SizeMenu size;
    private final Label tipFirst = new Label();
    private final Label tipSecond = Card.caption("");
    private final VBox tip = new VBox(tipFirst, tipSecond);

    /// A card of this recording.
    ///
    /// @param limitChosen hears how many bytes somebody lets recordings take; it sets their limit
    @SuppressWarnings("this-escape") // nodes are built this way
    public TimelineCard(TimelineModel model, ColourRegistry colours, LongConsumer limitChosen) {
        super(Messages.text("timeline.title"));
        this.model = model;
        horizon = model.recording().spec().horizon();
        strip = new Strip(model, colours);
        size = new SizeMenu(limitChosen);
        setId("timeline-card");
        getStyleClass().add("timeline-card");
        HBox header = (HBox) getChildren().getFirst();
        header.getChildren().add(1, place);
        header.getChildren().addAll(onwards, size, live);
        place.setId("timeline-place");
        place.getStyleClass().add("timeline-place");
        HBox.setHgrow(place, Priority.SOMETIMES);
        place.setMinWidth(40);
        buttons();
        tip();
        getChildren().addAll(strip, tip);
        compact(false);
        past(false);
        strip.onPointed(this::point);
    }

    /// Puts a menu into the header.
    public void menu(Node menu) {
        HBox header = (HBox) getChildren().getFirst();
        header.getChildren().add(header.getChildren().indexOf(size), menu);
    }

    private void buttons() {
        onwards.setId("timeline-continue");
        onwards.getStyleClass().add("link-button");
        onwards.setMinWidth(Region.USE_PREF_SIZE);
        onwards.setOnAction(event -> model.continueHere());
        onwards.managedProperty().bind(onwards.visibleProperty());
        Tips.on(onwards, Messages.text("timeline.continue.tip"));
        live.setId("timeline-live");
        live.getStyleClass().addAll("tool-button", "live-pill");
        live.setGraphic(Icons.WATCH.node());
        live.setMinWidth(Region.USE_PREF_SIZE);
        live.setOnAction(event -> model.live());
        Tips.on(live, Messages.text("timeline.live.tip"));
    }

    private void tip() {
        tipFirst.getStyleClass().add("strong");
        tip.getStyleClass().add("hover-tip");
        tip.setId("timeline-tip");
        tip.setManaged(false);
        tip.setVisible(false);
        tip.setMouseTransparent(true);
    }

    /// Takes less room, or as much as usual.
    public void compact(boolean on) {
        pseudoClassStateChanged(COMPACT, on);
        double height = on ? COMPACT_STRIP : STRIP;
        strip.setMinHeight(height);
        strip.setPrefHeight(height);
        strip.setMaxHeight(height);
    }

    /// Paints in other colours.
    public void colours(ColourRegistry colours) {
        strip.colours(colours);
    }

    /// Follows the moment that is shown. At every pulse.
    public void paint() {
        strip.paint();
    }

    /// Shows what is new. Ten times a second.
    public void telemetry() {
        Recording recording = model.recording();
        boolean past = model.past();
        if (past != onwards.isVisible()) {
            past(past);
        }
        Recording.Place shown = recording.place(model.shown());
        if (shown != null) {
            place.setText(
                    Messages.text(
                            past ? "timeline.past" : "timeline.now",
                            Figures.whole(shown.episode()),
                            Figures.whole(shown.step()),
                            Figures.whole(horizon)));
        }
        size.show(recording.bytes(), recording.limit());
        strip.telemetry();
        strip.setAccessibleText(
                Messages.text(
                        "timeline.accessible",
                        place.getText(),
                        Figures.whole(recording.size()),
                        Figures.whole(recording.events().size())));
    }

    private void past(boolean on) {
        pseudoClassStateChanged(PAST, on);
        place.pseudoClassStateChanged(PAST, on);
        live.pseudoClassStateChanged(WANTED, on);
        live.setMouseTransparent(!on);
        live.setFocusTraversable(on);
        onwards.setVisible(on);
    }

    private void point() {
        boolean there = !Double.isNaN(strip.hovered());
        tip.setVisible(there);
        if (!there) {
            return;
        }
        Recording.Place at = strip.hoveredPlace();
        ReplayEvent event = strip.hoveredEvent();
        float reward = strip.hoveredReward();
        Recording.Place where = event == null ? at : model.recording().place(event.moment());
        tipFirst.setText(TimelineModel.placeText(where));
        String mean =
                Float.isNaN(reward)
                        ? ""
                        : Messages.text("timeline.reward", Figures.signed(reward, 3));
        tipSecond.setText(event == null ? mean : event.text());
        tipSecond.setVisible(!tipSecond.getText().isEmpty());
        tip.autosize();
        double x = strip.getLayoutX() + strip.hovered() - tip.getWidth() / 2;
        double most = getWidth() - tip.getWidth() - 4;
        tip.relocate(Math.clamp(x, 4, Math.max(4, most)), strip.getLayoutY() - tip.getHeight() - 4);
    }
}
