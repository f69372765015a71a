package marlab.app.watch;

import marlab.sim.replay.Recording;
import marlab.sim.snapshot.Frame;

/// Walks through a recording, moment by moment, once through or round and round a range. Owned by
/// one thread; {@link #moment} may be asked from any.
final class Playback {

    /// Nothing of the past is shown.
    static final long LIVE = -1;

    private final Recording recording;
    private long first = LIVE; // of the range to go round; LIVE for none
    private long last = LIVE;
    private volatile long moment = LIVE;

    Playback(Recording recording) {
        this.recording = recording;
    }

    /// Serial number of the moment that is shown; {@link #LIVE} where it is none of the past.
    long moment() {
        return moment;
    }

    boolean past() {
        return moment != LIVE;
    }

    /// Goes to the kept moment nearest to this one.
    void go(long to) {
        Recording.Place place = recording.place(to);
        moment = place == null ? LIVE : place.moment();
    }

    void leave() {
        moment = LIVE;
    }

    /// Goes round this range from now on; {@link #LIVE} twice for none.
    void loop(long from, long to) {
        first = from;
        last = to;
    }

    private boolean ranged() {
        return first != LIVE && moment >= first && moment <= last;
    }

    /// Goes one moment further; from the end of the range that it is in, to its start.
    ///
    /// @param round whether the whole recording is gone round as well
    void advance(boolean round) {
        long next = recording.move(moment, 1);
        if (ranged() && (next > last || next == moment)) {
            go(first);
        } else if (next > moment) {
            moment = next;
        } else if (round) {
            moment = recording.oldest();
        }
    }

    /// True where nothing follows: at the newest moment, in no range.
    boolean atEnd() {
        return !ranged() && moment >= recording.newest();
    }

    /// True when the moment is the last one of its episode that is kept, and not the newest.
    boolean endsEpisode() {
        long next = recording.move(moment, 1);
        Recording.Place now = recording.place(moment);
        return next > moment && recording.place(next).step() <= now.step();
    }

    /// Reads the moment that is shown.
    void read(Frame into) {
        recording.frame(moment, into);
    }
}
