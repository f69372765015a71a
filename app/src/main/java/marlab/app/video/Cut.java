package marlab.app.video;

import java.util.ArrayList;
import java.util.List;
import marlab.learning.train.BadInput;

/// Cuts a film: which episode is shown from which frame to which, to the frame.
final class Cut {

    private static final double TITLE_SECONDS = 1;
    private static final double END_SECONDS = 2;
    private static final double STILL_SECONDS = 0.7;
    private static final double LEARNING_SECONDS = 20;
    private static final double LEAST_VERSION_SECONDS = 2.2;
    private static final double MOST_HURRY = 3;

    private Cut() {}

    static int titleFrames(FilmPlan plan) {
        return frames(plan, TITLE_SECONDS);
    }

    static int endFrames(FilmPlan plan) {
        return frames(plan, END_SECONDS);
    }

    private static int frames(FilmPlan plan, double seconds) {
        return Math.max(1, (int) Math.round(seconds * plan.pace().fps()));
    }

    /// Episode after episode at the plan's speed; of two sources, the first beside the first.
    static List<Scene> episodes(FilmPlan plan, List<FilmSource> sources) {
        List<List<Strip>> all =
                sources.stream().map(source -> Strip.of(source, plan.range())).toList();
        for (int k = 0; k < all.size(); k++) {
            if (all.get(k).isEmpty()) {
                throw new BadInput(
                        sources.get(k).name()
                                + " holds none of these moments; it goes from "
                                + extent(sources.get(k))
                                + ".");
            }
        }
        int count = all.stream().mapToInt(List::size).min().orElseThrow();
        double stepsPerFrame = plan.pace().stepsPerSecond() / plan.pace().fps();
        int still = frames(plan, STILL_SECONDS);
        List<Scene> scenes = new ArrayList<>();
        int first = titleFrames(plan);
        for (int k = 0; k < count; k++) {
            int number = k;
            List<Strip> strips = all.stream().map(list -> list.get(number)).toList();
            int longest = strips.stream().mapToInt(Strip::length).max().orElseThrow();
            // a little less, so that a length of whole frames is not rounded up
            double playing = Math.ceil(longest / stepsPerFrame - 1e-9);
            int frames = (int) Math.min(playing, Integer.MAX_VALUE / 4.0) + still;
            scenes.add(new Scene(strips, first, frames, still, stepsPerFrame, -1, -1));
            first = Math.addExact(first, frames);
        }
        return scenes;
    }

    private static String extent(FilmSource source) {
        var recording = source.replay().recording();
        var first = recording.place(recording.oldest());
        var last = recording.place(recording.newest());
        return "moment "
                + first.moment()
                + " to "
                + last.moment()
                + ", episode "
                + first.episode()
                + " to "
                + last.episode();
    }

    /// As many versions as there is time for, evenly out of all.
    static List<FilmSource> chosen(FilmPlan plan, List<FilmSource> versions) {
        double time = seconds(plan) - TITLE_SECONDS - END_SECONDS;
        int room = Math.max(2, (int) (time / LEAST_VERSION_SECONDS));
        int count = Math.min(room, versions.size());
        List<FilmSource> chosen = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int at = count == 1 ? 0 : (int) ((long) k * (versions.size() - 1) / (count - 1));
            chosen.add(versions.get(at));
        }
        return chosen;
    }

    private static double seconds(FilmPlan plan) {
        return plan.pace().seconds() > 0 ? plan.pace().seconds() : LEARNING_SECONDS;
    }

    /// The first episode of every version, each for an equal share of the time. Episodes that are
    /// too long for their share run faster, up to some speed, and are not shown to their end.
    static List<Scene> learning(FilmPlan plan, List<FilmSource> versions) {
        int total = frames(plan, seconds(plan)) - titleFrames(plan) - endFrames(plan);
        if (total < versions.size() * 2) {
            throw new BadInput(
                    "A film of learning needs 6 seconds or more; raise --seconds, or leave it out.");
        }
        double usual = plan.pace().stepsPerSecond() / plan.pace().fps();
        List<Scene> scenes = new ArrayList<>();
        for (int k = 0; k < versions.size(); k++) {
            FilmSource source = versions.get(k);
            int begin = (int) ((long) k * total / versions.size());
            int end = (int) ((long) (k + 1) * total / versions.size());
            int still = Math.min(frames(plan, STILL_SECONDS), (end - begin) / 3);
            int playing = end - begin - still;
            Strip strip = Strip.of(source, FilmPlan.Range.ALL).getFirst();
            double needed = (double) strip.length() / playing;
            double perFrame = Math.clamp(needed, usual, MOST_HURRY * usual);
            long next = versions.get(Math.min(k + 1, versions.size() - 1)).envSteps();
            scenes.add(
                    new Scene(
                            List.of(strip),
                            titleFrames(plan) + begin,
                            end - begin,
                            still,
                            perFrame,
                            source.envSteps(),
                            next));
        }
        return scenes;
    }
}
