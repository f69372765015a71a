package marlab.app.video;

import java.util.ArrayList;
import java.util.List;
import marlab.app.chart.ChartRequest;
import marlab.app.text.Figures;
import marlab.learning.train.CurvePoint;

/// The curve beside a world: of learning where its run is known, of the episode's reward otherwise.
///
/// @param bySteps true where it grows with the steps of the episode
/// @param title above it
/// @param detail below the title
/// @param label of its horizontal axis; null for environment steps
record FilmCurve(
        boolean bySteps,
        String title,
        String detail,
        String label,
        List<CurvePoint> points,
        List<ChartRequest.Reference> references) {

    /// The one for a scene.
    static FilmCurve of(Scene scene) {
        Strip strip = scene.strips().getFirst();
        FilmSource source = strip.source();
        return source.curve().isEmpty() ? ofEpisode(strip) : ofLearning(source);
    }

    private static FilmCurve ofLearning(FilmSource source) {
        int episodes = source.curve().getLast().episodes();
        String dialect = source.replay().recording().spec().dialects().getFirst().label();
        return new FilmCurve(
                false,
                "Return",
                dialect + " · mean of " + Figures.whole(episodes) + " episodes, 95 % interval",
                null,
                source.curve(),
                source.references());
    }

    /// Reward so far, mean per agent, under the weights in force.
    private static FilmCurve ofEpisode(Strip strip) {
        long first = strip.moments()[0];
        int count = strip.moments().length;
        List<CurvePoint> points = new ArrayList<>();
        if (strip.moments()[count - 1] - first == count - 1) { // else some steps' are not known
            float[] rewards = new float[count];
            strip.source().replay().recording().rewards(first, first + count, rewards);
            double sum = 0;
            for (int k = 0; k < count; k++) {
                sum += k == 0 || Float.isNaN(rewards[k]) ? 0 : rewards[k];
                points.add(
                        new CurvePoint(strip.steps()[k], 0, 1, sum, Double.NaN, Double.NaN, sum));
            }
        }
        return new FilmCurve(
                true, "Reward so far", "mean per agent", "step of the episode", points, List.of());
    }
}
