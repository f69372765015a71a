package marlab.app.video;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import marlab.app.chart.ChartRequest;
import marlab.app.chart.CurveTable;
import marlab.app.keepsake.Keepsakes;
import marlab.app.text.Figures;
import marlab.app.text.PolicyNames;
import marlab.learning.train.CurvePoint;
import marlab.sim.replay.Replay;
import marlab.sim.replay.ReplayHeader;

/// One replay to film, and what is known of the run that it comes from. Immutable but for the
/// recording, which others may go on with; any thread.
///
/// @param name of the file, for provenance and messages; without its folder
/// @param curve the learning curve of its run; empty where there is none
/// @param references levels to compare the curve with
/// @param version of the policy, for films of learning; −1 where it is not known
/// @param envSteps environment steps that the policy had learned for; −1 where it is not known
public record FilmSource(
        String name,
        Replay replay,
        List<CurvePoint> curve,
        List<ChartRequest.Reference> references,
        long version,
        long envSteps) {

    private static final String BASELINE = Keepsakes.BASELINE;

    public FilmSource {
        curve = List.copyOf(curve);
        references = List.copyOf(references);
    }

    /// A replay with the curve that it holds itself.
    public static FilmSource of(String name, Replay replay) {
        List<CurvePoint> curve = CurveTable.points(replay.metrics());
        return new FilmSource(
                name,
                replay,
                curve,
                references(replay.header(), curve),
                number(replay, "version"),
                number(replay, "env_steps"));
    }

    /// Levels that a replay tells to compare its curve with, where it has one. Their labels stand
    /// where the curve is not: above it at the left, below it at the right.
    static List<ChartRequest.Reference> references(ReplayHeader header, List<CurvePoint> curve) {
        List<ChartRequest.Reference> levels = new ArrayList<>();
        for (Map.Entry<String, String> each : header.about().entrySet()) {
            double value = each.getKey().startsWith(BASELINE) ? level(each.getValue()) : Double.NaN;
            if (Double.isFinite(value) && !curve.isEmpty()) {
                String name = PolicyNames.of(each.getKey().substring(BASELINE.length()));
                boolean above = value > curve.getFirst().mean();
                levels.add(
                        new ChartRequest.Reference(
                                name + " " + Figures.fixed(value, 1), value, above));
            }
        }
        return levels;
    }

    private static double level(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static long number(Replay replay, String key) {
        String text = replay.header().about().get(key);
        try {
            return text == null ? -1 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /// The same beside another curve.
    public FilmSource beside(List<CurvePoint> points, List<ChartRequest.Reference> levels) {
        return new FilmSource(name, replay, points, levels, version, envSteps);
    }
}
