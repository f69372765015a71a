package marlab.app.edit;

import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory.IntegerSpinnerValueFactory;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import marlab.app.card.Card;
import marlab.app.card.Tips;
import marlab.app.text.Messages;
import marlab.app.theme.ColourRegistry;
import marlab.sim.game.PayoffMatrix;
import marlab.sim.game.Solutions;
import marlab.sim.game.SymmetricGame;

/// The table of a game's payoffs: type a number or drag it up and down, and see what the game is
/// called, where it stands on the T–S plane and where nobody gains by changing alone. FX thread.
public final class PayoffEditor extends Card {

    private static final double PIXELS_PER_UNIT = 12;

    private final Supplier<ColourRegistry> colours;
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
        super(Messages.text("payoff.title"));
        setId("payoff-editor");
        this.colours = colours;
        this.actions = actions;
        plane = new GamePlane(this.colours, this::place);
        name.getStyleClass().add("card-title");
        name.setId("game-name");
        about.setWrapText(true);
        facts.setWrapText(true);
        facts.setId("game-facts");
        problem.getStyleClass().add("problem");
        problem.setWrapText(true);
        problem.managedProperty().bind(problem.visibleProperty());
        problem.setVisible(false);
        table.setHgap(8);
        table.setVgap(8);
        VBox words = new VBox(10, table, settings(), name, about, facts, problem, foot());
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMinWidth(220);
        HBox.setHgrow(plane, Priority.ALWAYS);
        HBox body = new HBox(16, words, plane);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().add(body);
        symmetric.setSelected(payoffs.isSymmetric());
        size.getValueFactory().setValue(payoffs.actions());
        fill(payoffs);
        listen();
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
        use.getStyleClass().add("accent");
        use.setOnAction(event -> use());
        Button cancel = new Button(Messages.text("paint.cancel"));
        cancel.setId("payoff-cancel");
        cancel.setOnAction(event -> actions.cancel());
        return new HBox(8, use, cancel);
    }

    private void listen() {
        symmetric.selectedProperty().subscribe((before, now) -> reshape());
        ((IntegerSpinnerValueFactory) size.getValueFactory())
                .valueProperty()
                .subscribe((before, now) -> reshape());
        addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        actions.cancel();
                        event.consume();
                    }
                });
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
        row = new TextField[n][n];
        column = new TextField[n][n];
        table.getChildren().clear();
        for (int a = 0; a < n; a++) {
            table.add(Card.caption(Messages.text("payoff.other", a + 1)), a + 1, 0);
            table.add(Card.caption(Messages.text("payoff.own", a + 1)), 0, a + 1);
            for (int b = 0; b < n; b++) {
                row[a][b] = field(payoffs.row(a, b), "payoff-" + a + "-" + b);
                HBox cell = new HBox(4, row[a][b]);
                if (!symmetric.isSelected()) {
                    column[a][b] = field(payoffs.column(a, b), "payoff-other-" + a + "-" + b);
                    cell.getChildren().add(column[a][b]);
                }
                table.add(cell, b + 1, a + 1);
            }
        }
        filling = false;
        read();
    }

    private TextField field(double value, String id) {
        TextField field = new TextField(PayoffMatrix.number(value));
        field.setId(id);
        field.setPrefColumnCount(4);
        field.setAlignment(Pos.CENTER_RIGHT);
        field.setMinWidth(Region.USE_PREF_SIZE);
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
                    double steps = Math.rint((from[0] - event.getScreenY()) / PIXELS_PER_UNIT);
                    if (steps != 0 && Double.isFinite(from[1])) {
                        double changed = Math.rint(10 * (from[1] + 0.1 * steps)) / 10;
                        field.setText(PayoffMatrix.number(changed));
                    }
                    event.consume();
                });
        return field;
    }

    private static double number(TextField field) {
        try {
            return Double.parseDouble(field.getText().strip().replace('−', '-'));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /// Takes the numbers as they stand, if all of them are numbers.
    private void read() {
        if (filling) {
            return;
        }
        int n = row.length;
        double[][] mine = new double[n][n];
        double[][] theirs = new double[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                mine[a][b] = number(row[a][b]);
                theirs[a][b] = symmetric.isSelected() ? 0 : number(column[a][b]);
            }
        }
        try {
            game =
                    symmetric.isSelected()
                            ? PayoffMatrix.symmetric(mine)
                            : PayoffMatrix.of(mine, theirs);
            problem.setVisible(false);
            use.setDisable(false);
            describe();
        } catch (IllegalArgumentException e) {
            refuse(e.getMessage());
            use.setDisable(true);
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
            refuse(e.getMessage());
        }
    }
}
