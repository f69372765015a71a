package marlab.app.gallery;

import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import marlab.app.card.Card;
import marlab.app.card.Tips;
import marlab.app.text.Messages;
import marlab.app.text.PolicyNames;
import marlab.app.theme.ColourRegistry;
import marlab.sim.env.WorldProvider;

/// What there is to know about the selected card, and the buttons that open it. FX thread.
final class Detail extends VBox {

    private final Gallery.Chooser chooser;
    private final VBox text = new VBox(10);
    private final VBox actions = new VBox(8);
    private final Label kind = Card.caption("");
    private final Thumbnail picture = new Thumbnail(null);
    private Tile shown;

    Detail(Gallery.Chooser chooser) {
        this.chooser = chooser;
        setId("gallery-detail");
        getStyleClass().addAll("card", "gallery-detail");
        ScrollPane scroll = new ScrollPane(text);
        scroll.getStyleClass().add("bare-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        text.setPadding(new Insets(0, 8, 0, 0));
        VBox.setVgrow(scroll, Priority.ALWAYS);
        actions.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().addAll(scroll, actions);
    }

    /// Tells about this card; null for none.
    void show(Tile tile) {
        text.getChildren().clear();
        actions.getChildren().clear();
        shown = tile;
        picture.show(tile instanceof WorldTile world ? world.live() : null);
        switch (tile) {
            case WorldTile world -> world(world);
            case BrokenTile broken -> {
                head(broken.title());
                body(broken.broken().reason());
                heading("gallery.file");
                body(broken.broken().file().toString());
            }
            case null -> body(Messages.text("gallery.nothing"));
        }
    }

    /// Shows what has become known meanwhile.
    void refresh(ColourRegistry colours) {
        picture.paint(colours);
        words();
    }

    private void words() {
        if (shown instanceof WorldTile tile) {
            String family = tile.world().family().title();
            String agents = tile.agentsText();
            kind.setText(agents.isEmpty() ? family : family + " · " + agents);
        }
    }

    private void world(WorldTile tile) {
        WorldProvider world = tile.world();
        text.getChildren().add(picture);
        head(world.title());
        text.getChildren().add(kind);
        words();
        body(world.summary());
        if (!world.notice().isEmpty()) {
            heading("notice.title");
            world.notice().forEach(this::hint);
        }
        heading("gallery.source");
        body(world.source()).getStyleClass().setAll("caption", "label");
        if (tile.live().problem() != null) {
            heading("gallery.problem");
            body(tile.live().problem());
        }
        String words = Messages.text(tile.current() ? "gallery.back" : "gallery.open");
        Button open = button(words, "gallery-open", world, Map.of());
        open.getStyleClass().add("primary");
        open.setMaxWidth(Double.MAX_VALUE);
        actions.getChildren().add(open);
        examples(world);
    }

    /// In the world's order; by name where it has none, which would be another one every day.
    private static Map<String, Map<String, String>> ordered(
            Map<String, Map<String, String>> examples) {
        return examples instanceof SequencedMap ? examples : new TreeMap<>(examples);
    }

    private void examples(WorldProvider world) {
        if (world.examples().isEmpty()) {
            return;
        }
        FlowPane row = new FlowPane(6, 6);
        ordered(world.examples())
                .forEach((name, set) -> {
                    String words = Messages.text("gallery.as", PolicyNames.readable(name));
                    Button button = button(words, "example-" + id(name), world, set);
                    button.getStyleClass().add("chip");
                    Tips.on(button, sets(set));
                    row.getChildren().add(button);
                });
        actions.getChildren().add(row);
    }

    private static String id(String name) {
        return name.replaceAll("[^A-Za-z0-9]+", "-");
    }

    private static String sets(Map<String, String> set) {
        return String.join(
                ", ",
                set.entrySet().stream()
                        .map(e -> e.getKey() + " = " + brief(e.getValue()))
                        .toList());
    }

    private static String brief(String value) {
        String line = value.lines().findFirst().orElse("");
        return line.length() == value.length() ? value : line + " \u2026";
    }

    private Button button(String words, String id, WorldProvider world, Map<String, String> set) {
        Button button = new Button(words);
        button.setId(id);
        button.getStyleClass().add("tool-button");
        button.setOnAction(event -> chooser.open(world, set));
        return button;
    }

    private void head(String title) {
        Label label = new Label(title);
        label.getStyleClass().add("sheet-title");
        label.setWrapText(true);
        text.getChildren().add(label);
    }

    private void heading(String key) {
        Label label = new Label(Messages.text(key));
        label.getStyleClass().add("sheet-group");
        VBox.setMargin(label, new Insets(4, 0, -6, 0));
        text.getChildren().add(label);
    }

    private Label body(String words) {
        Label label = new Label(words);
        label.getStyleClass().add("hint-text");
        label.setMinHeight(Region.USE_PREF_SIZE);
        label.setWrapText(true);
        text.getChildren().add(label);
        return label;
    }

    private void hint(String words) {
        Region mark = new Region();
        mark.getStyleClass().add("hint-mark");
        HBox.setMargin(mark, new Insets(6, 0, 0, 0));
        Label label = new Label(words);
        label.getStyleClass().add("hint-text");
        label.setMinHeight(Region.USE_PREF_SIZE);
        HBox line = new HBox(mark, label);
        line.getStyleClass().add("hint");
        text.getChildren().add(line);
    }
}
