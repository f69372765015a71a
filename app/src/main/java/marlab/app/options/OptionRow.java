package marlab.app.options;

import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import marlab.app.card.Card;
import marlab.app.card.Tips;
import marlab.app.text.Messages;
import marlab.app.text.Sentences;
import marlab.app.theme.Icons;
import marlab.sim.env.OptionSpec;

/// One option of a world: name, control, what it does, and what is wrong with its value. FX thread.
final class OptionRow extends VBox {

    private static final PseudoClass EDITED = PseudoClass.getPseudoClass("edited");

    private final OptionSpec option;
    private final boolean ofWorld;
    private final OptionControl control;
    private final Runnable changed;
    private final Label problem = new Label();
    private final Button reset = new Button("", Icons.RESET.node());
    private String applied = "";

    /// @param edit begins to edit this text with something larger; null where there is no such
    /// @param changed is told when the value is another
    OptionRow(OptionSpec option, Consumer<String> edit, Runnable changed, Runnable enter) {
        this(option, true, edit, changed, enter);
    }

    /// A row for a hyper-parameter of an algorithm, shown as an option.
    static OptionRow ofLearning(OptionSpec option, Runnable changed, Runnable enter) {
        return new OptionRow(option, false, null, changed, enter);
    }

    private OptionRow(
            OptionSpec option,
            boolean ofWorld,
            Consumer<String> edit,
            Runnable changed,
            Runnable enter) {
        this.option = option;
        this.ofWorld = ofWorld;
        this.changed = changed;
        setId("option-" + option.name());
        getStyleClass().addAll("term-row", "option-row");
        control =
                !ofWorld && option instanceof OptionSpec.Real real
                        ? OptionControl.fine(real, this::changed, enter)
                        : OptionControl.of(option, edit, this::changed, enter);
        Label name = new Label(option.label());
        name.getStyleClass().add("term-name");
        name.setLabelFor(control.focus());
        name.setMinWidth(60);
        Tips.on(name, option.what());
        control.focus().setId("set-" + option.name());
        control.focus().setAccessibleText(option.label());
        control.focus().setAccessibleHelp(option.what());
        reset();
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox line = new HBox(4, name, gap, reset);
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMinHeight(28);
        line.getChildren().addAll(control.beside());
        Label what = Card.caption(option.what());
        what.setWrapText(true);
        what.setMinHeight(Region.USE_PREF_SIZE);
        problem.getStyleClass().add("inline-message");
        problem.setId("wrong-" + option.name());
        problem.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().add(line);
        List<Node> below = control.below();
        getChildren().addAll(below);
        getChildren().addAll(problem, what);
    }

    private void reset() {
        reset.setId("reset-" + option.name());
        reset.getStyleClass().addAll("link-button");
        reset.setMinWidth(28);
        Tips.on(reset, Messages.text("form.reset.tip", defaultWords()));
        reset.setAccessibleText(Messages.text("form.reset.accessible", option.label()));
        reset.setOnAction(event -> {
            control.show(option.defaultText());
            changed();
            control.focus().requestFocus();
        });
    }

    private String defaultWords() {
        String line = option.defaultText().lines().findFirst().orElse("");
        return line.length() > 24 ? line.substring(0, 24) + "\u2026" : line;
    }

    private void changed() {
        refresh();
        changed.run();
    }

    /// Shows the value in force.
    void show(String value) {
        applied = value;
        control.show(value);
        refresh();
    }

    /// Back to the value in force.
    void revert() {
        show(applied);
    }

    /// Shows a value that is not in force yet.
    void take(String value) {
        control.show(value);
        refresh();
    }

    /// To the default.
    void showDefault() {
        take(option.defaultText());
    }

    private void refresh() {
        String wrong = problem();
        problem.setText(wrong == null ? "" : wrong);
        problem.setManaged(wrong != null);
        problem.setVisible(wrong != null);
        control.wrong(wrong != null);
        String standard = normal(option.defaultText());
        boolean other = wrong != null || !normal(text()).equals(standard);
        reset.setVisible(other);
        reset.setManaged(other);
        pseudoClassStateChanged(EDITED, edited());
    }

    private String normal(String text) {
        return option.parse(text).toString();
    }

    /// True when the value is not the one in force.
    boolean edited() {
        return problem() != null || !normal(text()).equals(normal(applied));
    }

    /// What is wrong with the value, in one sentence; null where all is well.
    String problem() {
        try {
            option.parse(text());
            return null;
        } catch (IllegalArgumentException e) {
            String sentence = Sentences.of(e);
            return ofWorld ? sentence : sentence.replaceFirst("^World option ", "");
        }
    }

    /// True when the value is the default.
    boolean isDefault() {
        return problem() == null && normal(text()).equals(normal(option.defaultText()));
    }

    /// The value as written.
    String text() {
        return control.text();
    }

    /// Name of the option.
    String name() {
        return option.name();
    }
}
