package marlab.app.world;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import marlab.sim.draw.AgentFigures;
import marlab.sim.env.EnvSpec;
import marlab.sim.space.ActionSpace;

/// What the person chose to see in the world. FX thread.
public final class WorldModel {

    /// Nobody is selected.
    public static final int NOBODY = -1;

    private static final int FEW = 60;

    private final BooleanProperty trails = new SimpleBooleanProperty(true);
    private final BooleanProperty whiskers = new SimpleBooleanProperty(true);
    private final BooleanProperty values = new SimpleBooleanProperty();
    private final BooleanProperty rewards = new SimpleBooleanProperty();
    private final IntegerProperty selected = new SimpleIntegerProperty(NOBODY);
    private final int agents;
    private final boolean plane;
    private final boolean hasTrails;
    private final boolean hasWhiskers;

    /// For this world.
    ///
    /// @param plane true where places are not cells: the canvas shows a grid to measure by
    public WorldModel(EnvSpec spec, boolean plane) {
        this.plane = plane;
        agents = spec.agentCount();
        boolean few = agents <= FEW;
        boolean moves = spec.groups().stream().anyMatch(group -> moves(group.action()));
        hasTrails = few && moves;
        hasWhiskers =
                hasTrails
                        && spec.groups().stream()
                                .anyMatch(g -> g.action() instanceof ActionSpace.Discrete);
    }

    private static boolean moves(ActionSpace action) {
        return action.parts().stream().anyMatch(part -> part.dx() != 0 || part.dy() != 0);
    }

    /// Overlay 1.
    public BooleanProperty trails() {
        return trails;
    }

    /// Overlay 2.
    public BooleanProperty whiskers() {
        return whiskers;
    }

    /// Overlay 3.
    public BooleanProperty values() {
        return values;
    }

    /// Overlay 6.
    public BooleanProperty rewards() {
        return rewards;
    }

    /// True where agents are few enough for numbers beside them.
    public boolean hasFigures() {
        return agents <= AgentFigures.MOST_AGENTS;
    }

    /// True where agents move and are few enough for their paths to be told apart.
    public boolean hasTrails() {
        return hasTrails;
    }

    /// True where agents choose between directions: whiskers are probabilities of choices.
    public boolean hasWhiskers() {
        return hasWhiskers;
    }

    boolean plane() {
        return plane;
    }

    boolean showsTrails() {
        return hasTrails && trails.get();
    }

    boolean showsWhiskers() {
        return hasWhiskers && whiskers.get();
    }

    /// Shows what another world showed.
    public void takeFrom(WorldModel other) {
        trails.set(other.trails.get());
        whiskers.set(other.whiskers.get());
        values.set(other.values.get());
        rewards.set(other.rewards.get());
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
