package marlab.app.studio;

import java.util.List;
import java.util.Optional;
import marlab.app.theme.Scheme;
import marlab.app.video.FilmPlan;
import marlab.app.video.FilmSource;

/// What there is to film in this window. Asked on the FX thread.
public interface Stock {

    /// What a film's file is called, without ending.
    String name();

    /// Why this can't be filmed now, as a sentence; empty where it can.
    Optional<String> missing(Subject subject);

    /// What is filmed, as it is now.
    ///
    /// @param subject not {@link #missing}
    Footage footage(Subject subject);

    /// The window's look.
    Scheme scheme();

    /// Opens what is filmed, which may read files: not on the FX thread.
    @FunctionalInterface
    interface Opening {

        /// One recording, or the versions of a run, oldest first.
        ///
        /// @throws marlab.learning.train.BadInput with the sentence to show
        List<FilmSource> sources();
    }

    /// What is filmed.
    ///
    /// @param opening where it comes from
    /// @param range what part of the recording
    record Footage(Opening opening, FilmPlan.Range range) {}
}
