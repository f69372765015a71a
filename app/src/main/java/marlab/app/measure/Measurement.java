package marlab.app.measure;

import java.util.ArrayList;
import java.util.List;
import marlab.learning.analysis.Interval;
import marlab.learning.train.Evaluation;

/// How a policy does on fixed seeds.
///
/// @param episodes number of episodes
/// @param returned return in the world's default dialect
/// @param metrics one figure per metric of the world
public record Measurement(int episodes, Interval returned, List<Interval> metrics) {

    public Measurement {
        metrics = List.copyOf(metrics);
    }

    static Measurement of(Evaluation evaluation) {
        List<Interval> metrics = new ArrayList<>();
        for (int m = 0; m < evaluation.spec().metrics().size(); m++) {
            metrics.add(evaluation.metric(m));
        }
        Interval returned = evaluation.dialect(evaluation.spec().dialects().getFirst());
        return new Measurement(evaluation.episodes(), returned, metrics);
    }
}
