package marlab.app.video;

import java.util.List;
import marlab.learning.train.BadInput;

/// Refuses what can't be filmed, in one sentence.
final class PlanCheck {

    private static final int MOST_FPS = 120;

    private PlanCheck() {}

    static void check(FilmPlan plan) {
        side("width", plan.width());
        side("height", plan.height());
        int fps = plan.pace().fps();
        if (fps < 1 || fps > MOST_FPS) {
            throw new BadInput("Frames per second go from 1 to " + MOST_FPS + ", not " + fps + ".");
        }
        double speed = plan.pace().stepsPerSecond();
        if (!(speed >= 0.1 && speed <= 1_000)) {
            throw new BadInput(
                    "The speed goes from 0.1 to 1000 steps per second, not " + speed + ".");
        }
        double seconds = plan.pace().seconds();
        if (!(seconds == 0 || seconds >= 6 && seconds <= 600)) {
            throw new BadInput("A film of learning is 6 to 600 seconds long, not " + seconds + ".");
        }
        FilmPlan.Range range = plan.range();
        if (range.from() > range.to() || range.firstEpisode() > range.lastEpisode()) {
            throw new BadInput("The range to film ends before it begins; swap its ends.");
        }
    }

    private static void side(String what, int pixels) {
        if (pixels < FilmPlan.LEAST_SIDE || pixels > FilmPlan.MOST_SIDE || pixels % 2 != 0) {
            throw new BadInput(
                    "The "
                            + what
                            + " of a film is an even number from "
                            + FilmPlan.LEAST_SIDE
                            + " to "
                            + FilmPlan.MOST_SIDE
                            + ", not "
                            + pixels
                            + ".");
        }
    }

    static void sources(FilmPlan plan, List<FilmSource> sources) {
        int needed = plan.preset() == FilmPreset.SIDE_BY_SIDE ? 2 : 1;
        if (sources.size() != needed) {
            throw new BadInput(
                    needed == 2
                            ? "A film side by side needs two replays, not " + sources.size() + "."
                            : "A film of "
                                    + sources.size()
                                    + " replays needs the preset side-by-side, which shows two;"
                                    + " the others show one.");
        }
    }

    static void versions(FilmPlan plan, List<FilmSource> versions) {
        if (plan.preset() == FilmPreset.SIDE_BY_SIDE) {
            throw new BadInput(
                    "A film of learning shows one world; use the preset 1080p or square.");
        }
        if (versions.isEmpty()) {
            throw new BadInput("There is no version to film.");
        }
        String world = versions.getFirst().replay().header().world();
        for (FilmSource each : versions) {
            if (!each.replay().header().world().equals(world)) {
                throw new BadInput(
                        each.name() + " is of another world than the versions before it.");
            }
        }
    }
}
