package marlab.sim.env;

/// Kinds of worlds, in the gallery's order.
public enum Family {
    /// Circles that push and bump in the plane (MPE).
    PARTICLES("Particles"),
    /// Many simple agents that fall into step.
    SWARMS("Swarms"),
    /// Games of one table of payoffs, once or again and again.
    MATRIX_GAMES("Matrix games"),
    /// Common goods and temptations on a grid.
    DILEMMAS("Social dilemmas"),
    /// Many agents, many goals, no collisions.
    PATHFINDING("Pathfinding"),
    /// Food that takes several to lift.
    FORAGING("Foraging"),
    /// Everything else, people's own worlds among it.
    OTHER("Others");

    private final String title;

    Family(String title) {
        this.title = title;
    }

    /// What people read.
    public String title() {
        return title;
    }
}
