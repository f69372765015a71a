package marlab.app.transport;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import marlab.app.card.Tips;
import marlab.app.text.Messages;
import marlab.app.theme.Icons;

/// The seed and its lock. What cannot be used is told in one sentence under the field. FX thread.
final class SeedBox extends HBox {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final TransportModel model;
    private final TransportActions actions;
    private final TextField field = new TextField();
    private final Label problem = new Label();

    SeedBox(TransportModel model, TransportActions actions) {
        super(6);
        this.model = model;
        this.actions = actions;
        setAlignment(Pos.CENTER_LEFT);
        Label name = new Label(Messages.text("transport.seed"));
        name.getStyleClass().add("bar-label");
        name.setMinWidth(Region.USE_PREF_SIZE);
        name.setLabelFor(field);
        field();
        problem.getStyleClass().addAll("inline-message", "hover-tip");
        problem.setId("seed-problem");
        problem.setManaged(false);
        problem.setVisible(false);
        getChildren().addAll(name, field, lock(), problem);
    }

    private void field() {
        field.setId("seed");
        field.getStyleClass().add("seed-field");
        field.setPrefWidth(74);
        field.setMinWidth(58);
        Tips.on(field, Messages.text("transport.seed.tip"));
        field.setAccessibleText(Messages.text("transport.seed"));
        field.setOnAction(event -> typed());
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                show();
                getScene().getRoot().requestFocus();
                event.consume();
            }
        });
        field.focusedProperty()
                .addListener((observed, had, has) -> {
                    if (!has) {
                        typed();
                    }
                });
        model.seed().addListener(observed -> show());
        show();
    }

    private ToggleButton lock() {
        ToggleButton lock = new ToggleButton("", Icons.UNLOCKED.node());
        lock.setId("seed-lock");
        lock.getStyleClass().addAll("tool-button", "icon-button", "overlay-button");
        Tips.on(lock, Messages.text("transport.lock.tip"));
        lock.setAccessibleText(Messages.text("transport.lock"));
        lock.selectedProperty().bindBidirectional(model.locked());
        model.locked()
                .addListener((observed, before, now) ->
                        lock.setGraphic((now ? Icons.LOCKED : Icons.UNLOCKED).node()));
        return lock;
    }

    private void show() {
        field.setText(Long.toString(model.seed().get()));
        complain(null);
    }

    private void typed() {
        SeedText.Reading reading = SeedText.read(field.getText());
        complain(reading.problem());
        if (reading.problem() == null && reading.seed() != model.seed().get()) {
            model.seed().set(reading.seed());
            actions.seedTyped(reading.seed());
        }
    }

    private void complain(String sentence) {
        field.pseudoClassStateChanged(WRONG, sentence != null);
        problem.setVisible(sentence != null);
        problem.setText(sentence == null ? "" : sentence);
        if (sentence != null) {
            problem.setMaxWidth(280);
            problem.resize(280, problem.prefHeight(280));
            problem.relocate(field.getLayoutX() + field.getWidth() - 280, getHeight() + 10);
            problem.setViewOrder(-1);
        }
    }
}
