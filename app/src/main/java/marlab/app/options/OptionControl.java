package marlab.app.options;

import atlantafx.base.controls.ToggleSwitch;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import marlab.app.card.Card;
import marlab.app.card.TickedSlider;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.text.PolicyNames;
import marlab.app.theme.Icons;
import marlab.sim.env.OptionSpec;
import org.controlsfx.control.SegmentedButton;

/// What a value is set with: the right control for the kind of option. FX thread.
interface OptionControl {

    /// The control that gets the focus.
    Node focus();

    /// What stands at the right of the option's name.
    List<Node> beside();

    /// What stands below the name.
    default List<Node> below() {
        return List.of();
    }

    /// The value as written.
    String text();

    /// Shows a value without telling anybody.
    void show(String value);

    /// Marks the value as wrong.
    default void wrong(boolean wrong) {}

    /// The control for an option.
    ///
    /// @param edit begins to edit this text with something larger; null where there is no such
    /// @param changed is told when the person has changed the value
    /// @param enter is told when the person is done with it
    static OptionControl of(
            OptionSpec option, Consumer<String> edit, Runnable changed, Runnable enter) {
        return switch (option) {
            case OptionSpec.Whole whole ->
                    new Amount(whole.low(), whole.high(), whole.value(), 1, "", changed, enter);
            case OptionSpec.Real real ->
                    new Amount(
                            real.low(),
                            real.high(),
                            real.value(),
                            grain(real.high() - real.low()),
                            real.unit(),
                            changed,
                            enter);
            case OptionSpec.Choice choice when choice.values().equals(List.of("off", "on")) ->
                    new Switch(changed);
            case OptionSpec.Choice choice when brief(choice) -> new Segments(choice, changed);
            case OptionSpec.Choice choice -> new Menu(choice, changed);
            case OptionSpec.Text text when text.editor() == OptionSpec.Text.Editor.LINE ->
                    new Line(changed, enter);
            case OptionSpec.Text text -> new Page(text, edit, changed);
        };
    }

    /// The control for a number whose default may be far smaller than its range, such as a learning
    /// rate: the arrow keys count in steps that suit the default.
    static OptionControl fine(OptionSpec.Real real, Runnable changed, Runnable enter) {
        double span = real.high() - real.low();
        double size = Math.abs(real.value());
        double grain = size == 0 ? grain(span) : Math.pow(10, Math.floor(Math.log10(size)) - 1);
        return new Amount(
                real.low(),
                real.high(),
                real.value(),
                Math.min(grain, grain(span)),
                real.unit(),
                changed,
                enter);
    }

    private static boolean brief(OptionSpec.Choice choice) {
        return choice.values().size() <= 4
                && choice.values().stream().collect(Collectors.joining("....")).length() <= 26;
    }

    /// A hundredth of the range, rounded to 1, 2 or 5 times a power of ten.
    private static double grain(double span) {
        double power = Math.pow(10, Math.floor(Math.log10(span / 100)));
        double times = span / 100 / power;
        return power * (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 : 10);
    }

    /// A number: exact in a field, by feel with a slider where the range is one to feel.
    final class Amount implements OptionControl {

        private static final double FELT = 1_000;

        private final TextField field = new TextField();
        private final TickedSlider slider;
        private final Label unit;
        private final double low;
        private final double high;
        private final double grain;
        private boolean quiet;

        Amount(
                double low,
                double high,
                double standard,
                double grain,
                String unitName,
                Runnable changed,
                Runnable enter) {
            this.low = low;
            this.high = high;
            this.grain = grain;
            unit = Card.caption(unitName);
            unit.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
            field.getStyleClass().add("value-field");
            field.setPrefWidth(86);
            field.setMinWidth(86);
            field.setMaxWidth(86);
            boolean felt = (high - low) / grain <= FELT && high > low;
            slider =
                    felt
                            ? new TickedSlider(low, high, standard, grain, this::write, v -> {})
                            : null;
            field.textProperty()
                    .addListener(observed -> {
                        follow();
                        if (!quiet) {
                            changed.run();
                        }
                    });
            field.setOnAction(event -> enter.run());
            field.addEventHandler(KeyEvent.KEY_PRESSED, this::step);
        }

        private void write(double value) {
            field.setText(words(value));
        }

        private String words(double value) {
            return brief(Double.toString(value));
        }

        private static String brief(String value) {
            return value.endsWith(".0") ? value.substring(0, value.length() - 2) : value;
        }

        private void follow() {
            if (slider != null) {
                double value = value();
                if (value >= low && value <= high) {
                    slider.show(value);
                }
            }
        }

        private double value() {
            try {
                return Double.parseDouble(text());
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }

        /// The arrow keys count.
        private void step(KeyEvent event) {
            int direction =
                    event.getCode() == KeyCode.UP ? 1 : event.getCode() == KeyCode.DOWN ? -1 : 0;
            double value = value();
            if (direction != 0 && !Double.isNaN(value)) {
                write(
                        Math.clamp(
                                TickedSlider.grained(value + direction * grain, grain), low, high));
                event.consume();
            }
        }

        @Override
        public Node focus() {
            return field;
        }

        @Override
        public List<Node> beside() {
            return unit.getText().isEmpty() ? List.of(field) : List.of(field, unit);
        }

        @Override
        public List<Node> below() {
            return slider == null ? List.of() : List.of(slider);
        }

        @Override
        public String text() {
            return field.getText().strip().replace(Figures.MINUS, '-').replace(',', '.');
        }

        @Override
        public void show(String value) {
            quiet = true;
            field.setText(brief(value));
            quiet = false;
        }

        @Override
        public void wrong(boolean wrong) {
            field.pseudoClassStateChanged(PseudoClass.getPseudoClass("wrong"), wrong);
        }
    }

    /// Off or on.
    final class Switch implements OptionControl {

        private final ToggleSwitch toggle = new ToggleSwitch();
        private boolean quiet;

        Switch(Runnable changed) {
            toggle.selectedProperty()
                    .addListener(observed -> {
                        if (!quiet) {
                            changed.run();
                        }
                    });
        }

        @Override
        public Node focus() {
            return toggle;
        }

        @Override
        public List<Node> beside() {
            return List.of(toggle);
        }

        @Override
        public String text() {
            return toggle.isSelected() ? "on" : "off";
        }

        @Override
        public void show(String value) {
            quiet = true;
            toggle.setSelected(value.equals("on"));
            quiet = false;
        }
    }

    /// A few short words side by side.
    final class Segments implements OptionControl {

        private final SegmentedButton buttons = new SegmentedButton();

        Segments(OptionSpec.Choice choice, Runnable changed) {
            for (String value : choice.values()) {
                ToggleButton button = new ToggleButton(PolicyNames.readable(value));
                button.getStyleClass().addAll("tool-button", "overlay-button", "segment");
                button.setUserData(value);
                button.setOnAction(event -> {
                    show(value); // one is always chosen
                    changed.run();
                });
                buttons.getButtons().add(button);
            }
            buttons.setToggleGroup(null); // it would take part only once it is on screen
        }

        @Override
        public Node focus() {
            return buttons;
        }

        @Override
        public List<Node> beside() {
            return List.of();
        }

        @Override
        public List<Node> below() {
            return List.of(new HBox(buttons));
        }

        @Override
        public String text() {
            return buttons.getButtons().stream()
                    .filter(ToggleButton::isSelected)
                    .map(button -> (String) button.getUserData())
                    .findFirst()
                    .orElse("");
        }

        @Override
        public void show(String value) {
            buttons.getButtons().forEach(b -> b.setSelected(b.getUserData().equals(value)));
        }
    }

    /// Many words, or long ones.
    final class Menu implements OptionControl {

        private final ComboBox<String> menu = new ComboBox<>();
        private boolean quiet;

        Menu(OptionSpec.Choice choice, Runnable changed) {
            menu.getItems().setAll(choice.values());
            menu.setMaxWidth(Double.MAX_VALUE);
            menu.setVisibleRowCount(12);
            menu.setButtonCell(new Word());
            menu.setCellFactory(list -> new Word());
            menu.valueProperty()
                    .addListener(observed -> {
                        if (!quiet) {
                            changed.run();
                        }
                    });
        }

        private static final class Word extends ListCell<String> {
            @Override
            protected void updateItem(String value, boolean empty) {
                super.updateItem(value, empty);
                setText(empty || value == null ? "" : PolicyNames.readable(value));
            }
        }

        @Override
        public Node focus() {
            return menu;
        }

        @Override
        public List<Node> beside() {
            return List.of();
        }

        @Override
        public List<Node> below() {
            return List.of(menu);
        }

        @Override
        public String text() {
            return menu.getValue();
        }

        @Override
        public void show(String value) {
            quiet = true;
            menu.setValue(value);
            quiet = false;
        }
    }

    /// What both kinds of texts have in common.
    abstract sealed class Words implements OptionControl {

        private final TextInputControl input;
        private boolean quiet;

        Words(TextInputControl input, Runnable changed) {
            this.input = input;
            input.getStyleClass().add("text-option");
            input.textProperty()
                    .addListener(observed -> {
                        if (!quiet) {
                            changed.run();
                        }
                    });
        }

        @Override
        public Node focus() {
            return input;
        }

        @Override
        public List<Node> beside() {
            return List.of();
        }

        @Override
        public List<Node> below() {
            return List.of(input);
        }

        @Override
        public String text() {
            return input.getText();
        }

        @Override
        public void show(String value) {
            quiet = true;
            input.setText(value);
            quiet = false;
        }

        @Override
        public void wrong(boolean wrong) {
            input.pseudoClassStateChanged(PseudoClass.getPseudoClass("wrong"), wrong);
        }
    }

    /// A line of text.
    final class Line extends Words {

        Line(Runnable changed, Runnable enter) {
            super(new TextField(), changed);
            ((TextField) focus()).setOnAction(event -> enter.run());
        }
    }

    /// A map or a table: as text, and where there is one with an editor of its own.
    final class Page extends Words {

        /// Longer texts are not worth looking at letter by letter.
        private static final int LONG = 20_000;

        private final TextArea area;
        private final Label size = Card.caption("");
        private final Button edit = new Button(Messages.text("form.edit"), Icons.EDIT.node());
        private final boolean editable;
        private String value = "";

        Page(OptionSpec.Text option, Consumer<String> editor, Runnable changed) {
            super(new TextArea(), changed);
            area = (TextArea) focus();
            area.setPrefRowCount(5);
            area.setMinHeight(96);
            area.setPrefHeight(96);
            editable = editor != null;
            edit.setId("edit-" + option.name());
            edit.getStyleClass().add("link-button");
            edit.setOnAction(event -> editor.accept(text()));
        }

        @Override
        public List<Node> beside() {
            return editable ? List.of(edit) : List.of();
        }

        @Override
        public List<Node> below() {
            return List.of(area, size);
        }

        @Override
        public String text() {
            return value.length() > LONG ? value : area.getText();
        }

        @Override
        public void show(String now) {
            value = now;
            boolean shown = now.length() <= LONG;
            area.setVisible(shown);
            area.setManaged(shown);
            size.setVisible(!shown);
            size.setManaged(!shown);
            size.setText(Messages.text("form.long", Figures.whole(now.length())));
            super.show(shown ? now : "");
        }
    }
}
