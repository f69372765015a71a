package marlab.app.video;

import java.awt.Color;
import java.awt.Rectangle;
import java.util.List;
import marlab.app.text.Figures;
import marlab.sim.replay.ReplayEvent;
import marlab.sim.snapshot.Frame;

/// What is written around the worlds of a film: head line, read-out, captions. Owned by one thread.
final class FilmWords {

    /// Height of a chart's title, in pixels at 1080.
    static final int CHART_HEAD = 96;

    private static final int TITLE = 40;
    private static final int READ_OUT = 30;
    private static final int CAPTION = 40;
    private static final int SMALL = 28;
    private static final int PAD = 24;
    private static final double EVENT_SECONDS = 3;

    private final Film film;
    private final FilmLayout layout;
    private final Lettering letters;
    private final Color fg;
    private final Color muted;
    private final Color warn;
    private final Color accent;
    private Scene scene;
    private int difference;
    private float readOutX;

    FilmWords(Film film, FilmLayout layout, Lettering letters) {
        this.film = film;
        this.layout = layout;
        this.letters = letters;
        fg = letters.colour("-c-fg");
        muted = letters.colour("-c-fg-muted");
        warn = letters.colour("-c-warn");
        accent = letters.colour("-c-accent");
    }

    /// True where a film has anything to say below its world.
    static boolean any(Film film) {
        return film.isOfLearning()
                || !film.plan().captions().isEmpty()
                || film.plan().preset() == FilmPreset.SIDE_BY_SIDE
                || film.sources().stream()
                        .flatMap(s -> s.replay().recording().events().stream())
                        .anyMatch(FilmWords::isTold);
    }

    private static boolean isTold(ReplayEvent event) {
        return !event.type().equals(ReplayEvent.SETUP) && !event.text().isBlank();
    }

    void begin(Scene now) {
        scene = now;
        difference = film.isSameStart() ? FirstDifference.of(now) : FirstDifference.UNKNOWN;
    }

    /// What stays for the whole scene.
    void still() {
        Rectangle head = layout.head();
        float size = layout.pixels(TITLE);
        float y = head.y + head.height - layout.pixels(18);
        float small = layout.pixels(READ_OUT);
        int steps =
                scene.strips().stream()
                        .mapToInt(s -> s.steps()[s.steps().length - 1])
                        .max()
                        .orElse(0);
        String widest = readOut(digits(steps), digits(scene.strips().getFirst().episode()));
        readOutX = head.x + head.width - letters.width(widest, false, small);
        float room = readOutX - head.x - layout.pixels(40);
        letters.write(letters.fitted(film.title(), room, true, size), head.x, y, true, size, fg);
    }

    /// The widest number with as many digits.
    private static String digits(int like) {
        return Figures.whole(like).replaceAll("\\d", "8");
    }

    /// Versions all play the same episode: its number would only distract.
    private String readOut(String step, String episode) {
        return film.isOfLearning() ? "step " + step : "step " + step + " · episode " + episode;
    }

    /// Title of a chart.
    void chartHead(FilmCurve curve, Rectangle box) {
        float x = box.x + layout.pixels(PAD);
        float y = box.y + layout.pixels(46);
        letters.write(curve.title(), x, y, true, layout.pixels(32), fg);
        String detail =
                letters.fitted(
                        curve.detail(),
                        box.width - layout.pixels(2 * PAD),
                        false,
                        layout.pixels(SMALL));
        letters.write(detail, x, y + layout.pixels(38), false, layout.pixels(SMALL), muted);
    }

    /// What changes from frame to frame.
    ///
    /// @param worlds last steps that the worlds really were in
    void moving(int frame, List<Frame> worlds) {
        Rectangle head = layout.head();
        float y = head.y + head.height - layout.pixels(18);
        float small = layout.pixels(READ_OUT);
        int step = worlds.stream().mapToInt(w -> w.step).max().orElse(0);
        String text =
                readOut(Figures.whole(step), Figures.whole(scene.strips().getFirst().episode()));
        letters.write(text, readOutX, y, false, small, muted);
        difference(step, y, small);
        for (int k = 0; k < layout.captions().size(); k++) {
            caption(frame, k, worlds.get(k));
        }
    }

    private void difference(int step, float y, float size) {
        if (difference == FirstDifference.UNKNOWN) {
            return;
        }
        boolean reached = difference != FirstDifference.NONE && step >= difference;
        String text =
                reached
                        ? "first difference at step " + Figures.whole(difference)
                        : "same seed, no difference so far";
        float x = (layout.width() - letters.width(text, reached, size)) / 2;
        letters.write(text, x, y, reached, size, reached ? warn : muted);
    }

    private void caption(int frame, int side, Frame world) {
        Rectangle box = layout.captions().get(side);
        if (box.height == 0) {
            return;
        }
        float x = box.x;
        float wide = box.width;
        float size = layout.pixels(CAPTION);
        float y = box.y + layout.pixels(46);
        if (film.isOfLearning()) {
            y = version(x, y, wide);
        }
        int room = Math.max(1, (int) ((box.y + box.height - y) / (1.25f * size)) + 1);
        String event = event(scene.strips().get(side), world.moment);
        if (event != null) {
            float bar = layout.pixels(8);
            var pen = letters.pen();
            pen.setColor(accent);
            int lines = letters.wrap(event, wide - 3 * bar, room, true, size).size();
            pen.fillRect(
                    Math.round(x),
                    Math.round(y - size),
                    Math.round(bar),
                    Math.round(1.25f * size * lines));
            letters.writeWrapped(event, x + 3 * bar, y, wide - 3 * bar, room, true, size, fg);
            return;
        }
        String text = text(frame, side);
        if (!text.isEmpty()) {
            letters.writeWrapped(text, x, y, wide, room, false, size, fg);
        }
    }

    /// Says which version acts; gives where the next line begins.
    private float version(float x, float y, float wide) {
        FilmSource source = scene.strips().getFirst().source();
        String version = "version " + Figures.whole(source.version());
        String steps = " · " + Figures.brief(source.envSteps()) + " steps";
        float size = layout.pixels(46);
        letters.write(version, x, y, true, size, fg);
        float after = x + letters.width(version, true, size);
        letters.write(
                letters.fitted(steps, wide - after + x, false, size), after, y, false, size, muted);
        return y + layout.pixels(58);
    }

    private String text(int frame, int side) {
        List<String> captions = film.plan().captions();
        if (scene.strips().size() > 1) {
            return side < captions.size()
                    ? captions.get(side)
                    : told(scene.strips().get(side).source());
        }
        if (captions.isEmpty()) {
            boolean spare = layout.chart() != null && !film.isOfLearning();
            return spare ? told(scene.strips().getFirst().source()) : "";
        }
        int body = film.frames() - film.titleFrames() - film.endFrames();
        long into = frame - film.titleFrames();
        return captions.get((int) (into * captions.size() / body));
    }

    /// Who acts, or where it is from.
    private static String told(FilmSource source) {
        String policy = FilmStory.policy(source);
        return policy.isEmpty() ? source.name() : policy;
    }

    /// What happened in the last seconds; null where nothing did.
    private String event(Strip strip, long moment) {
        double steps = EVENT_SECONDS * scene.stepsPerFrame() * film.fps();
        String text = null;
        for (ReplayEvent each : strip.source().replay().recording().events()) {
            boolean recent = each.moment() <= moment && each.moment() > moment - steps;
            if (recent && each.moment() >= strip.moments()[0] && isTold(each)) {
                text = each.text();
            }
        }
        return text;
    }
}
