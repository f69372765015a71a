package marlab.app.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import marlab.app.chart.ChartRequest;
import marlab.app.studio.Stock;
import marlab.app.studio.Subject;
import marlab.app.text.Messages;
import marlab.app.theme.Scheme;
import marlab.app.training.Run;
import marlab.app.video.FilmFiles;
import marlab.app.video.FilmPlan;
import marlab.app.video.FilmSource;
import marlab.learning.train.CurvePoint;
import marlab.sim.replay.Recording;
import marlab.sim.replay.Replay;

/// What of the session in view can be filmed: its recording, and its run's milestones. FX thread.
final class FilmStock implements Stock {

    private final Supplier<Session> sessions;
    private final Supplier<Scheme> scheme;

    /// @param sessions gives the session in view
    /// @param scheme gives the window's look
    FilmStock(Supplier<Session> sessions, Supplier<Scheme> scheme) {
        this.sessions = sessions;
        this.scheme = scheme;
    }

    @Override
    public String name() {
        return sessions.get().world().name();
    }

    @Override
    public Scheme scheme() {
        return scheme.get();
    }

    private static Path run(Session session) {
        Run run = session.desk().run();
        return run == null ? null : run.folder();
    }

    @Override
    public Optional<String> missing(Subject subject) {
        Session session = sessions.get();
        Recording recording = session.watched().recording();
        return switch (subject) {
            case RECORDING, EPISODE ->
                    recording.size() > 1
                            ? Optional.empty()
                            : Optional.of(Messages.text("video.missing.recording"));
            case LOOP ->
                    session.timeline().looped()
                            ? Optional.empty()
                            : Optional.of(Messages.text("video.missing.loop"));
            case LEARNING ->
                    run(session) == null
                            ? Optional.of(Messages.text("video.missing.run"))
                            : Optional.empty();
        };
    }

    @Override
    public Footage footage(Subject subject) {
        Session session = sessions.get();
        if (subject == Subject.LEARNING) {
            Path folder = run(session);
            List<ChartRequest.Reference> levels = session.returns().references();
            return new Footage(
                    () ->
                            FilmFiles.learning(folder).stream()
                                    .map(version -> version.beside(version.curve(), levels))
                                    .toList(),
                    FilmPlan.Range.ALL);
        }
        Recording recording = session.watched().recording();
        Papers papers = Papers.of(session);
        List<CurvePoint> curve = session.returns().points();
        List<ChartRequest.Reference> levels = session.returns().references();
        return new Footage(
                () -> {
                    Replay replay =
                            new Replay(papers.complete(), recording, papers.metrics(), null);
                    return List.of(
                            FilmSource.of(Messages.text("video.source"), replay)
                                    .beside(curve, levels));
                },
                range(session, recording, subject));
    }

    private static FilmPlan.Range range(Session session, Recording recording, Subject subject) {
        if (subject == Subject.RECORDING) {
            return FilmPlan.Range.moments(recording.oldest(), recording.newest());
        }
        if (subject == Subject.LOOP) {
            return FilmPlan.Range.moments(
                    session.timeline().loopFrom(), session.timeline().loopTo());
        }
        boolean past = session.watched().past();
        long here = past ? session.watched().pastMoment() : recording.newest();
        long first = recording.episode(here, 0);
        long next = recording.episode(here, 1);
        boolean last = next <= first || recording.place(next).step() != 0;
        return FilmPlan.Range.moments(first, last ? recording.newest() : next - 1);
    }
}
