package marlab.app.edit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import marlab.app.card.Card;
import marlab.app.card.Tips;
import marlab.app.fx.FxBrush;
import marlab.app.text.Messages;
import marlab.app.text.Sentences;
import marlab.app.theme.ColourRegistry;
import marlab.app.theme.Icons;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Ink;
import marlab.sim.env.PaintableWorld;

/// Paints the ground of a grid world: choose a tile, draw with the mouse (the right button paints
/// the first tile) or with arrows and Enter. Nothing happens to the world before "Use this map". FX
/// thread.
public final class MapEditor extends Editor {

    private static final int LONGEST = 128;

    private final MapModel map;
    private final List<PaintableWorld.Tile> tiles;
    private final Supplier<ColourRegistry> colours;
    private final Canvas canvas = new Canvas();
    private final FxBrush brush;
    private final Label problem = new Label();
    private final Button undo = new Button("", Icons.UNDO.node());
    private final Button redo = new Button("", Icons.REDO.node());
    private final ToggleGroup chosen = new ToggleGroup();
    private final Ground ground = new Ground();
    private final List<Rectangle> samples = new ArrayList<>();
    private final Spinner<Integer> rows;
    private final Spinner<Integer> columns;
    private final Ink[] inks;
    private final boolean[] lettered; // per tile: others have the same ink
    private byte[] codes = {};
    private int cursorRow;
    private int cursorColumn;
    private boolean cursorShown;

    /// What happens to the map.
    public interface Actions {
        /// Uses the painted map.
        ///
        /// @throws IllegalArgumentException with the sentence to show where it won't do
        void use(String text);

        /// Leaves without it.
        void cancel();
    }

    /// An editor of this map.
    ///
    /// @param text rows of equal length
    public MapEditor(
            String text,
            List<PaintableWorld.Tile> tiles,
            Supplier<ColourRegistry> colours,
            Actions actions) {
        super("paint.title", actions::cancel);
        setId("map-editor");
        this.tiles = tiles;
        this.colours = colours;
        map = new MapModel(text);
        inks = tiles.stream().map(PaintableWorld.Tile::ink).toArray(Ink[]::new);
        lettered = new boolean[inks.length];
        for (int k = 0; k < inks.length; k++) {
            lettered[k] = Collections.frequency(List.of(inks), inks[k]) > 1;
        }
        brush = new FxBrush(canvas.getGraphicsContext2D(), colours.get());
        rows = size("paint-rows", "paint.rows", map.rows());
        columns = size("paint-columns", "paint.columns", map.columns());
        VBox.setVgrow(ground, Priority.ALWAYS);
        problem.setId("paint-problem");
        problem.getStyleClass().add("inline-message");
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.managedProperty().bind(problem.visibleProperty());
        problem.setVisible(false);
        getChildren().addAll(palette(), ground, problem, foot(actions));
        refresh();
    }

    private Spinner<Integer> size(String id, String label, int value) {
        Spinner<Integer> spinner = new Spinner<>(1, Math.max(LONGEST, value), value);
        spinner.setId(id);
        spinner.setEditable(true);
        spinner.setPrefWidth(84);
        spinner.setMinWidth(84);
        spinner.getEditor().setAccessibleText(Messages.text(label));
        Tips.on(spinner, Messages.text("paint.size.tip"));
        return spinner;
    }

    private FlowPane palette() {
        FlowPane row = new FlowPane(6, 6);
        row.setAlignment(Pos.CENTER_LEFT);
        int number = 1;
        for (PaintableWorld.Tile tile : tiles) {
            Rectangle sample = new Rectangle(14, 14, colours.get().colour(tile.ink()));
            sample.getStyleClass().add("tile-sample");
            samples.add(sample);
            ToggleButton button = new ToggleButton(words(tile, number - 1), sample);
            button.getStyleClass().addAll("tool-button", "overlay-button");
            button.setId("tile-" + number);
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setToggleGroup(chosen);
            button.setUserData(tile);
            if (number <= 9) {
                Tips.on(button, Messages.text("paint.tile.tip", number));
            }
            row.getChildren().add(button);
            number++;
        }
        select(Math.min(1, tiles.size() - 1));
        return row;
    }

    private String words(PaintableWorld.Tile tile, int k) {
        return lettered[k] ? tile.label() + " " + tile.letter() : tile.label();
    }

    private void select(int tile) {
        if (tile >= 0 && tile < chosen.getToggles().size()) {
            chosen.selectToggle(chosen.getToggles().get(tile));
        }
    }

    private char letter() {
        var toggle = chosen.getSelectedToggle();
        PaintableWorld.Tile tile =
                toggle == null ? tiles.getFirst() : (PaintableWorld.Tile) toggle.getUserData();
        return tile.letter();
    }

    private FlowPane foot(Actions actions) {
        button(undo, "paint-undo", "paint.undo", map::undo);
        button(redo, "paint-redo", "paint.redo", map::redo);
        Button use = new Button(Messages.text("paint.use"));
        use.setId("paint-use");
        use.getStyleClass().addAll("tool-button", "primary");
        use.setMinWidth(Region.USE_PREF_SIZE);
        use.setOnAction(event -> use(actions));
        Button cancel = new Button(Messages.text("paint.cancel"));
        cancel.setId("paint-cancel");
        cancel.getStyleClass().add("link-button");
        cancel.setOnAction(event -> actions.cancel());
        rows.valueProperty().subscribe((before, now) -> resize());
        columns.valueProperty().subscribe((before, now) -> resize());
        HBox size =
                new HBox(
                        6,
                        Card.caption(Messages.text("paint.rows")),
                        rows,
                        Card.caption(Messages.text("paint.columns")),
                        columns);
        size.setAlignment(Pos.CENTER_LEFT);
        FlowPane row = new FlowPane(8, 8, use, cancel, undo, redo, size);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private void resize() {
        if (rows.getValue() != null && columns.getValue() != null) {
            map.resize(rows.getValue(), columns.getValue(), tiles.getFirst().letter());
            refresh();
        }
    }

    private void button(Button button, String id, String text, Runnable action) {
        button.setId(id);
        button.getStyleClass().addAll("tool-button", "icon-button");
        button.setAccessibleText(Messages.text(text));
        Tips.on(button, Messages.text(text));
        button.setOnAction(event -> {
            action.run();
            refresh();
        });
    }

    private void use(Actions actions) {
        map.release();
        try {
            actions.use(map.text());
        } catch (IllegalArgumentException e) {
            problem.setText(Sentences.of(e));
            problem.setVisible(true);
        }
    }

    @Override
    public void begin() {
        ground.requestFocus();
    }

    @Override
    public boolean take(KeyEvent event) {
        KeyCode code = event.getCode();
        if (event.getEventType() != KeyEvent.KEY_PRESSED || event.isAltDown()) {
            return false;
        }
        if (event.isShortcutDown() && code == KeyCode.Z) {
            if (event.isShiftDown()) {
                map.redo();
            } else {
                map.undo();
            }
        } else if (event.isShortcutDown()) {
            return false;
        } else if (code.isDigitKey()) {
            select(code.getCode() - KeyCode.DIGIT1.getCode());
        } else if (!moveCursor(code)) {
            return false;
        }
        refresh();
        return true;
    }

    private boolean moveCursor(KeyCode code) {
        if (!ground.isFocused()) {
            return false;
        }
        switch (code) {
            case LEFT -> cursorColumn = Math.max(0, cursorColumn - 1);
            case RIGHT -> cursorColumn = Math.min(map.columns() - 1, cursorColumn + 1);
            case UP -> cursorRow = Math.max(0, cursorRow - 1);
            case DOWN -> cursorRow = Math.min(map.rows() - 1, cursorRow + 1);
            case ENTER, SPACE -> {
                map.press();
                map.paint(cursorRow, cursorColumn, letter());
                map.release();
            }
            default -> {
                return false;
            }
        }
        cursorShown = true;
        return true;
    }

    private void refresh() {
        undo.setDisable(!map.canUndo());
        redo.setDisable(!map.canRedo());
        problem.setVisible(false); // it was about the map before
        rows.getValueFactory().setValue(map.rows());
        columns.getValueFactory().setValue(map.columns());
        cursorRow = Math.min(cursorRow, map.rows() - 1);
        cursorColumn = Math.min(cursorColumn, map.columns() - 1);
        paint();
    }

    @Override
    public void recolour() {
        for (int k = 0; k < inks.length; k++) {
            samples.get(k).setFill(colours.get().colour(inks[k]));
        }
        paint();
    }

    private void paint() {
        double width = canvas.getWidth();
        double height = canvas.getHeight();
        if (width < 1 || height < 1) {
            return;
        }
        if (codes.length != map.rows() * map.columns()) {
            codes = new byte[map.rows() * map.columns()];
        }
        var gc = canvas.getGraphicsContext2D();
        brush.colours(colours.get());
        gc.setFill(colours.get().colour(Ink.Role.CANVAS));
        gc.fillRect(0, 0, width, height);
        brush.frame(new Bounds(0, 0, map.columns(), map.rows()), width, height);
        for (int k = 0; k < codes.length; k++) {
            codes[k] = code(map.letter(k / map.columns(), k % map.columns()));
        }
        brush.tiles(0, map.rows(), 1, map.rows(), map.columns(), codes, inks);
        if (brush.scale() >= 6) {
            lines();
        }
        if (brush.scale() >= 12) {
            letters();
        }
        if (cursorShown) {
            double x = cursorColumn + 0.5;
            double y = map.rows() - cursorRow - 0.5;
            brush.ring(x, y, 0.45, Ink.Role.ACCENT, 3, false);
        }
        brush.finish();
    }

    private byte code(char letter) {
        for (int k = 0; k < inks.length; k++) {
            if (tiles.get(k).letter() == letter) {
                return (byte) k;
            }
        }
        return -1;
    }

    /// Letters of tiles that look alike, and of cells that no tile stands for.
    private void letters() {
        for (int k = 0; k < codes.length; k++) {
            if (codes[k] < 0 || lettered[codes[k]]) {
                String letter = "" + map.letter(k / map.columns(), k % map.columns());
                double x = k % map.columns() + 0.5;
                double y = map.rows() - k / map.columns() - 0.5;
                brush.text(letter, x, y, 0.6, true, Ink.Role.FOREGROUND);
            }
        }
    }

    /// Cell borders.
    private void lines() {
        for (int r = 0; r <= map.rows(); r++) {
            brush.line(0, r, map.columns(), r, Ink.Role.GRID, 1);
        }
        for (int c = 0; c <= map.columns(); c++) {
            brush.line(c, 0, c, map.rows(), Ink.Role.GRID, 1);
        }
    }

    /// The canvas, as large as there is room.
    private final class Ground extends Region {

        private int lastRow;
        private int lastColumn;

        @SuppressWarnings("this-escape")
        Ground() {
            setId("map-ground");
            setFocusTraversable(true);
            setMinSize(120, 120);
            setAccessibleText(Messages.text("paint.accessible"));
            getChildren().add(canvas);
            setOnMousePressed(this::press);
            setOnMouseDragged(this::drag);
            setOnMouseReleased(event -> {
                map.release();
                refresh();
            });
        }

        private void press(MouseEvent event) {
            if (event.getButton() == MouseButton.MIDDLE) {
                return;
            }
            requestFocus();
            cursorShown = false;
            map.press();
            lastRow = row(event);
            lastColumn = column(event);
            drag(event);
        }

        private void drag(MouseEvent event) {
            boolean first = event.isSecondaryButtonDown();
            char letter = first ? tiles.getFirst().letter() : letter();
            boolean changed = map.paint(lastRow, lastColumn, row(event), column(event), letter);
            lastRow = row(event);
            lastColumn = column(event);
            if (changed) {
                paint();
            }
        }

        private int row(MouseEvent event) {
            return map.rows() - 1 - (int) Math.floor(brush.worldY(event.getY()));
        }

        private int column(MouseEvent event) {
            return (int) Math.floor(brush.worldX(event.getX()));
        }

        @Override
        protected void layoutChildren() {
            canvas.setWidth(Math.max(1, snapSizeX(getWidth())));
            canvas.setHeight(Math.max(1, snapSizeY(getHeight())));
            paint();
        }
    }
}
