package marlab.app.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayEvent;

/// What the lanes show of a recording, as it was when it was read last. FX thread.
final class Lanes {

    private static final int MANY_EPISODES = 500;

    private final Recording recording;
    private List<Recording.Place> episodes = List.of();
    private List<ReplayEvent> events = List.of();
    private float[] rewards = {};
    private int spans;
    private double scale = 1;
    private boolean above;
    private boolean below;
    private long first;
    private long last;
    private long episodesTo = -1;

    Lanes(Recording recording) {
        this.recording = recording;
    }

    /// Reads what is in view.
    ///
    /// @param columns pixels that there are
    void read(TimeAxis axis, int columns) {
        first = axis.first();
        last = axis.last();
        spans = Math.clamp(last - first, 1, Math.max(1, columns));
        if (rewards.length != spans) {
            rewards = new float[spans];
        }
        recording.rewards(first, last, rewards);
        scale();
        readEpisodes();
        events = new ArrayList<>(recording.events());
        events.sort(Comparator.comparingLong(ReplayEvent::moment));
    }

    /// Where there are thousands of episodes, the list is read again only as it grows by a part
    /// that can be seen.
    private void readEpisodes() {
        long newest = recording.newest();
        boolean fresh =
                episodes.size() < MANY_EPISODES
                        || newest - episodesTo > (last - first) / 200
                        || recording.oldest() > episodes.getFirst().moment();
        if (fresh) {
            episodes = recording.episodes();
            episodesTo = newest;
        }
    }

    /// The same length of bar means the same reward up and down: the largest one of all, rounded up
    /// to a number that can be read.
    private void scale() {
        float most = 0;
        above = false;
        below = false;
        for (int k = 0; k < spans; k++) {
            if (!Float.isNaN(rewards[k])) {
                most = Math.max(most, Math.abs(rewards[k]));
                above |= rewards[k] > 0;
                below |= rewards[k] < 0;
            }
        }
        scale = most == 0 ? 1 : readable(most);
    }

    private static double readable(double value) {
        double unit = Math.pow(10, Math.floor(Math.log10(value)));
        for (double factor : new double[] {1, 1.5, 2, 3, 5, 7}) {
            if (value <= factor * unit * (1 + 1e-6)) {
                return factor * unit;
            }
        }
        return 10 * unit;
    }

    /// Number of spans that the view is cut into.
    int spans() {
        return spans;
    }

    /// Where a span begins.
    ///
    /// @param k from 0 to {@link #spans}
    double begin(int k) {
        return first + (double) k * (last - first) / spans;
    }

    /// Mean reward per agent and step in a span; NaN where no step is kept.
    float reward(int k) {
        return rewards[k];
    }

    /// Mean reward around a moment; NaN where there is none or the view has gone on.
    float rewardAt(long moment) {
        if (moment < first || moment >= last) {
            return Float.NaN;
        }
        return rewards[(int) ((double) (moment - first) * spans / (last - first))];
    }

    /// The reward at the ends of the scale, above 0.
    double scaleEnd() {
        return scale;
    }

    /// True where some reward in view is above 0.
    boolean above() {
        return above;
    }

    /// True where some reward in view is below 0.
    boolean below() {
        return below;
    }

    /// Starts of episodes; oldest first, and others than those in view as well.
    List<Recording.Place> episodes() {
        return episodes;
    }

    /// Index of the first episode that begins at this moment or later.
    int episodeFrom(long moment) {
        int at = 0;
        int end = episodes.size();
        while (at < end) {
            int middle = (at + end) >>> 1;
            if (episodes.get(middle).moment() < moment) {
                at = middle + 1;
            } else {
                end = middle;
            }
        }
        return at;
    }

    /// Events, oldest first.
    List<ReplayEvent> events() {
        return events;
    }

    /// The event that is nearest to a pixel column.
    ///
    /// @param reach pixels that it may be away
    /// @return null where none is near
    ReplayEvent eventAt(TimeAxis axis, double x, double reach) {
        return events.stream()
                .filter(event -> Math.abs(axis.x(event.moment() + 0.5) - x) <= reach)
                .min(Comparator.comparingDouble(e -> Math.abs(axis.x(e.moment() + 0.5) - x)))
                .orElse(null);
    }
}
