package marlab.app.status;

import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.training.TrainingDesk;
import marlab.learning.train.Progress;

/// What the status bar says.
///
/// @param active true while something is being learned
public record StatusText(boolean active, String state, String run, String view, String memory) {

    /// The texts for a moment.
    ///
    /// @param progress of the run; null without one
    /// @param seed of the run
    /// @param view what the picture shows
    public static StatusText of(
            TrainingDesk.State state, Progress progress, long seed, String view, String memory) {
        boolean active =
                state == TrainingDesk.State.TRAINING
                        || state == TrainingDesk.State.WARMING_UP
                        || state == TrainingDesk.State.STOPPING;
        String key = state.name().toLowerCase(java.util.Locale.ROOT);
        return new StatusText(
                active, Messages.text("status." + key), run(state, progress, seed), view, memory);
    }

    private static String run(TrainingDesk.State state, Progress progress, long seed) {
        if (progress == null || progress.envSteps() == 0) {
            return "";
        }
        String text =
                Messages.text(
                        "status.steps",
                        Figures.brief(progress.envSteps()),
                        Figures.brief(progress.totalSteps()),
                        Figures.clock(progress.wallSeconds()),
                        Long.toString(seed));
        boolean left =
                state == TrainingDesk.State.TRAINING && Double.isFinite(progress.secondsLeft());
        return left
                ? text + " · " + Messages.text("status.left", Figures.clock(progress.secondsLeft()))
                : text;
    }
}
