package marlab.app.timeline;

import java.util.Comparator;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.watch.WatchedWorld;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayEvent;

/// Where in the recording the watched world is, and the ways to other places. Whatever goes to one
/// single moment stops the world there; it runs again as soon as it is live. Learning never
/// notices. FX thread.
public final class TimelineModel {

    /// No moment.
    public static final long NONE = -1;

    private final WatchedWorld watched;
    private final Recording recording;
    private final BooleanProperty watching;
    private final StringProperty source = new SimpleStringProperty("");
    private long loopFrom = NONE;
    private long loopTo = NONE;
    private boolean resume; // the world ran before a step into the past stopped it

    /// @param watching whether the world runs; set to false by steps into the past, and to true
    ///   again by the way back
    public TimelineModel(WatchedWorld watched, BooleanProperty watching) {
        this.watched = watched;
        this.watching = watching;
        recording = watched.recording();
        watching.addListener((observed, before, now) -> resume &= !now);
    }

    /// What was recorded.
    public Recording recording() {
        return recording;
    }

    /// Name of the file that the recording comes from; "" where it was made here.
    public StringProperty source() {
        return source;
    }

    /// True while a moment of the past is shown.
    public boolean past() {
        return watched.past();
    }

    /// The moment that is shown: a past one, or the newest.
    public long shown() {
        long past = watched.pastMoment();
        return past == NONE ? recording.newest() : past;
    }

    /// Shows a moment, and whoever runs the world goes on from there.
    public void show(long moment) {
        watched.show(moment);
    }

    /// Holds the world while somebody drags, whether it runs or not.
    public void hold(boolean on) {
        watched.run(!on && watching.get());
    }

    /// So many moments on, or back where negative, and stops there.
    public void move(int by) {
        stop();
        watched.move(by);
    }

    /// To the start of the episode, or of one so many on or back, and stops there.
    public void moveEpisodes(int by) {
        stop();
        watched.moveEpisodes(by);
    }

    /// To the oldest moment, and stops there.
    public void oldest() {
        stop();
        watched.show(recording.oldest());
    }

    /// To the next event, or to the one before, and stops there. Nothing where there is none.
    public void moveEvents(int direction) {
        long now = shown();
        LongPredicate beyond = moment -> direction > 0 ? moment > now : moment < now;
        Comparator<Long> nearest =
                direction > 0 ? Comparator.naturalOrder() : Comparator.reverseOrder();
        eventMoments().filter(beyond).boxed().min(nearest).ifPresent(this::jump);
    }

    /// Shows a moment and stops there.
    public void jump(long moment) {
        stop();
        watched.show(moment);
    }

    /// Moments of events, as far as they are kept.
    private LongStream eventMoments() {
        return recording.events().stream()
                .map(event -> recording.place(event.moment()))
                .mapToLong(Recording.Place::moment);
    }

    private void stop() {
        boolean ran = watching.get() || resume;
        watching.set(false);
        resume = ran;
    }

    private void runAgain() {
        if (resume) {
            resume = false;
            watching.set(true);
        }
    }

    /// To the end: the live world, or where the recording is from elsewhere its last moment.
    public void end() {
        watched.move(1);
        runAgain();
    }

    /// To the live world.
    public void live() {
        watched.live();
        runAgain();
    }

    /// Lets a new episode go on from the past moment that is shown, live.
    public void continueHere() {
        if (past()) {
            clearLoop();
            watched.continueHere();
            runAgain();
        }
    }

    /// Marks the moment that is shown.
    public void mark() {
        Recording.Place place = recording.place(shown());
        if (place != null) {
            recording.note(
                    new ReplayEvent(
                            place.moment(),
                            ReplayEvent.MARK,
                            Messages.text("timeline.marked", placeText(place))));
        }
    }

    /// Where a moment stands, in words, for instance "episode 12 · step 40".
    public static String placeText(Recording.Place place) {
        return Messages.text(
                "timeline.place", Figures.whole(place.episode()), Figures.whole(place.step()));
    }

    /// The range that the past goes round begins at the moment that is shown.
    public void loopIn() {
        long now = shown();
        loop(now, loopTo > now ? loopTo : NONE);
    }

    /// The range ends at the moment that is shown.
    public void loopOut() {
        long now = shown();
        loop(loopFrom < now ? loopFrom : NONE, now);
    }

    /// The past goes round this range.
    ///
    /// @param from first moment, {@link #NONE} while it is not known
    /// @param to last moment, {@link #NONE} while it is not known
    public void loop(long from, long to) {
        loopFrom = from;
        loopTo = to;
        boolean whole = looped();
        watched.loop(whole ? from : NONE, whole ? to : NONE);
    }

    /// Forgets the range.
    ///
    /// @return true where there was one, or an end of one
    public boolean clearLoop() {
        boolean had = loopFrom != NONE || loopTo != NONE;
        loop(NONE, NONE);
        return had;
    }

    /// True where both ends of a range are known.
    public boolean looped() {
        return loopFrom != NONE && loopTo != NONE;
    }

    /// First moment of the range; {@link #NONE} while it is not known.
    public long loopFrom() {
        return loopFrom;
    }

    /// Last moment of the range; {@link #NONE} while it is not known.
    public long loopTo() {
        return loopTo;
    }
}
