package marlab.app.edit;

import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import marlab.app.card.Card;
import marlab.app.card.Tips;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.text.Sentences;
import marlab.app.theme.ColourRegistry;
import marlab.sim.game.PayoffMatrix;
import marlab.sim.game.Solutions;
import marlab.sim.game.SymmetricGame;

/// The table of a game's payoffs: type a number or drag it up and down, and see what the game is
/// called, where it stands on the T–S plane and where nobody gains by changing alone. FX thread.
public final class PayoffEditor extends Editor {

    private static final double PIXELS_PER_TENTH = 12;
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final Actions actions;
    private final GridPane table = new GridPane();
    private final CheckBox symmetric = new CheckBox(Messages.text("payoff.symmetric"));
    private final Spinner<Integer> size = new Spinner<>(2, PayoffMatrix.MOST_ACTIONS, 2);
    private final Label name = new Label();
    private final Label about = Card.caption("");
    private final Label facts = Card.caption("");
    private final Label problem = new Label();
    private final Button use = new Button(Messages.text("payoff.use"));
    private final GamePlane plane;
    private TextField[][] row;
    private TextField[][] column;
    private PayoffMatrix game;
    private boolean filling;

    /// What happens to the payoffs.
    public interface Actions {
        /// Uses these payoffs.
        ///
        /// @throws IllegalArgumentException with the sentence to show where they won't do
        void use(PayoffMatrix payoffs);

        /// Leaves without them.
        void cancel();
    }

    /// An editor of these payoffs.
    public PayoffEditor(PayoffMatrix payoffs, Supplier<ColourRegistry> colours, Actions actions) {
        super("payoff.title", actions::cancel);
        setId("payoff-editor");
        this.actions = actions;
        plane = new GamePlane(colours, this::place);
        name.getStyleClass().add("card-title");
        name.setId("game-name");
        about.setWrapText(true);
        about.setMinHeight(Region.USE_PREF_SIZE);
        facts.setWrapText(true);
        facts.setMinHeight(Region.USE_PREF_SIZE);
        facts.setId("game-facts");
        problem.setId("payoff-problem");
        problem.getStyleClass().add("inline-message");
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.managedProperty().bind(problem.visibleProperty());
        problem.setVisible(false);
        table.setHgap(8);
        table.setVgap(8);
        VBox words = new VBox(10, table, settings(), name, about, facts);
        words.setMinWidth(260);
        words.setPadding(new Insets(2));
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox body = new HBox(20, words, plane);
        ScrollPane scroll = new ScrollPane(body);
        scroll.getStyleClass().add("bare-scroll");
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(scroll, problem, foot());
        symmetric.setSelected(payoffs.isSymmetric());
        size.getValueFactory().setValue(payoffs.actions());
        fill(payoffs);
        symmetric.selectedProperty().subscribe((before, now) -> reshape());
        size.valueProperty().subscribe((before, now) -> reshape());
    }

    @Override
    public void begin() {
        row[0][0].requestFocus();
    }

    /// Numbers are typed into fields, all other keys mean what they mean elsewhere.
    @Override
    public boolean take(KeyEvent event) {
        return false;
    }

    @Override
    public void recolour() {
        plane.paint();
    }

    private FlowPane settings() {
        symmetric.setId("payoff-symmetric");
        size.setId("payoff-size");
        size.setPrefWidth(72);
        Label label = Card.caption(Messages.text("payoff.size"));
        FlowPane settings = new FlowPane(10, 6, label, size, symmetric);
        settings.setAlignment(Pos.CENTER_LEFT);
        return settings;
    }

    private HBox foot() {
        use.setId("payoff-use");
        use.getStyleClass().addAll("tool-button", "primary");
        use.setOnAction(event -> use());
        Button cancel = new Button(Messages.text("paint.cancel"));
        cancel.setId("payoff-cancel");
        cancel.getStyleClass().add("link-button");
        cancel.setOnAction(event -> actions.cancel());
        HBox foot = new HBox(8, use, cancel);
        foot.setAlignment(Pos.CENTER_LEFT);
        return foot;
    }

    /// Another size or symmetry: keeps what there is, new cells are 0.
    private void reshape() {
        int n = size.getValue();
        double[][] mine = new double[n][n];
        double[][] theirs = new double[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                boolean known = a < game.actions() && b < game.actions();
                mine[a][b] = known ? game.row(a, b) : 0;
                theirs[a][b] = known ? game.column(a, b) : 0;
            }
        }
        fill(symmetric.isSelected() ? PayoffMatrix.symmetric(mine) : PayoffMatrix.of(mine, theirs));
    }

    private void fill(PayoffMatrix payoffs) {
        filling = true;
        int n = payoffs.actions();
        boolean both = !symmetric.isSelected();
        if (row == null || row.length != n || (column != null) != both) {
            build(n, both);
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                row[a][b].setText(words(payoffs.row(a, b)));
                if (both) {
                    column[a][b].setText(words(payoffs.column(a, b)));
                }
            }
        }
        filling = false;
        read();
    }

    /// The fields; where the players get different payoffs, the other's stands on the right and
    /// higher, as in textbooks.
    private void build(int n, boolean both) {
        row = new TextField[n][n];
        column = both ? new TextField[n][n] : null;
        table.getChildren().clear();
        for (int a = 0; a < n; a++) {
            table.add(head("payoff.other", a), a + 1, 0);
            table.add(head("payoff.own", a), 0, a + 1);
            for (int b = 0; b < n; b++) {
                row[a][b] = field("payoff-" + a + "-" + b, "payoff.cell", a, b);
                Pane cell = new HBox(6, row[a][b]);
                if (both) {
                    column[a][b] = field("payoff-other-" + a + "-" + b, "payoff.theirs", a, b);
                    VBox.setMargin(row[a][b], new Insets(0, 14, 0, 0));
                    VBox.setMargin(column[a][b], new Insets(0, 0, 0, 14));
                    cell = new VBox(2, column[a][b], row[a][b]);
                } else if (n == 2) {
                    cell.getChildren()
                            .add(Card.caption("RSTP".substring(2 * a + b, 2 * a + b + 1)));
                    ((HBox) cell).setAlignment(Pos.CENTER_LEFT);
                }
                table.add(cell, b + 1, a + 1);
            }
        }
    }

    private static Label head(String key, int action) {
        Label label = Card.caption(Messages.text(key, action + 1));
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private TextField field(String id, String what, int a, int b) {
        TextField field = new TextField();
        field.setId(id);
        field.getStyleClass().add("value-field");
        field.setPrefWidth(62);
        field.setMinWidth(62);
        field.setAlignment(Pos.CENTER_RIGHT);
        field.setAccessibleText(Messages.text(what, a + 1, b + 1));
        Tips.on(field, Messages.text("payoff.drag.tip"));
        field.textProperty().subscribe((before, now) -> read());
        double[] from = new double[2];
        field.addEventFilter(
                MouseEvent.MOUSE_PRESSED,
                event -> {
                    from[0] = event.getScreenY();
                    from[1] = number(field);
                });
        field.addEventFilter(
                MouseEvent.MOUSE_DRAGGED,
                event -> {
                    double steps = Math.rint((from[0] - event.getScreenY()) / PIXELS_PER_TENTH);
                    if (steps != 0 && Double.isFinite(from[1])) {
                        double changed = Math.rint(10 * (from[1] + 0.1 * steps)) / 10;
                        field.setText(words(changed));
                    }
                    event.consume();
                });
        return field;
    }

    private static String words(double payoff) {
        return PayoffMatrix.number(payoff).replace('-', Figures.MINUS);
    }

    /// The number in a field, which is marked where it holds none; NaN then.
    private static double number(TextField field) {
        String text = field.getText().strip().replace(Figures.MINUS, '-').replace(',', '.');
        double value = Double.NaN;
        try {
            value = text.matches("[-+0-9.eE]+") ? Double.parseDouble(text) : Double.NaN;
        } catch (NumberFormatException e) {
            // stays NaN
        }
        boolean wrong = !(Math.abs(value) <= PayoffMatrix.LARGEST);
        field.pseudoClassStateChanged(WRONG, wrong);
        return wrong ? Double.NaN : value;
    }

    /// Takes the numbers as they stand, if all of them are numbers.
    private void read() {
        if (filling) {
            return;
        }
        int n = row.length;
        double[][] mine = new double[n][n];
        double[][] theirs = new double[n][n];
        boolean numbers = true;
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                mine[a][b] = number(row[a][b]);
                theirs[a][b] = column == null ? 0 : number(column[a][b]);
                numbers &= Double.isFinite(mine[a][b]) && Double.isFinite(theirs[a][b]);
            }
        }
        problem.setVisible(false);
        use.setDisable(!numbers);
        if (numbers) {
            game = column == null ? PayoffMatrix.symmetric(mine) : PayoffMatrix.of(mine, theirs);
            describe();
        } else {
            refuse(Messages.text("payoff.wrong"));
        }
    }

    private void refuse(String why) {
        problem.setText(why);
        problem.setVisible(true);
    }

    private void describe() {
        boolean onPlane = game.actions() == 2 && game.isSymmetric();
        SymmetricGame known = onPlane ? SymmetricGame.of(game) : null;
        name.setText(
                onPlane ? known.name().title() : Messages.text("payoff.noname", game.actions()));
        about.setText(onPlane ? known.name().what() : Messages.text("payoff.noname.what"));
        String held =
                onPlane
                        ? known.upright().properties().stream()
                                .map(p -> (p.holds() ? "✓ " : "– ") + p.formula())
                                .collect(Collectors.joining("   "))
                        : "";
        facts.setText((held.isEmpty() ? "" : held + "\n") + equilibria());
        plane.show(known);
        plane.setVisible(onPlane);
        plane.setManaged(onPlane);
    }

    private String equilibria() {
        String pure =
                Solutions.pureNash(game).stream()
                        .map(j -> "(" + (j.row() + 1) + ", " + (j.column() + 1) + ")")
                        .collect(Collectors.joining(" "));
        return pure.isEmpty()
                ? Messages.text("payoff.nash.none")
                : Messages.text("payoff.nash", pure);
    }

    /// Moves the game on the plane: T and S change, R and P stay.
    private void place(double t, double s) {
        SymmetricGame now = SymmetricGame.of(game);
        boolean turned = now.r() < now.p();
        SymmetricGame upright = now.upright();
        double unit = upright.r() - upright.p();
        SymmetricGame moved =
                new SymmetricGame(
                        upright.r(),
                        round(upright.p() + s * unit),
                        round(upright.p() + t * unit),
                        upright.p());
        fill((turned ? moved.exchanged() : moved).payoffs());
    }

    private static double round(double x) {
        return Math.rint(100 * x) / 100;
    }

    private void use() {
        try {
            actions.use(game);
        } catch (IllegalArgumentException e) {
            refuse(Sentences.of(e));
        }
    }
}
