package marlab.app.rewards;

import java.util.function.DoubleConsumer;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import marlab.app.card.TickedSlider;
import marlab.app.card.Tips;
import marlab.app.text.Figures;

/// One line of the reward card: name, exact value, slider. FX thread.
final class TermRow extends VBox {

    private static final PseudoClass EDITED = PseudoClass.getPseudoClass("edited");
    private static final PseudoClass PENDING = PseudoClass.getPseudoClass("pending");
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private static final double MOST = 1e6;
    private static final double NAME_WIDTH = 106;
    private static final double FIELD_WIDTH = 62;

    /// What a row is about.
    ///
    /// @param low smallest value of the slider
    /// @param hard true where values outside [low, high] make no sense
    record Term(
            String id,
            String label,
            String tip,
            double low,
            double high,
            double standard,
            double grain,
            boolean signed,
            boolean hard) {}

    private final Term term;
    private final DoubleConsumer commit;
    private final Label name = new Label();
    private final TextField field = new TextField();
    private final TickedSlider slider;
    private final Label problem = new Label();
    private final Region gap = new Region();
    private final HBox line = new HBox();
    private double value;

    TermRow(Term term, DoubleConsumer commit) {
        this.term = term;
        this.commit = commit;
        value = term.standard();
        slider =
                new TickedSlider(
                        term.low(),
                        term.high(),
                        term.standard(),
                        term.grain(),
                        now -> write(now),
                        this::tell);
        getStyleClass().add("term-row");
        setId("term-" + term.id());
        name();
        field();
        problem.getStyleClass().add("inline-message");
        problem.setId("problem-" + term.id());
        complain(null);
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox.setHgrow(slider, Priority.ALWAYS);
        line.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        compact(false);
        write(value);
    }

    private void name() {
        name.setText(term.label());
        name.getStyleClass().add("term-name");
        Tips.on(name, term.tip());
        name.setLabelFor(slider.slider());
        slider.slider().setId("slider-" + term.id());
        slider.slider().setAccessibleText(term.label());
        Tips.on(slider.slider(), term.tip());
    }

    /// Puts everything on one line, or the slider under the name.
    void compact(boolean compact) {
        name.setMinWidth(compact ? NAME_WIDTH : Region.USE_PREF_SIZE);
        field.setMinWidth(compact ? FIELD_WIDTH : FIELD_WIDTH + 20);
        field.setMaxWidth(field.getMinWidth());
        getChildren().clear();
        line.getChildren().clear();
        if (compact) {
            line.getChildren().addAll(name, slider, field);
            getChildren().addAll(line, problem);
        } else {
            line.getChildren().addAll(name, gap, field);
            getChildren().addAll(line, slider, problem);
        }
    }

    private void field() {
        field.getStyleClass().add("value-field");
        field.setId("value-" + term.id());
        field.setPrefColumnCount(5);
        field.setAccessibleText(term.label());
        field.setOnAction(event -> typed());
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                leave();
                event.consume();
            }
        });
        field.focusedProperty()
                .addListener((observed, had, has) -> {
                    if (!has && !field.getText().equals(text(value))) {
                        typed();
                    }
                });
    }

    private void typed() {
        double low = term.hard() ? term.low() : -MOST;
        double high = term.hard() ? term.high() : MOST;
        WeightText.Reading reading = WeightText.read(field.getText(), low, high);
        complain(reading.problem());
        if (reading.problem() == null) {
            tell(reading.value());
            write(value);
        }
    }

    private void leave() {
        complain(null);
        write(value);
        slider.slider().requestFocus();
    }

    private void tell(double now) {
        complain(null);
        if (now != value) {
            value = now;
            commit.accept(now);
        }
    }

    private void complain(String sentence) {
        problem.setText(sentence == null ? "" : sentence);
        problem.setManaged(sentence != null);
        problem.setVisible(sentence != null);
        field.pseudoClassStateChanged(WRONG, sentence != null);
    }

    private void write(double now) {
        field.setText(text(now));
    }

    private String text(double now) {
        return term.signed() ? Figures.weight(now) : Figures.plain(now);
    }

    /// Shows a weight that was set elsewhere, for instance by undo.
    void show(double now, boolean pending) {
        value = now;
        slider.show(Math.clamp(now, term.low(), term.high()));
        if (!field.isFocused() || problem.getText().isEmpty()) {
            write(now);
        }
        pseudoClassStateChanged(EDITED, now != term.standard());
        pseudoClassStateChanged(PENDING, pending);
    }
}
