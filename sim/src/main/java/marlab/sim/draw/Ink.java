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
        WARNING
    }

    /// The colour of an agent, the same in every panel.
    ///
    /// @param index the agent's index
    record Agent(int index) implements Ink {}

    /// Text on top of an agent's colour.
    ///
    /// @param index the agent's index
    record OnAgent(int index) implements Ink {}
}
