package marlab.app.video;

import java.util.List;
import marlab.learning.train.BadInput;

/// A film, before it is painted: what is in each of its frames follows from the plan, the replays
/// and the frame's number alone. Immutable; any thread.
///
/// A film begins with a title card of one second and ends with a card of two seconds that says
/// where it comes from. Between them every episode runs at the plan's speed and rests on its last
/// step for a moment.
///
/// ```
/// FilmSource source = FilmFiles.open(path);
/// Film film = Film.of(FilmPlan.of(FilmPreset.HD).suiting(FilmFormat.MP4), List.of(source));
/// FilmJob job = new FilmJob(film, FilmFormat.MP4, Path.of("film.mp4"), false);
/// job.run();                       // on a thread of its own
/// job.progress(); job.cancel();    // from any other
/// ```
public final class Film {

    private static final int MOST_FRAMES = 3_600 * 60;

    private final FilmPlan plan;
    private final FilmStory story;
    private final List<FilmSource> sources;
    private final List<Scene> scenes;
    private final boolean learning;
    private final int titleFrames;
    private final int endFrames;
    private final int frames;

    private Film(FilmPlan plan, List<FilmSource> sources, List<Scene> scenes, boolean learning) {
        this.plan = plan;
        this.sources = List.copyOf(sources);
        this.scenes = List.copyOf(scenes);
        this.learning = learning;
        titleFrames = Cut.titleFrames(plan);
        endFrames = Cut.endFrames(plan);
        Scene last = scenes.getLast();
        frames = last.first() + last.frames() + endFrames;
        if (frames > MOST_FRAMES) {
            throw new BadInput(
                    "The film would be longer than an hour of frames; choose fewer episodes or a"
                            + " higher speed.");
        }
        story = new FilmStory(this);
    }

    /// A film of one replay, or of two for {@link FilmPreset#SIDE_BY_SIDE}.
    ///
    /// @throws BadInput with one sentence where the plan asks for what can't be, or for moments
    ///   that are not there
    public static Film of(FilmPlan plan, List<FilmSource> sources) {
        PlanCheck.check(plan);
        PlanCheck.sources(plan, sources);
        return new Film(plan, sources, Cut.episodes(plan, sources), false);
    }

    /// A film of how policies got better: the same world at one version after another, the learning
    /// curve growing beside it.
    ///
    /// @param versions oldest first, each with its version and environment steps; as many of them
    ///   are shown as there is time for, the first and the last always
    /// @throws BadInput with one sentence where the plan asks for what can't be
    public static Film ofLearning(FilmPlan plan, List<FilmSource> versions) {
        PlanCheck.check(plan);
        PlanCheck.versions(plan, versions);
        List<FilmSource> chosen = Cut.chosen(plan, versions);
        return new Film(plan, chosen, Cut.learning(plan, chosen), true);
    }

    /// Its plan.
    public FilmPlan plan() {
        return plan;
    }

    /// Width of every frame in pixels.
    public int width() {
        return plan.width();
    }

    /// Height of every frame in pixels.
    public int height() {
        return plan.height();
    }

    /// Frames per second.
    public int fps() {
        return plan.pace().fps();
    }

    /// How many frames there are, cards included.
    public int frames() {
        return frames;
    }

    /// How long it is.
    public double seconds() {
        return (double) frames / fps();
    }

    /// Its title, for the file's metadata.
    public String title() {
        return story.title();
    }

    /// Where it comes from, for the file's metadata: JSON on one line. The same film has the same.
    public String provenance() {
        return story.provenance();
    }

    /// A painter of its frames, for one thread.
    public FilmPainter painter() {
        return new FilmPainter(this);
    }

    FilmStory story() {
        return story;
    }

    List<FilmSource> sources() {
        return sources;
    }

    List<Scene> scenes() {
        return scenes;
    }

    boolean isOfLearning() {
        return learning;
    }

    /// True where two replays are of the same world with the same options.
    boolean isSameStart() {
        return sources.size() == 2
                && !learning
                && sources.getFirst()
                        .replay()
                        .header()
                        .world()
                        .equals(sources.getLast().replay().header().world())
                && sources.getFirst()
                        .replay()
                        .header()
                        .options()
                        .equals(sources.getLast().replay().header().options());
    }

    int titleFrames() {
        return titleFrames;
    }

    int endFrames() {
        return endFrames;
    }

    /// The scene that a frame is in; null for the cards.
    Scene sceneAt(int frame) {
        if (frame < titleFrames || frame >= frames - endFrames) {
            return null;
        }
        int low = 0;
        for (int high = scenes.size() - 1; low < high; ) {
            int middle = (low + high + 1) / 2;
            if (scenes.get(middle).first() <= frame) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return scenes.get(low);
    }
}
