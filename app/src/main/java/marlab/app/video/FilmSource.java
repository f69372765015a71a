package marlab.app.video;

import java.util.List;
import marlab.app.chart.ChartRequest;
import marlab.app.chart.CurveTable;
import marlab.learning.train.CurvePoint;
import marlab.sim.replay.Replay;

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

    public FilmSource {
        curve = List.copyOf(curve);
        references = List.copyOf(references);
    }

    /// A replay with the curve that it holds itself.
    public static FilmSource of(String name, Replay replay) {
        return new FilmSource(
                name,
                replay,
                CurveTable.points(replay.metrics()),
                List.of(),
                number(replay, "version"),
                number(replay, "env_steps"));
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
