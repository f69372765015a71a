package marlab.app.gallery;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import marlab.app.card.Card;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.theme.ColourRegistry;
import marlab.sim.env.WorldProvider;

/// A world that can be opened: picture, title, one sentence, number of agents. FX thread.
final class WorldTile extends Tile {

    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final double TWO_LINES = 36;

    private final LiveWorld live;
    private final Thumbnail picture;
    private final Label agents = Card.caption("");
    private final Label here = new Label(Messages.text("gallery.here"));
    private boolean known;

    WorldTile(WorldProvider world) {
        super(world.name());
        live = new LiveWorld(world);
        picture = new Thumbnail(live);
        Label title = new Label(world.title());
        title.getStyleClass().add("tile-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        here.getStyleClass().add("badge");
        here.setMinWidth(Region.USE_PREF_SIZE);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(6, title, gap, here, agents);
        agents.setMinWidth(Region.USE_PREF_SIZE);
        head.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        Label summary = Card.caption(world.summary());
        summary.setWrapText(true);
        summary.setMinHeight(TWO_LINES);
        summary.setPrefHeight(TWO_LINES);
        summary.setMaxHeight(TWO_LINES);
        summary.setAlignment(javafx.geometry.Pos.TOP_LEFT);
        getChildren().addAll(picture, head, summary);
        current(false);
        setAccessibleText(world.title() + ". " + world.summary());
    }

    WorldProvider world() {
        return live.world();
    }

    LiveWorld live() {
        return live;
    }

    /// Marks the world that is in the window.
    void current(boolean now) {
        here.setVisible(now);
        here.setManaged(now);
        agents.setVisible(!now);
        agents.setManaged(!now);
        pseudoClassStateChanged(CURRENT, now);
    }

    boolean current() {
        return here.isVisible();
    }

    /// Paints what is new.
    void paint(ColourRegistry colours) {
        if (!known && live.view() != null) {
            known = true;
            agents.setText(agentsText());
            setAccessibleText(getAccessibleText() + " " + agentsText());
        } else if (!known && live.problem() != null) {
            known = true;
            agents.setText(Messages.text("gallery.nopicture"));
        }
        picture.paint(colours);
    }

    /// "3 agents"; empty while it is not known.
    String agentsText() {
        if (live.view() == null) {
            return "";
        }
        int count = live.view().agents();
        return count == 1
                ? Messages.text("gallery.agent")
                : Messages.text("gallery.agents", Figures.whole(count));
    }

    @Override
    boolean matches(Search search) {
        WorldProvider world = live.world();
        return search.wants(world.family())
                && search.finds(
                        world.title()
                                + " "
                                + world.name()
                                + " "
                                + world.summary()
                                + " "
                                + world.family().title()
                                + " "
                                + world.source());
    }
}
