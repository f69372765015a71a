package marlab.app.world;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;

/// What the person chose to see in the world. FX thread.
public final class WorldModel {

    /// Nobody is selected.
    public static final int NOBODY = -1;

    private final BooleanProperty trails = new SimpleBooleanProperty(true);
    private final BooleanProperty whiskers = new SimpleBooleanProperty(true);
    private final IntegerProperty selected = new SimpleIntegerProperty(NOBODY);
    private final int agents;

    /// For a world with this many agents.
    public WorldModel(int agents) {
        this.agents = agents;
    }

    /// Overlay 1.
    public BooleanProperty trails() {
        return trails;
    }

    /// Overlay 2.
    public BooleanProperty whiskers() {
        return whiskers;
    }

    /// Index of the selected agent, {@link #NOBODY} for none.
    public IntegerProperty selected() {
        return selected;
    }

    /// Selects the next agent, or the one before; round and round.
    public void selectNext(int direction) {
        int now = selected.get();
        if (now == NOBODY) {
            selected.set(direction > 0 ? 0 : agents - 1);
        } else {
            selected.set(Math.floorMod(now + direction, agents));
        }
    }

    /// Selects nobody.
    ///
    /// @return true when somebody had been selected
    public boolean clearSelection() {
        boolean had = selected.get() != NOBODY;
        selected.set(NOBODY);
        return had;
    }
}
