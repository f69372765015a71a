package marlab.app.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
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
import marlab.app.theme.Icons;
import marlab.app.training.Learning;
import marlab.learning.algo.Algorithm;
import marlab.learning.algo.HyperParameter;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.OptionSpec;

/// How the agents learn: which algorithm, what it is about, and its hyper-parameters, for the next
/// run. FX thread.
public final class LearningCard extends Card {

    /// What the buttons do.
    public interface Actions {
        /// Learns like this from the next run on.
        void apply(Learning how);

        /// Leaves the form.
        void close();
    }

    private static final PseudoClass MISFIT = PseudoClass.getPseudoClass("misfit");
    private static final double MENU_WIDTH = 330;

    private final EnvSpec spec;
    private final Actions actions;
    private final ComboBox<Algorithm> menu = new ComboBox<>();
    private final Label summary = new Label();
    private final Label text = new Label();
    private final Label paper = Card.caption("");
    private final Label misfit = new Label();
    private final Label state = Card.caption("");
    private final VBox list = new VBox(12);
    private final ScrollPane scroll = new ScrollPane(list);
    private final List<OptionRow> rows = new ArrayList<>();
    private final Button defaults = link("form.defaults", "learning-defaults");
    private final Button revert = link("form.revert", "learning-revert");
    private final Button apply = new Button(Messages.text("form.apply"));
    private Learning applied;

    /// A form for this world.
    public LearningCard(EnvSpec spec, Learning now, Actions actions) {
        this(spec, now, actions, new Button("", Icons.CLOSE.node()));
    }

    private LearningCard(EnvSpec spec, Learning now, Actions actions, Button close) {
        super(Messages.text("learning.title"), close);
        this.spec = spec;
        this.actions = actions;
        applied = now;
        setId("learning-card");
        close.setId("learning-close");
        close.getStyleClass().add("link-button");
        close.setMinWidth(28);
        Tips.on(close, Messages.text("learning.close.tip"));
        close.setAccessibleText(Messages.text("learning.close.tip"));
        close.setOnAction(event -> actions.close());
        menu();
        for (Label label : List.of(summary, text, paper, misfit, state)) {
            label.setWrapText(true);
            label.setMinHeight(Region.USE_PREF_SIZE);
        }
        summary.getStyleClass().add("algorithm-summary");
        summary.setId("algorithm-summary");
        text.getStyleClass().add("algorithm-text");
        text.setId("algorithm-text");
        misfit.getStyleClass().add("inline-message");
        misfit.setId("algorithm-misfit");
        list.setPadding(new Insets(0, 8, 4, 0));
        scroll.getStyleClass().add("bare-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(menu, misfit, scroll, foot());
        addEventFilter( // the menu would keep Esc to itself, open or not
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE && !menu.isShowing()) {
                        actions.close();
                        event.consume();
                    }
                });
        menu.setValue(Algorithm.named(now.algorithm()));
    }

    private void menu() {
        menu.setId("algorithm-menu");
        menu.setAccessibleText(Messages.text("learning.algorithm"));
        menu.getItems().setAll(Algorithm.values());
        menu.setMaxWidth(Double.MAX_VALUE);
        menu.setVisibleRowCount(12);
        menu.setCellFactory(view -> new Row());
        menu.setButtonCell(new Face());
        menu.valueProperty().subscribe(this::choose);
    }

    /// Why an algorithm can't run here, as a sentence.
    private Optional<String> misfit(Algorithm algorithm) {
        return algorithm.misfit(spec, List.of()).map(why -> why + ".");
    }

    private final class Face extends ListCell<Algorithm> {
        @Override
        protected void updateItem(Algorithm algorithm, boolean empty) {
            super.updateItem(algorithm, empty);
            setText(empty || algorithm == null ? "" : algorithm.title());
        }
    }

    /// One algorithm: what it does in a sentence, or why it can't run here.
    private final class Row extends ListCell<Algorithm> {

        private final Label name = new Label();
        private final Label words = Card.caption("");
        private final VBox both = new VBox(1, name, words);

        Row() {
            name.getStyleClass().add("algorithm-name");
            words.setWrapText(true);
            words.setMinHeight(Region.USE_PREF_SIZE);
            words.setMaxWidth(MENU_WIDTH);
            words.setPrefWidth(MENU_WIDTH);
            getStyleClass().add("algorithm-cell");
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        }

        @Override
        protected void updateItem(Algorithm algorithm, boolean empty) {
            super.updateItem(algorithm, empty);
            if (empty || algorithm == null) {
                setGraphic(null);
                setDisable(false);
                return;
            }
            Optional<String> why = misfit(algorithm);
            name.setText(algorithm.title());
            words.setText(why.orElse(algorithm.summary()));
            setAccessibleText(algorithm.title() + ". " + words.getText());
            setText(algorithm.title());
            setGraphic(both);
            setDisable(why.isPresent());
            pseudoClassStateChanged(MISFIT, why.isPresent());
        }
    }

    private void choose(Algorithm algorithm) {
        rows.clear();
        if (algorithm == null) {
            return; // on the way from one to the next
        }
        for (HyperParameter parameter : algorithm.parameters()) {
            OptionRow row = OptionRow.ofLearning(option(parameter), this::refresh, this::apply);
            row.show(inForce(algorithm).getOrDefault(parameter.key(), parameter.value()));
            rows.add(row);
        }
        summary.setText(algorithm.summary());
        text.setText(algorithm.card());
        text.setManaged(!algorithm.card().isBlank());
        paper.setText(Messages.text("learning.paper", algorithm.paper()));
        String why = misfit(algorithm).orElse("");
        misfit.setText(why);
        misfit.setVisible(!why.isEmpty());
        misfit.setManaged(!why.isEmpty());
        Region line = new Region();
        line.getStyleClass().add("separator-line");
        list.getChildren().setAll(new VBox(6, summary, text, paper), line);
        list.getChildren().addAll(rows);
        if (rows.isEmpty()) {
            list.getChildren().add(Card.caption(Messages.text("learning.none")));
        }
        scroll.setVvalue(0);
        refresh();
    }

    private Map<String, String> inForce(Algorithm algorithm) {
        return algorithm.key().equals(applied.algorithm()) ? applied.hyper() : Map.of();
    }

    /// A hyper-parameter as an option, so that it gets the same control.
    private static OptionSpec option(HyperParameter p) {
        String label = p.key().replace('_', ' ');
        label = Character.toUpperCase(label.charAt(0)) + label.substring(1);
        if (!p.words().isEmpty()) {
            List<String> words =
                    java.util.Set.copyOf(p.words()).equals(java.util.Set.of("on", "off"))
                            ? List.of("off", "on")
                            : p.words();
            return new OptionSpec.Choice(p.key(), label, p.value(), words, p.what());
        }
        String what = Messages.text("learning.range", p.what(), p.range());
        return p.whole() && p.high() <= Integer.MAX_VALUE
                ? new OptionSpec.Whole(
                        p.key(),
                        label,
                        Integer.parseInt(p.value()),
                        (int) p.low(),
                        (int) p.high(),
                        what)
                : new OptionSpec.Real(
                        p.key(), label, Double.parseDouble(p.value()), p.low(), p.high(), "", what);
    }

    private static Button link(String key, String id) {
        Button button = new Button(Messages.text(key));
        button.setId(id);
        button.getStyleClass().add("link-button");
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private VBox foot() {
        apply.setId("learning-apply");
        apply.getStyleClass().addAll("tool-button", "primary");
        apply.setMinWidth(84);
        apply.setOnAction(event -> apply());
        revert.setOnAction(event -> {
            menu.setValue(Algorithm.named(applied.algorithm()));
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
        VBox foot = new VBox(8, state, buttons);
        foot.setMinHeight(Region.USE_PREF_SIZE);
        return foot;
    }

    private void refresh() {
        Algorithm chosen = menu.getValue();
        boolean fine = rows.stream().allMatch(row -> row.problem() == null);
        boolean edited =
                !chosen.key().equals(applied.algorithm())
                        || rows.stream().anyMatch(OptionRow::edited);
        boolean fits = misfit(chosen).isEmpty();
        state.setText(Messages.text(edited ? "learning.edited" : "learning.live"));
        apply.setDisable(!fine || !fits || !edited);
        revert.setDisable(!edited);
    }

    private void apply() {
        if (apply.isDisabled()) {
            return;
        }
        Algorithm chosen = menu.getValue();
        Map<String, String> changed = new LinkedHashMap<>();
        for (OptionRow row : rows) {
            if (!row.isDefault()) {
                changed.put(row.name(), row.text());
            }
        }
        applied = new Learning(chosen.key(), changed);
        for (OptionRow row : rows) {
            row.show(row.text());
        }
        refresh();
        actions.apply(applied);
    }

    /// Where the keyboard goes first.
    public void focusFirst() {
        menu.requestFocus();
    }
}
