package marlab.app.world;

import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import marlab.app.card.Card;
import marlab.app.card.Tips;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.theme.ColourRegistry;
import marlab.app.theme.Icons;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.EnvSpec;
import marlab.sim.replay.Recording;
import marlab.sim.reward.RewardWeights;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameExchange;
import org.controlsfx.control.SegmentedButton;

/// The card in the middle: the watched world and what is known about the moment. FX thread.
public final class WorldCard extends Card {

    private static final PseudoClass PAST = PseudoClass.getPseudoClass("past");

    private final EnvSpec spec;
    private final Portrayal portrayal;
    private final WorldModel model;
    private final ShownWorld shown;
    private final WorldCanvas canvas;
    private final AgentTip tip;
    private final Label moment;
    private final ReplayMark replay = new ReplayMark();
    private boolean past;
    private String file = "";
    private final Label tipFirst = new Label();
    private final Label tipSecond = Card.caption("");
    private final VBox tipBox = new VBox(tipFirst, tipSecond);
    private double pointerX = Double.NaN;
    private double pointerY;
    private boolean dirty = true;

    /// A card for this world.
    ///
    /// @param policies chooser of the policy in view, shown in the header
    /// @param weights reward weights now
    public WorldCard(
            FrameExchange frames,
            Recording recording,
            Portrayal portrayal,
            WorldModel model,
            ComboBox<?> policies,
            ColourRegistry colours,
            Supplier<RewardWeights> weights) {
        this(
                recording.spec(),
                frames,
                recording,
                portrayal,
                model,
                policies,
                colours,
                weights,
                Card.caption(""));
    }

    private WorldCard(
            EnvSpec spec,
            FrameExchange frames,
            Recording recording,
            Portrayal portrayal,
            WorldModel model,
            ComboBox<?> policies,
            ColourRegistry colours,
            Supplier<RewardWeights> weights,
            Label moment) {
        super(Messages.text("world.title"), moment);
        this.spec = spec;
        this.portrayal = portrayal;
        this.model = model;
        this.moment = moment;
        moment.setId("world-moment");
        int trailing = model.hasTrails() ? spec.agentCount() : 0;
        shown = new ShownWorld(spec, frames, portrayal, trailing, recording);
        canvas = new WorldCanvas(spec, portrayal, colours, weights);
        tip = new AgentTip(spec, weights);
        policies.getStyleClass().add("policy-menu");
        ((javafx.scene.layout.HBox) getChildren().getFirst()).getChildren().add(1, policies);
        getChildren().add(stage());
        listen();
    }

    private StackPane stage() {
        ToggleButton trails = overlay("trails", Icons.TRAILS, model.trails());
        trails.setDisable(!model.hasTrails());
        ToggleButton whiskers = overlay("whiskers", Icons.WHISKERS, model.whiskers());
        whiskers.setDisable(!model.hasWhiskers());
        ToggleButton values = overlay("values", Icons.VALUES, model.values());
        values.setDisable(!model.hasFigures());
        ToggleButton rewards = overlay("rewards", Icons.REWARDS, model.rewards());
        rewards.setDisable(!model.hasFigures());
        SegmentedButton overlays = new SegmentedButton(trails, whiskers, values, rewards);
        overlays.setVisible(model.hasTrails() || model.hasFigures());
        overlays.setToggleGroup(null); // each on or off by itself
        overlays.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        StackPane.setMargin(overlays, new javafx.geometry.Insets(6));
        StackPane.setAlignment(overlays, Pos.TOP_RIGHT);
        tipFirst.getStyleClass().add("strong");
        tipBox.getStyleClass().add("hover-tip");
        tipBox.setManaged(false);
        tipBox.setVisible(false);
        tipBox.setMouseTransparent(true);
        StackPane stage = new StackPane(canvas, replay, overlays, tipBox);
        VBox.setVgrow(stage, Priority.ALWAYS);
        return stage;
    }

    /// Shows words below the picture, whenever they are visible.
    public void chip(Label words) {
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.managedProperty().bind(words.visibleProperty());
        getChildren().add(words);
    }

    private static ToggleButton overlay(
            String name, Icons icon, javafx.beans.property.BooleanProperty on) {
        ToggleButton button = new ToggleButton(Messages.text("world.overlay." + name), icon.node());
        button.getStyleClass().addAll("tool-button", "overlay-button");
        button.setId("overlay-" + name);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.selectedProperty().bindBidirectional(on);
        Tips.on(button, Messages.text("world.overlay." + name + ".tip"));
        return button;
    }

    private void listen() {
        model.trails().addListener(observed -> dirty = true);
        model.whiskers().addListener(observed -> dirty = true);
        model.values().addListener(observed -> dirty = true);
        model.rewards().addListener(observed -> dirty = true);
        model.selected().addListener(observed -> dirty = true);
        canvas.widthProperty().addListener(observed -> dirty = true);
        canvas.heightProperty().addListener(observed -> dirty = true);
        canvas.setOnMouseMoved(event -> point(event.getX(), event.getY()));
        canvas.setOnMouseExited(event -> point(Double.NaN, 0));
        canvas.setOnMousePressed(event -> {
            canvas.requestFocus();
            model.selected()
                    .set(
                            canvas.agentAt(
                                    shown.frame(), spec.agentCount(), event.getX(), event.getY()));
        });
    }

    private void point(double x, double y) {
        pointerX = x;
        pointerY = y;
        dirty = true;
    }

    /// Draws in other colours.
    public void colours(ColourRegistry colours) {
        canvas.colours(colours);
        dirty = true;
    }

    /// Glides from step to step for so long; 0 jumps.
    public void glide(long nanos) {
        shown.glide(nanos);
    }

    /// Paints what is new.
    ///
    /// @return step of the frame in view
    public int paint(long now) {
        boolean moved = shown.advance(now);
        if (moved || dirty) {
            dirty = canvas.canvasWidth() < 1;
            canvas.paint(shown.frame(), shown.trails(), model);
            tip();
        }
        replay.show(past, shown.exact(), file);
        return shown.exact().step;
    }

    /// Whether what is painted is the past.
    ///
    /// @param from name of the file that it comes from; "" for none
    public void past(boolean now, String from) {
        past = now;
        file = from;
        moment.pseudoClassStateChanged(PAST, now);
    }

    private void tip() {
        int agent =
                Double.isNaN(pointerX)
                        ? WorldModel.NOBODY
                        : canvas.agentAt(shown.frame(), spec.agentCount(), pointerX, pointerY);
        tipBox.setVisible(agent != WorldModel.NOBODY);
        if (agent == WorldModel.NOBODY) {
            return;
        }
        tipFirst.setText(tip.first(shown.exact(), agent));
        tipSecond.setText(tip.second(shown.exact(), agent));
        tipBox.autosize();
        double x = Math.min(pointerX + 12, canvas.getWidth() - tipBox.getWidth() - 4);
        double y =
                pointerY + 12 + tipBox.getHeight() > canvas.getHeight()
                        ? pointerY - 12 - tipBox.getHeight()
                        : pointerY + 12;
        tipBox.relocate(Math.max(4, x), y);
    }

    /// Says where the world is, in the header and for screen readers. Ten times a second.
    public void telemetry(double framesPerSecond, double stepsPerSecond) {
        Frame frame = shown.exact();
        String text =
                Messages.text(
                        "world.moment",
                        Figures.whole(frame.step),
                        Figures.whole(spec.horizon()),
                        Figures.whole(frame.episode));
        if (framesPerSecond > 0) {
            String rate = Figures.whole(Math.round(framesPerSecond));
            text += " · " + Messages.text("world.frames", rate);
        }
        if (stepsPerSecond > 0) {
            text += " · " + Messages.text("world.throughput", Figures.brief(stepsPerSecond));
        }
        moment.setText(text);
        String described = portrayal.describe(frame);
        canvas.setAccessibleText(
                past
                        ? Messages.text(
                                "world.replay.accessible", ReplayMark.text(frame), described)
                        : described);
    }

    /// The frame in view, for tests and accessibility.
    public Frame frame() {
        return shown.exact();
    }
}
