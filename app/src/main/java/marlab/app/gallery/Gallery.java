package marlab.app.gallery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import marlab.app.text.Messages;
import marlab.app.theme.ColourRegistry;
import marlab.app.theme.Icons;
import marlab.sim.env.BrokenWorld;
import marlab.sim.env.Family;
import marlab.sim.env.WorldProvider;

/// All worlds on one page over the window, each at work in small. At rest while it is hidden. FX
/// thread.
public final class Gallery extends BorderPane {

    /// Opens worlds.
    @FunctionalInterface
    public interface Chooser {
        /// @param set options that differ from their defaults, as text
        void open(WorldProvider world, Map<String, String> set);
    }

    private static final double DETAIL = 320;

    private final Supplier<ColourRegistry> colours;
    private final Chooser chooser;
    private final Runnable closed;
    private final TextField search = new TextField();
    private final FlowPane chips = new FlowPane(6, 6);
    private final ToggleGroup families = new ToggleGroup();
    private final Detail detail;
    private final Shelf shelf;
    private final Feed feed = new Feed();
    private final Set<LiveWorld> brought = new HashSet<>();
    private int still; // steps, 0 where worlds live
    private List<Tile> tiles = List.of();

    /// A gallery, hidden.
    ///
    /// @param chooser opens what was chosen; the gallery hides by itself
    /// @param closed is told when it has been hidden
    public Gallery(Supplier<ColourRegistry> colours, Chooser chooser, Runnable closed) {
        this.colours = colours;
        this.chooser = chooser;
        this.closed = closed;
        setId("gallery");
        getStyleClass().add("gallery");
        setVisible(false);
        detail = new Detail(this::open);
        detail.setMinWidth(DETAIL);
        detail.setPrefWidth(DETAIL);
        shelf = new Shelf(detail::show);
        setTop(head());
        setCenter(shelf);
        setRight(detail);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        shelf.addEventHandler(
                MouseEvent.MOUSE_CLICKED,
                event -> {
                    if (event.getClickCount() == 2) {
                        openSelected();
                    }
                });
    }

    private HBox head() {
        Label title = new Label(Messages.text("gallery.title"));
        title.getStyleClass().add("sheet-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        search.setId("gallery-search");
        search.getStyleClass().add("search-field");
        search.setPromptText(Messages.text("gallery.search"));
        search.setAccessibleText(Messages.text("gallery.search"));
        search.setMinWidth(160);
        search.setPrefWidth(200);
        search.textProperty().addListener(observed -> filter());
        Button close = new Button("", Icons.CLOSE.node());
        close.setId("gallery-close");
        close.getStyleClass().addAll("tool-button", "icon-button");
        close.setMinWidth(34);
        close.setAccessibleText(Messages.text("gallery.close"));
        close.setOnAction(event -> hide());
        chips.setAlignment(Pos.CENTER_LEFT);
        chips.prefWrapLengthProperty().bind(chips.widthProperty());
        HBox.setHgrow(chips, Priority.ALWAYS);
        HBox head = new HBox(14, title, search, chips, close);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("gallery-head");
        return head;
    }

    /// Shows these worlds.
    ///
    /// @param current name of the world in the window
    public void show(List<WorldProvider> worlds, List<BrokenWorld> broken, String current) {
        if (!isVisible()) {
            fill(worlds, broken);
            setVisible(true);
            if (still == 0) {
                feed.start();
            }
        }
        mark(current);
    }

    /// Shows these worlds instead, for somebody who is looking at it already.
    public void renew(List<WorldProvider> worlds, List<BrokenWorld> broken, String current) {
        if (isVisible()) {
            fill(worlds, broken);
            mark(current);
        }
    }

    private void mark(String current) {
        WorldTile here = null;
        for (Tile tile : tiles) {
            if (tile instanceof WorldTile world) {
                boolean now = world.world().name().equals(current);
                world.current(now);
                here = now ? world : here;
            }
        }
        filter();
        shelf.select(here);
    }

    /// Tiles of worlds that were here before are kept, with what they show.
    private void fill(List<WorldProvider> worlds, List<BrokenWorld> broken) {
        List<Tile> all = new ArrayList<>();
        for (WorldProvider world : worlds) {
            all.add(
                    tiles.stream()
                            .filter(t -> t instanceof WorldTile w && w.world() == world)
                            .findFirst()
                            .orElseGet(() -> new WorldTile(world)));
        }
        broken.forEach(b -> all.add(new BrokenTile(b)));
        tiles = all;
        families.getToggles().clear();
        chips.getChildren().setAll(chip(null));
        for (Family family : Family.values()) {
            if (worlds.stream().anyMatch(w -> w.family() == family)) {
                chips.getChildren().add(chip(family));
            }
        }
        families.getToggles().getFirst().setSelected(true);
        search.clear();
    }

    private ToggleButton chip(Family family) {
        String words = family == null ? Messages.text("gallery.all") : family.title();
        ToggleButton chip = new ToggleButton(words);
        chip.setId("chip-" + (family == null ? "all" : family.name()));
        chip.getStyleClass().add("chip");
        chip.setUserData(family);
        chip.setToggleGroup(families);
        chip.setOnAction(event -> {
            chip.setSelected(true); // one is always chosen
            filter();
        });
        return chip;
    }

    private void filter() {
        var chosen = families.getSelectedToggle();
        Family family = chosen == null ? null : (Family) chosen.getUserData();
        Search wanted = new Search(family, search.getText());
        List<Tile> found = tiles.stream().filter(tile -> tile.matches(wanted)).toList();
        shelf.show(found);
        if (!wanted.words().isBlank()) {
            found.stream().filter(tile -> tile.named(wanted)).findFirst().ifPresent(shelf::select);
        }
    }

    /// Hides the gallery and lets its worlds rest.
    ///
    /// @return true when it had been there
    public boolean hide() {
        boolean had = isVisible();
        if (had) {
            setVisible(false);
            feed.stop();
            closed.run();
        }
        return had;
    }

    private void open(WorldProvider world, Map<String, String> set) {
        hide();
        chooser.open(world, set);
    }

    private void openSelected() {
        if (shelf.selected() instanceof WorldTile tile) {
            open(tile.world(), Map.of());
        }
    }

    /// Paints what is new of the worlds in view, for a few milliseconds at most.
    public void paint() {
        if (isVisible()) {
            List<LiveWorld> wanted = shelf.paint(colours.get());
            if (still == 0) {
                feed.want(wanted);
            } else {
                wanted.forEach(this::bring);
            }
            detail.refresh(colours.get());
        }
    }

    /// Shows every world after so many steps and no more, instead of letting it live: for pictures
    /// that are the same every time. Before it is shown first.
    public void still(int steps) {
        still = steps;
    }

    private void bring(LiveWorld world) {
        if (brought.add(world)) {
            for (int k = 0; k <= still; k++) { // the first makes the world
                world.advance();
            }
        }
    }

    private void pressed(KeyEvent event) {
        boolean typing = search.isFocused();
        boolean onCards = shelf.selected() != null && shelf.selected().isFocused();
        boolean used =
                switch (event.getCode()) {
                    case ESCAPE -> leave();
                    case ENTER -> (typing || onCards) && enter();
                    case DOWN, UP -> (typing || onCards) && shelf.move(event.getCode(), typing);
                    case LEFT, RIGHT, HOME, END -> onCards && shelf.move(event.getCode(), false);
                    case SPACE -> onCards && enter();
                    default -> false;
                };
        if (used) {
            event.consume();
        }
    }

    private boolean enter() {
        openSelected();
        return true;
    }

    /// Takes the search back first, then the gallery.
    private boolean leave() {
        if (search.getText().isEmpty()) {
            hide();
        } else {
            search.clear();
            shelf.focus();
        }
        return true;
    }

    /// Letters go to the search wherever the focus is.
    private void typed(KeyEvent event) {
        String letter = event.getCharacter();
        boolean plain = !event.isShortcutDown() && !event.isAltDown();
        boolean elsewhere = !search.isFocused() && event.getTarget() instanceof Node;
        if (plain && elsewhere && letter.matches("[\\p{L}\\p{N}]")) {
            search.requestFocus();
            search.setText(search.getText() + letter);
            search.end();
            event.consume();
        }
    }

    /// Ends the thread.
    public void close() {
        hide();
    }
}
