package marlab.sim.draw;

/// What a colour is for. The theme decides what it looks like, so a drawing is right in light,
/// dark, on paper and in video.
public sealed interface Ink {

    /// A colour with a role in the theme.
    enum Role implements Ink {
        /// Text and outlines.
        FOREGROUND,
        /// Secondary text, landmarks, whiskers.
        MUTED,
        /// Grid lines behind everything.
        GRID,
        /// The canvas itself.
        CANVAS,
        /// Selection.
        ACCENT,
        /// Replays, locks, warnings.
        WARNING,
        /// Walls and obstacles.
        WALL,
        /// Where agents can go.
        FLOOR,
        /// Rivers and streams.
        WATER,
        /// What spoils the water.
        WASTE,
        /// Apples, food, treasure.
        FOOD,
        /// Where food grows.
        SOIL,
        /// Where somebody wants to be.
        GOAL,
        /// Penalty beams.
        BEAM,
        /// Cleaning beams.
        SPRAY
    }

    /// A colour for a number, dark to bright (cividis).
    ///
    /// @param value within 0 and 1
    record Level(double value) implements Ink {}

    /// A colour for a direction or phase: the same after one turn, equally bright all round.
    ///
    /// @param turns within 0 and 1
    record Phase(double turns) implements Ink {}

    /// The colour of an agent, the same in every panel.
    ///
    /// @param index the agent's index
    record Agent(int index) implements Ink {}

    /// Text on top of an agent's colour.
    ///
    /// @param index the agent's index
    record OnAgent(int index) implements Ink {}
}
