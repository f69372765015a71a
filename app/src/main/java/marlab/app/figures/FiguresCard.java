package marlab.app.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.text.TextAlignment;
import marlab.app.card.Card;
import marlab.app.card.TableContent;
import marlab.app.card.Tips;
import marlab.app.measure.Measurement;
import marlab.app.measure.Measures;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.text.PolicyNames;
import marlab.learning.analysis.Interval;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Metric;

/// The figures behind the return, in physical units: scripted policies beside what was learned. FX
/// thread.
public final class FiguresCard extends Card implements TableContent {

    private static final int MOST = 2;
    private static final double HEAD_WIDTH = 84;

    private final EnvSpec spec;
    private final List<String> policies;
    private final List<Integer> shownMetrics = new ArrayList<>();
    private final List<List<Label>> cells = new ArrayList<>();
    private final Label caption = Card.caption(Messages.text("figures.measuring"));
    private final GridPane grid = new GridPane(9, 7);
    private Map<String, Measurement> shown = Map.of();

    /// A card for this world.
    ///
    /// @param scripted names of the policies that need no learning
    public FiguresCard(EnvSpec spec, List<String> scripted) {
        super(Messages.text("figures.title"));
        this.spec = spec;
        policies = new ArrayList<>(some(scripted).reversed());
        policies.add(Measures.LEARNED);
        setId("figures-card");
        caption.setWrapText(true);
        caption.setMinHeight(Region.USE_PREF_SIZE);
        columns();
        head();
        row(0, Messages.text("figures.return"), spec.dialects().getFirst().formula(), "strong");
        for (int m = 0; m < spec.metrics().size(); m++) {
            Metric metric = spec.metrics().get(m);
            if (!metric.name().equals("R")) { // the return of the first row, by another name
                shownMetrics.add(m);
                row(shownMetrics.size(), metric.label(), metric.what(), "body");
            }
        }
        getChildren().addAll(caption, grid);
    }

    /// As many as there is room for: the first, which is worth watching, and the last, which is the
    /// baseline.
    private static List<String> some(List<String> scripted) {
        return scripted.size() <= MOST
                ? scripted
                : List.of(scripted.getFirst(), scripted.getLast());
    }

    private void columns() {
        ColumnConstraints name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().add(name);
        for (String policy : policies) {
            ColumnConstraints column = new ColumnConstraints();
            column.setHalignment(HPos.RIGHT);
            column.setMinWidth(Region.USE_PREF_SIZE);
            grid.getColumnConstraints().add(column);
        }
    }

    private void head() {
        for (int p = 0; p < policies.size(); p++) {
            Label head = Card.caption(PolicyNames.of(policies.get(p)));
            head.setWrapText(true);
            head.setMaxWidth(HEAD_WIDTH);
            head.setTextAlignment(TextAlignment.RIGHT);
            head.setAlignment(Pos.CENTER_RIGHT);
            head.setMinHeight(Region.USE_PREF_SIZE);
            grid.add(head, p + 1, 0);
        }
    }

    private void row(int index, String label, String tip, String style) {
        Label name = new Label(label);
        name.getStyleClass().add(style);
        name.setWrapText(true);
        Tips.on(name, tip);
        grid.add(name, 0, index + 1);
        List<Label> row = new ArrayList<>();
        for (int p = 0; p < policies.size(); p++) {
            Label cell = new Label("\u2013");
            cell.getStyleClass().add(style);
            cell.setMinWidth(Region.USE_PREF_SIZE);
            String policy = policies.get(p);
            Tips.on(cell, () -> tip(index, policy));
            row.add(cell);
            grid.add(cell, p + 1, index + 1);
        }
        cells.add(row);
    }

    /// Shows what has been measured.
    public void telemetry(Map<String, Measurement> results) {
        if (results == shown) {
            return;
        }
        shown = results;
        for (int p = 0; p < policies.size(); p++) {
            Measurement measured = results.get(policies.get(p));
            for (int r = 0; r < cells.size(); r++) {
                show(cells.get(r).get(p), r, measured);
            }
        }
        caption.setText(words(results));
    }

    private void show(Label cell, int row, Measurement measured) {
        if (measured == null) {
            cell.setText("\u2013");
            return;
        }
        Interval figure = figure(row, measured);
        boolean percent = part(row);
        double times = percent ? 100 : 1;
        int digits = percent ? 0 : decimals(figure.half());
        String mean = Figures.fixed(times * figure.mean(), digits);
        String half = Figures.fixed(times * figure.half(), Math.max(1, digits));
        cell.setText(Messages.text(percent ? "figures.percent" : "figures.figure", mean, half));
    }

    /// One significant digit of the uncertainty, at least one decimal.
    private static int decimals(double half) {
        return half > 0 ? (int) Math.clamp(-Math.floor(Math.log10(half)), 1, 3) : 1;
    }

    private Interval figure(int row, Measurement measured) {
        return row == 0 ? measured.returned() : measured.metrics().get(shownMetrics.get(row - 1));
    }

    /// True for figures that are parts of a whole: their unit says "of" what.
    private boolean part(int row) {
        return row > 0 && spec.metrics().get(shownMetrics.get(row - 1)).unit().startsWith("of ");
    }

    /// A line per figure and policy.
    @Override
    public Supplier<String> table() {
        Map<String, Measurement> results = shown;
        return results.isEmpty() ? null : () -> table(results);
    }

    private String table(Map<String, Measurement> results) {
        StringBuilder text = new StringBuilder("figure,policy,mean,ci95_low,ci95_high,episodes\n");
        results.forEach((policy, measured) -> {
            line(text, "return", policy, measured.returned());
            for (int m = 0; m < spec.metrics().size(); m++) {
                line(text, spec.metrics().get(m).name(), policy, measured.metrics().get(m));
            }
        });
        return text.toString();
    }

    private static void line(StringBuilder text, String figure, String policy, Interval interval) {
        text.append(figure).append(',').append(policy).append(',').append(interval.mean());
        text.append(',').append(interval.low()).append(',').append(interval.high());
        text.append(',').append(interval.n()).append('\n');
    }

    private String tip(int row, String policy) {
        Measurement measured = shown.get(policy);
        if (measured == null) {
            return "";
        }
        Interval figure = figure(row, measured);
        String half =
                part(row) ? Figures.fixed(100 * figure.half(), 1) : Figures.fixed(figure.half(), 2);
        return Messages.text("figures.interval", half, Figures.whole(figure.n()));
    }

    private String words(Map<String, Measurement> results) {
        Measurement learned = results.get(Measures.LEARNED);
        Measurement script = results.get(policies.getFirst());
        if (script == null) {
            return Messages.text("figures.measuring");
        }
        String scripts = Figures.whole(script.episodes());
        return learned == null
                ? Messages.text("figures.caption", scripts)
                : Messages.text(
                        "figures.caption.learned", scripts, Figures.whole(learned.episodes()));
    }
}
