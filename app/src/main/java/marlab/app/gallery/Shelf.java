package marlab.app.gallery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import marlab.app.text.Messages;
import marlab.app.theme.ColourRegistry;
import marlab.sim.env.Family;

/// The cards, family by family. One of them is selected, and only that one is reached by Tab; the
/// arrow keys select others. FX thread.
final class Shelf extends ScrollPane {

    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final double GAP = 12;
    private static final double LEAST_WIDTH = 208;
    private static final long BUDGET_NANOS = 2_500_000;

    private final Consumer<Tile> selection;
    private final FlowPane rows = new FlowPane(GAP, 18);
    private List<Tile> shown = List.of();
    private Tile selected;
    private int next;

    Shelf(Consumer<Tile> selection) {
        this.selection = selection;
        getStyleClass().addAll("bare-scroll", "shelf");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        rows.setPadding(new Insets(0, 12, 12, 2));
        rows.setRowValignment(VPos.TOP);
        rows.setMinWidth(0); // the cards follow the width, not the other way round
        setContent(rows);
        rows.widthProperty().addListener(observed -> widths());
        addEventFilter(
                MouseEvent.MOUSE_PRESSED,
                event -> {
                    for (Tile tile : shown) {
                        if (tile.contains(
                                tile.sceneToLocal(event.getSceneX(), event.getSceneY()))) {
                            select(tile);
                            tile.requestFocus();
                        }
                    }
                });
    }

    /// Shows these cards, worlds by family and broken files last.
    void show(List<Tile> tiles) {
        rows.getChildren().clear();
        List<Tile> order = new ArrayList<>();
        for (Family family : Family.values()) {
            section(
                    family.title(),
                    tiles.stream()
                            .filter(t -> t instanceof WorldTile w && w.world().family() == family)
                            .toList(),
                    order);
        }
        section(
                Messages.text("gallery.unusable"),
                tiles.stream().filter(t -> t instanceof BrokenTile).toList(),
                order);
        shown = order;
        widths();
        select(shown.contains(selected) || shown.isEmpty() ? null : shown.getFirst());
    }

    private void section(String title, List<Tile> tiles, List<Tile> order) {
        if (tiles.isEmpty()) {
            return;
        }
        Label head = new Label(title);
        head.getStyleClass().add("sheet-group");
        FlowPane cards = new FlowPane(GAP, GAP);
        cards.getChildren().addAll(tiles);
        rows.getChildren().add(new VBox(6, head, cards));
        order.addAll(tiles);
    }

    /// As many columns as there is room for; small families stand side by side.
    private void widths() {
        double room = Math.max(LEAST_WIDTH, rows.getWidth() - 15);
        int columns = (int) ((room + GAP) / (LEAST_WIDTH + GAP));
        double width = Math.floor((room - GAP * (columns - 1)) / columns);
        for (Tile tile : shown) {
            tile.setMinWidth(width);
            tile.setPrefWidth(width);
            tile.setMaxWidth(width);
        }
        for (Node section : rows.getChildren()) {
            FlowPane cards = (FlowPane) ((VBox) section).getChildren().getLast();
            int across = Math.min(columns, cards.getChildren().size());
            double all = across * (width + GAP) - GAP;
            cards.setPrefWrapLength(all);
            cards.setMinWidth(all);
            cards.setMaxWidth(all);
        }
    }

    Tile selected() {
        return selected;
    }

    /// Selects this card; null leaves what is selected, if it is still shown.
    void select(Tile tile) {
        Tile chosen = tile != null ? tile : shown.contains(selected) ? selected : null;
        for (Tile each : shown) {
            each.setFocusTraversable(each == chosen);
            each.pseudoClassStateChanged(SELECTED, each == chosen);
        }
        selected = chosen;
        selection.accept(chosen);
        reveal();
    }

    /// Gives the selected card the focus.
    void focus() {
        if (selected != null) {
            selected.requestFocus();
        }
    }

    /// Selects the card in this direction.
    ///
    /// @param enter true to begin at the selected card, from outside
    boolean move(KeyCode key, boolean enter) {
        Tile to =
                switch (key) {
                    case HOME -> shown.getFirst();
                    case END -> shown.getLast();
                    case LEFT -> beside(-1);
                    case RIGHT -> beside(1);
                    default -> enter ? selected : below(key == KeyCode.DOWN ? 1 : -1);
                };
        if (to != null) {
            select(to);
            to.requestFocus();
        }
        return true;
    }

    private Tile beside(int direction) {
        int at = shown.indexOf(selected) + direction;
        return at < 0 || at >= shown.size() ? null : shown.get(at);
    }

    /// The nearest card of the next row in this direction.
    private Tile below(int direction) {
        Bounds from = place(selected);
        return shown.stream()
                .filter(t -> direction * (place(t).getMinY() - from.getMinY()) > 4)
                .min(
                        Comparator.comparingDouble(t -> {
                            Bounds to = place(t);
                            return 10 * Math.abs(to.getMinY() - from.getMinY())
                                    + Math.abs(to.getMinX() - from.getMinX());
                        }))
                .orElse(null);
    }

    private Bounds place(Tile tile) {
        return rows.sceneToLocal(tile.localToScene(tile.getBoundsInLocal()));
    }

    /// Scrolls until the selected card is in view.
    private void reveal() {
        double extra = rows.getHeight() - getViewportBounds().getHeight();
        if (selected == null || selected.getScene() == null || extra <= 0) {
            return;
        }
        Bounds at = place(selected);
        double top = getVvalue() * extra;
        double bottom = top + getViewportBounds().getHeight();
        if (at.getMinY() - 30 < top) {
            setVvalue(Math.max(0, at.getMinY() - 30) / extra);
        } else if (at.getMaxY() + 8 > bottom) {
            setVvalue((at.getMaxY() + 8 - getViewportBounds().getHeight()) / extra);
        }
    }

    /// Paints cards in view, going on where the time was up at the last call.
    ///
    /// @return the worlds in view
    List<LiveWorld> paint(ColourRegistry colours) {
        long until = System.nanoTime() + BUDGET_NANOS;
        Bounds view = localToScene(getLayoutBounds());
        List<WorldTile> inView = new ArrayList<>();
        for (Tile tile : shown) {
            boolean visible = tile.localToScene(tile.getLayoutBounds()).intersects(view);
            if (tile instanceof WorldTile world && visible) {
                inView.add(world);
            }
        }
        for (int k = 0; k < inView.size(); k++) {
            inView.get(next++ % inView.size()).paint(colours);
            if (System.nanoTime() > until) {
                break;
            }
        }
        return inView.stream().map(WorldTile::live).toList();
    }
}
