package marlab.sim.replay;

import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import marlab.sim.env.EnvSpec;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;

class RecordingTest {

    private static final int HORIZON = 25;

    private final EnvSpec spec = WORLD.create(options()).spec();
    private final Frame frame = new Frame(spec);

    /// Moment m shows m in its state; episodes are 26 moments long.
    private void record(Recording recording, int moments) {
        for (int m = 0; m < moments; m++) {
            frame.state[0] = m;
            frame.step = m % (HORIZON + 1);
            frame.episode = m / (HORIZON + 1);
            recording.add(frame);
        }
    }

    @Test
    void everyMomentComesBackInAnyOrder() {
        Recording recording = new Recording(spec);
        record(recording, 1000);
        Frame got = new Frame(spec);
        for (long moment : new long[] {0, 999, 63, 64, 65, 500, 501, 502, 3, 3}) {
            assertTrue(recording.frame(moment, got));
            assertEquals(moment, got.moment);
            assertEquals(moment, got.state[0]);
        }
        assertEquals(1000, recording.size());
        assertEquals(1, recording.oldestStride());
    }

    @Test
    void theNewestMomentsStayWholeAndOlderOnesAreThinned() {
        Recording recording = new Recording(spec, 100_000);
        record(recording, 20_000);
        assertTrue(recording.bytes() <= recording.limit(), recording.bytes() + " bytes");
        assertEquals(19_999, recording.newest());
        assertEquals(0, recording.oldest(), "the very first moment is never lost");
        assertTrue(recording.oldestStride() > 2);
        Frame got = new Frame(spec);
        for (long moment = 19_999; moment > 19_900; moment--) {
            recording.frame(moment, got);
            assertEquals(moment, got.moment);
        }
        long before = -1;
        int kept = 0;
        for (long moment = 0; moment >= 0 && before != moment; kept++) {
            recording.frame(moment, got);
            assertEquals(moment, got.moment);
            assertEquals(moment, got.state[0], "thinning keeps what it keeps exactly");
            before = moment;
            moment = recording.move(moment, 1);
        }
        assertEquals(recording.size(), kept - 1 + (before == recording.newest() ? 1 : 0));
    }

    @Test
    void gapsGrowWithAge() {
        Recording recording = new Recording(spec, 100_000);
        record(recording, 20_000);
        long gap = Integer.MAX_VALUE;
        long moment = 0;
        while (moment < recording.newest()) {
            long next = recording.move(moment, 1);
            assertTrue(next - moment <= 2 * gap, "at " + moment);
            gap = next - moment;
            moment = next;
        }
        assertEquals(1, gap);
    }

    @Test
    void aSmallerLimitThinsAtOnce() {
        Recording recording = new Recording(spec);
        record(recording, 5_000);
        long before = recording.bytes();
        recording.limit(before / 4);
        assertTrue(recording.bytes() <= before / 4);
        assertEquals(4_999, recording.newest());
    }

    @Test
    void movingGoesByStepsAndByEpisodes() {
        Recording recording = new Recording(spec);
        record(recording, 260);
        assertEquals(101, recording.move(100, 1));
        assertEquals(36, recording.move(100, -64));
        assertEquals(0, recording.move(100, -1000));
        assertEquals(259, recording.move(100, 1000));
        assertEquals(78, recording.episode(100, 0));
        assertEquals(52, recording.episode(100, -1));
        assertEquals(104, recording.episode(100, 1));
        assertEquals(0, recording.episode(100, -100));
        assertEquals(259, recording.episode(250, 1));
        assertEquals(10, recording.episodes().size());
        assertEquals(new Recording.Place(100, 3, 22), recording.place(100));
    }

    @Test
    void rewardsAreMeansOverEqualSpans() {
        Recording recording = new Recording(spec);
        for (int m = 0; m < 100; m++) {
            frame.step = m;
            java.util.Arrays.fill(frame.terms, 0);
            int cover = spec.termIndex("cover");
            for (int agent = 0; agent < spec.agentCount(); agent++) {
                frame.terms[agent * spec.terms().size() + cover] = m < 50 ? -1 : -3;
            }
            recording.add(frame);
        }
        float[] lane = new float[4];
        recording.rewards(0, 100, lane);
        double weight = spec.terms().get(spec.termIndex("cover")).weight();
        assertArrayEquals(
                new float[] {
                    (float) -weight, (float) -weight, (float) (-3 * weight), (float) (-3 * weight)
                },
                lane,
                1e-6f);
        recording.rewards(90, 190, lane);
        assertTrue(Float.isNaN(lane[3]), "no reward where there is no moment");
    }

    @Test
    void anEmptyRecordingHasNothingToShow() {
        Recording recording = new Recording(spec);
        assertFalse(recording.frame(0, frame));
        assertEquals(-1, recording.newest());
        assertEquals(-1, recording.move(3, 1));
        assertEquals(0, recording.episodes().size());
    }
}
