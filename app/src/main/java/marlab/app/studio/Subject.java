package marlab.app.studio;

import marlab.app.text.Messages;

/// What a film can be of.
public enum Subject {
    /// All that was recorded in this window.
    RECORDING,
    /// The range that is looped.
    LOOP,
    /// The episode in view.
    EPISODE,
    /// How the run in view learned.
    LEARNING;

    /// What people read.
    String text() {
        return Messages.text("video.subject." + name().toLowerCase(java.util.Locale.ROOT));
    }
}
