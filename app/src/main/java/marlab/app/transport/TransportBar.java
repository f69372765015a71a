package marlab.app.transport;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import marlab.app.card.Tips;
import marlab.app.text.Messages;
import marlab.app.theme.Icons;

/// Setup, Watch, Train, Step, speed and seed. Only the button you want next is coloured. FX thread.
public final class TransportBar extends HBox {

    private static final PseudoClass WANTED = PseudoClass.getPseudoClass("wanted");

    private final TransportModel model;
    private final Button watch;
    private final Button train;
    private final Label speedValue = new Label();
    private boolean shift;

    /// Buttons for these actions.
    public TransportBar(TransportModel model, TransportActions actions) {
        super(4);
        this.model = model;
        setAlignment(Pos.CENTER_RIGHT);
        Button setup = button("setup", Icons.SETUP);
        setup.addEventFilter(MouseEvent.ANY, event -> shift = event.isShiftDown());
        setup.setOnAction(event -> {
            if (shift) {
                actions.setupAndForget();
            } else {
                actions.setup();
            }
            shift = false;
        });
        watch = button("watch", Icons.WATCH);
        watch.setOnAction(event -> actions.toggleWatch());
        watch.setMinWidth(84);
        train = button("train", Icons.TRAIN);
        train.setOnAction(event -> actions.toggleTrain());
        train.setMinWidth(86);
        Button step = button("step", Icons.STEP);
        step.setOnAction(event -> actions.step());
        getChildren().addAll(setup, watch, train, step, speed(), new SeedBox(model, actions));
        model.watching().addListener(observed -> refresh());
        model.training().addListener(observed -> refresh());
        refresh();
    }

    private static Button button(String name, Icons icon) {
        Button button = new Button(Messages.text("transport." + name), icon.node());
        button.getStyleClass().add("tool-button");
        button.setId(name);
        button.setMinWidth(Region.USE_PREF_SIZE);
        Tips.on(button, Messages.text("transport." + name + ".tip"));
        return button;
    }

    private HBox speed() {
        Slider slider = speedSlider();
        speedValue.setText(model.speed().get().text());
        speedValue.getStyleClass().add("speed-value");
        speedValue.setId("speed-value");
        speedValue.setMinWidth(Region.USE_PREF_SIZE);
        Label name = new Label(Messages.text("transport.speed"));
        name.getStyleClass().add("bar-label");
        name.setMinWidth(Region.USE_PREF_SIZE);
        name.setLabelFor(slider);
        HBox box = new HBox(8, name, slider, speedValue);
        box.setAlignment(Pos.CENTER_LEFT);
        box.setPadding(new javafx.geometry.Insets(0, 6, 0, 10));
        return box;
    }

    private Slider speedSlider() {
        Slider slider = new Slider(0, Speed.values().length - 1, model.speed().get().ordinal());
        slider.setId("speed");
        slider.setBlockIncrement(1);
        slider.setMajorTickUnit(1);
        slider.setMinorTickCount(0);
        slider.setSnapToTicks(true);
        slider.setPrefWidth(104);
        slider.setMinWidth(64);
        slider.setAccessibleText(Messages.text("transport.speed"));
        Tips.on(slider, Messages.text("transport.speed.tip"));
        slider.valueProperty()
                .addListener((observed, before, now) ->
                        model.speed().set(Speed.values()[(int) Math.round(now.doubleValue())]));
        model.speed()
                .addListener((observed, before, now) -> {
                    slider.setValue(now.ordinal());
                    speedValue.setText(now.text());
                });
        return slider;
    }

    /// Says how fast the world really runs.
    public void achieved(double stepsPerSecond) {
        boolean known = model.watching().get() && stepsPerSecond > 0;
        String text = model.speed().get().text(known ? stepsPerSecond : 0);
        if (!text.equals(speedValue.getText())) {
            speedValue.setText(text);
        }
    }

    /// The train button, for the coach mark.
    public Region trainButton() {
        return train;
    }

    private void refresh() {
        boolean watching = model.watching().get();
        face(watch, watching ? "pause" : "watch", watching ? Icons.PAUSE : Icons.WATCH);
        switch (model.training().get()) {
            case OFF -> face(train, "train", Icons.TRAIN);
            case ON -> face(train, "stop", Icons.STOP);
            case STOPPING -> face(train, "stopping", Icons.STOP);
        }
        train.setDisable(model.training().get() == TransportModel.Training.STOPPING);
        TransportModel.Wanted wanted = model.wanted();
        watch.pseudoClassStateChanged(WANTED, wanted == TransportModel.Wanted.WATCH);
        train.pseudoClassStateChanged(WANTED, wanted == TransportModel.Wanted.TRAIN);
    }

    private static void face(ButtonBase button, String name, Icons icon) {
        button.setText(Messages.text("transport." + name));
        button.setGraphic(icon.node());
    }
}
