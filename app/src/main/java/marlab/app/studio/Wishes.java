package marlab.app.studio;

import java.util.List;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.theme.Scheme;
import marlab.app.video.Film;
import marlab.app.video.FilmFormat;
import marlab.app.video.FilmPlan;
import marlab.app.video.FilmPreset;
import marlab.app.video.FilmSource;

/// What the form says about a film. Immutable.
///
/// @param seconds length of a film of learning
/// @param caption "" for none
record Wishes(
        Subject subject,
        FilmPreset preset,
        FilmFormat format,
        int fps,
        double stepsPerSecond,
        double seconds,
        String caption,
        Scheme scheme) {

    /// True where two worlds are shown.
    boolean isDouble() {
        return preset == FilmPreset.SIDE_BY_SIDE;
    }

    /// The film. Opens what it is of: not on the FX thread.
    ///
    /// @throws marlab.learning.train.BadInput with one sentence where it can't be made
    Film film(Stock.Footage footage) {
        List<FilmSource> sources = footage.opening().sources();
        boolean learning = subject == Subject.LEARNING;
        if (learning && isDouble()) {
            List<FilmSource> ends = List.of(sources.getFirst(), sources.getLast());
            return Film.of(plan(footage).worded("", captions(ends)), ends);
        }
        return learning ? Film.ofLearning(plan(footage), sources) : Film.of(plan(footage), sources);
    }

    private FilmPlan plan(Stock.Footage footage) {
        boolean timed = subject == Subject.LEARNING && !isDouble();
        return FilmPlan.of(preset)
                .paced(new FilmPlan.Pace(fps, stepsPerSecond, timed ? seconds : 0))
                .ranged(footage.range())
                .worded("", caption.isEmpty() ? List.of() : List.of(caption))
                .looking(FilmPlan.Look.of(scheme))
                .suiting(format);
    }

    /// Under the worlds of a film side by side: what each had learned.
    private List<String> captions(List<FilmSource> ends) {
        return ends.stream()
                .map(source ->
                        Messages.text(
                                "video.caption.version",
                                Figures.whole(source.version()),
                                Figures.brief(source.envSteps())))
                .map(words -> caption.isEmpty() ? words : caption + " \u00b7 " + words)
                .toList();
    }
}
