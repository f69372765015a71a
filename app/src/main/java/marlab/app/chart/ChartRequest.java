package marlab.app.chart;

import java.util.List;
import marlab.app.theme.ColourRegistry;
import marlab.learning.train.CurvePoint;

/// Everything that a picture of the learning curve shows. Immutable.
///
/// @param points the curve
/// @param edits environment steps of reward edits
/// @param references levels to compare with
/// @param totalSteps budget of the run; 0 without one
public record ChartRequest(
        double width,
        double height,
        List<CurvePoint> points,
        List<Long> edits,
        List<Reference> references,
        long totalSteps,
        ColourRegistry colours) {

    /// A level with its name, for instance "random −26.4".
    ///
    /// @param early true when its label stands at the left, where the curve is not yet
    public record Reference(String text, double value, boolean early) {}
}
