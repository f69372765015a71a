package marlab.app.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import marlab.app.card.Card;
import marlab.app.card.Tips;
import marlab.app.text.Messages;
import marlab.app.text.Sentences;
import marlab.app.theme.Icons;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.OptionSpec.Text.Editor;
import marlab.sim.env.WorldProvider;

/// Everything about a world that is not fixed: one row per option, in force when applied. FX
/// thread.
public final class OptionsCard extends Card {

    /// What the buttons do.
    public interface Actions {
        /// Makes the world anew with these options.
        void apply(EnvOptions options);

        /// Takes the last change back.
        void undo();

        /// Leaves the form.
        void close();
    }

    private final WorldProvider world;
    private final Actions actions;
    private final List<OptionRow> rows = new ArrayList<>();
    private final Label together = new Label();
    private final Label state = Card.caption("");
    private final Button undo;
    private final Button defaults = link("form.defaults", "options-defaults");
    private final Button revert = link("form.revert", "options-revert");
    private final Button apply = new Button(Messages.text("form.apply"));

    /// A form of this world's options.
    ///
    /// @param editors larger editors of texts, by kind
    public OptionsCard(WorldProvider world, Map<Editor, TextEditor> editors, Actions actions) {
        this(
                world,
                editors,
                actions,
                new Button("", Icons.UNDO.node()),
                new Button("", Icons.CLOSE.node()));
    }

    private OptionsCard(
            WorldProvider world,
            Map<Editor, TextEditor> editors,
            Actions actions,
            Button undo,
            Button close) {
        super(Messages.text("form.title"), undo, close);
        this.world = world;
        this.actions = actions;
        this.undo = undo;
        setId("options-card");
        button(undo, "options-undo", "form.undo.tip", actions::undo);
        button(close, "options-close", "form.close.tip", actions::close);
        VBox list = new VBox(12);
        list.setPadding(new Insets(0, 8, 4, 0));
        for (OptionSpec option : world.options()) {
            rows.add(new OptionRow(option, edit(option, editors), this::refresh, this::apply));
        }
        list.getChildren().addAll(rows);
        if (rows.isEmpty()) {
            list.getChildren().add(Card.caption(Messages.text("form.none")));
        }
        ScrollPane scroll = new ScrollPane(list);
        scroll.getStyleClass().add("bare-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(scroll, foot());
        addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        actions.close();
                        event.consume();
                    }
                });
    }

    /// What begins to edit a text with something larger than a row; null where there is no such.
    private Consumer<String> edit(OptionSpec option, Map<Editor, TextEditor> editors) {
        return option instanceof OptionSpec.Text text && editors.containsKey(text.editor())
                ? now -> editors.get(text.editor()).edit(text, now, this::take)
                : null;
    }

    /// Shows other values, which count when applied.
    private void take(Map<String, String> values) {
        rows.stream()
                .filter(row -> values.containsKey(row.name()))
                .forEach(row -> row.take(values.get(row.name())));
        refresh();
    }

    private static void button(Button button, String id, String tip, Runnable action) {
        button.setId(id);
        button.getStyleClass().add("link-button");
        button.setMinWidth(28);
        Tips.on(button, Messages.text(tip));
        button.setAccessibleText(Messages.text(tip));
        button.setOnAction(event -> action.run());
    }

    private static Button link(String key, String id) {
        Button button = new Button(Messages.text(key));
        button.setId(id);
        button.getStyleClass().add("link-button");
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private VBox foot() {
        together.setId("options-problem");
        together.getStyleClass().add("inline-message");
        together.setMinHeight(Region.USE_PREF_SIZE);
        state.setWrapText(true);
        state.setMinHeight(Region.USE_PREF_SIZE);
        apply.setId("options-apply");
        apply.getStyleClass().addAll("tool-button", "primary");
        apply.setMinWidth(84);
        apply.setOnAction(event -> apply());
        revert.setOnAction(event -> {
            rows.forEach(OptionRow::revert);
            refresh();
        });
        defaults.setOnAction(event -> {
            rows.forEach(OptionRow::showDefault);
            refresh();
        });
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox buttons = new HBox(2, defaults, gap, revert, apply);
        buttons.setAlignment(Pos.CENTER_LEFT);
        VBox foot = new VBox(8, together, state, buttons);
        foot.setMinHeight(Region.USE_PREF_SIZE);
        return foot;
    }

    /// The world of the form.
    public WorldProvider world() {
        return world;
    }

    /// Shows the options in force.
    ///
    /// @param undoable whether there is a change to take back
    public void show(EnvOptions options, boolean undoable) {
        Map<String, String> texts = options.asText();
        rows.forEach(row -> row.show(texts.get(row.name())));
        undo.setVisible(undoable);
        refresh();
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        rows.forEach(row -> texts.put(row.name(), row.text()));
        return texts;
    }

    private void refresh() {
        boolean single = rows.stream().allMatch(row -> row.problem() == null);
        boolean edited = rows.stream().anyMatch(OptionRow::edited);
        String wrong = single ? problem() : null;
        together.setText(wrong == null ? "" : wrong);
        together.setVisible(wrong != null);
        together.setManaged(wrong != null);
        state.setText(Messages.text(edited ? "form.edited" : "form.live"));
        apply.setDisable(!single || wrong != null || !edited);
        revert.setDisable(!edited);
    }

    /// What is wrong with the values taken together.
    private String problem() {
        try {
            world.configure(texts());
            return null;
        } catch (IllegalArgumentException e) {
            return Sentences.of(e);
        }
    }

    private void apply() {
        if (!apply.isDisabled()) {
            actions.apply(world.configure(texts()));
        }
    }
}
