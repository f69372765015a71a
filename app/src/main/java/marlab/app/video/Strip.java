package marlab.app.video;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.sim.replay.Recording;

/// One episode of a replay, as far as it is filmed. Immutable.
///
/// @param moments serial numbers, in order
/// @param steps of the same moments, since the episode began
record Strip(FilmSource source, int episode, long[] moments, int[] steps) {

    /// Steps from its first to its last moment.
    int length() {
        return steps[steps.length - 1] - steps[0];
    }

    /// Index of the last moment that is not later than so many steps after the first.
    int at(double position) {
        int found = Arrays.binarySearch(steps, (int) Math.floor(steps[0] + position));
        return Math.max(0, found >= 0 ? found : -found - 2);
    }

    /// The episodes of a replay within a range, in order.
    static List<Strip> of(FilmSource source, FilmPlan.Range range) {
        Recording recording = source.replay().recording();
        List<Strip> strips = new ArrayList<>();
        List<Recording.Place> starts = recording.episodes();
        for (int k = 0; k < starts.size(); k++) {
            Recording.Place start = starts.get(k);
            long end = k + 1 < starts.size() ? starts.get(k + 1).moment() - 1 : recording.newest();
            long from = Math.max(start.moment(), range.from());
            long to = Math.min(end, range.to());
            boolean wanted =
                    start.episode() >= range.firstEpisode()
                            && start.episode() <= range.lastEpisode();
            if (wanted && from <= to) {
                Strip strip = strip(source, start, from, to);
                if (strip != null) {
                    strips.add(strip);
                }
            }
        }
        return strips;
    }

    private static Strip strip(FilmSource source, Recording.Place start, long from, long to) {
        Recording recording = source.replay().recording();
        List<Recording.Place> places = new ArrayList<>();
        Recording.Place place = from == start.moment() ? start : recording.place(from);
        if (place.moment() < from) {
            place = recording.place(recording.move(place.moment(), 1));
        }
        while (place.moment() >= from && place.moment() <= to) {
            places.add(place);
            Recording.Place next = recording.place(recording.move(place.moment(), 1));
            if (next.moment() <= place.moment()) {
                break; // the newest
            }
            place = next;
        }
        return places.isEmpty()
                ? null
                : new Strip(
                        source,
                        start.episode(),
                        places.stream().mapToLong(Recording.Place::moment).toArray(),
                        places.stream().mapToInt(Recording.Place::step).toArray());
    }
}
