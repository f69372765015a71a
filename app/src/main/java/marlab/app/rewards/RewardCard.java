package marlab.app.rewards;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
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
import marlab.app.theme.Icons;
import marlab.sim.reward.RewardTerm;
import marlab.sim.reward.RewardWeights;

/// The card at the left: what the agents want. FX thread.
public final class RewardCard extends Card {

    private final RewardModel model;
    private final List<TermRow> rows = new ArrayList<>();
    private final TermRow share;
    private final VBox terms = new VBox(7);
    private final HBox ends = ends();
    private final Label state = Card.caption("");

    /// A card for these weights.
    public RewardCard(RewardModel model) {
        this(model, new Button("", Icons.UNDO.node()), new Button("", Icons.REDO.node()));
    }

    private RewardCard(RewardModel model, Button undo, Button redo) {
        super(Messages.text("rewards.title"), undo, redo);
        this.model = model;
        setId("reward-card");
        history(undo, redo);
        for (int k = 0; k < model.terms().size(); k++) {
            rows.add(row(k));
        }
        share = shareRow();
        terms.getChildren().addAll(rows);
        Region line = new Region();
        line.getStyleClass().add("separator-line");
        getChildren().addAll(terms, line, new VBox(share, ends), foot());
        model.weights().addListener(observed -> refresh());
        model.pending().addListener(observed -> refresh());
        refresh();
    }

    private void history(Button undo, Button redo) {
        for (Button button : List.of(undo, redo)) {
            button.getStyleClass().add("link-button");
            button.setMinWidth(28);
        }
        undo.setId("undo");
        Tips.on(undo, Messages.text("rewards.undo.tip"));
        undo.setAccessibleText(Messages.text("command.undo"));
        undo.setContentDisplay(javafx.scene.control.ContentDisplay.RIGHT);
        undo.textProperty().bind(model.undoable().map(n -> changes(n.intValue())));
        undo.visibleProperty().bind(model.undoable().greaterThan(0));
        undo.setOnAction(event -> model.undo());
        redo.setId("redo");
        Tips.on(redo, Messages.text("rewards.redo.tip"));
        redo.setAccessibleText(Messages.text("command.redo"));
        redo.visibleProperty().bind(model.redoable().greaterThan(0));
        redo.managedProperty().bind(redo.visibleProperty());
        redo.setOnAction(event -> model.redo());
    }

    private static String changes(int n) {
        return n == 0 ? "" : Messages.text(n == 1 ? "rewards.change" : "rewards.changes", n);
    }

    private TermRow row(int k) {
        RewardTerm term = model.terms().get(k);
        String tip =
                Messages.text(
                        "rewards.tip", term.what(), term.unit(), Figures.weight(term.weight()));
        return new TermRow(
                new TermRow.Term(
                        term.name(),
                        term.label(),
                        tip,
                        term.low(),
                        term.high(),
                        model.defaults().weight(k),
                        0.05,
                        true,
                        false),
                weight -> model.edit(model.weights().get().withWeight(k, weight)));
    }

    private TermRow shareRow() {
        return new TermRow(
                new TermRow.Term(
                        "share",
                        Messages.text("rewards.share"),
                        Messages.text("rewards.share.tip"),
                        0,
                        1,
                        model.defaults().share(),
                        0.05,
                        false,
                        true),
                weight -> model.edit(model.weights().get().withShare(weight)));
    }

    /// Takes less height, where there is little.
    public void compact(boolean compact) {
        rows.forEach(row -> row.compact(compact));
        share.compact(compact);
        terms.setSpacing(compact ? 2 : 7);
        ends.setPadding(compact ? new Insets(0, 66, 0, 118) : Insets.EMPTY);
    }

    private static HBox ends() {
        Label selfish = new Label(Messages.text("rewards.share.low"));
        Label team = new Label(Messages.text("rewards.share.high"));
        selfish.getStyleClass().add("slider-end");
        team.getStyleClass().add("slider-end");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        return new HBox(selfish, gap, team);
    }

    private HBox foot() {
        Button reset = new Button(Messages.text("rewards.reset"));
        reset.setId("reset-all");
        reset.getStyleClass().add("link-button");
        reset.setMinWidth(Region.USE_PREF_SIZE);
        reset.setOnAction(event -> model.resetAll());
        reset.disableProperty().bind(model.weights().isEqualTo(model.defaults()));
        state.setId("reward-state");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox foot = new HBox(state, gap, reset);
        foot.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        return foot;
    }

    private void refresh() {
        RewardWeights now = model.weights().get();
        RewardWeights live = model.live();
        boolean waits = model.pending().get();
        for (int k = 0; k < rows.size(); k++) {
            rows.get(k).show(now.weight(k), waits && now.weight(k) != live.weight(k));
        }
        share.show(now.share(), waits && now.share() != live.share());
        state.setText(Messages.text(waits ? "rewards.pending" : "rewards.live"));
    }
}
