package marlab.app.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.policy.Policy;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayEvent;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchedWorldTest {

    private static final WorldProvider WORLD = Worlds.named("simple_spread");

    private static WatchedWorld open(long seed) {
        Policy random = WORLD.scriptedPolicies(WORLD.defaults()).get("random");
        return new WatchedWorld(WORLD, WORLD.defaults(), seed, () -> random);
    }

    private static Frame next(WatchedWorld world) {
        while (!world.frames().hasNew()) {
            LockSupport.parkNanos(100_000);
        }
        return world.frames().newest();
    }

    private static List<double[]> steps(WatchedWorld world, int count) {
        List<double[]> states = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            world.step();
            states.add(next(world).state.clone());
        }
        return states;
    }

    @Test
    void sameSeedShowsTheSameEpisodes() {
        try (WatchedWorld one = open(3);
                WatchedWorld other = open(3)) {
            next(one);
            next(other);
            assertArrayEquals(
                    steps(one, 60).toArray(double[][]::new),
                    steps(other, 60).toArray(double[][]::new));
        }
    }

    @Test
    void setupBeginsAgain() {
        try (WatchedWorld world = open(3)) {
            double[] start = next(world).state.clone();
            steps(world, 5);
            world.setup(3);
            Frame again = next(world);
            assertEquals(0, again.step);
            assertArrayEquals(start, again.state);
        }
    }

    @Test
    void episodesFollowOneAnother() {
        try (WatchedWorld world = open(3)) {
            next(world);
            steps(world, 26);
            assertEquals(1, world.frames().newest().episode);
            assertEquals(0, world.frames().newest().step);
        }
    }

    @Test
    void everyMomentIsRecordedAndCanBeShownAgain() {
        try (WatchedWorld world = open(3)) {
            next(world);
            List<double[]> lived = steps(world, 40);
            assertEquals(41, world.recording().size());
            world.show(10);
            Frame past = next(world);
            assertEquals(10, past.moment);
            assertArrayEquals(lived.get(9), past.state);
            assertEquals(10, world.pastMoment());
        }
    }

    @Test
    void thePastPlaysAsRecordedAndGoesOnLiveWithoutAStepLost() {
        try (WatchedWorld world = open(3);
                WatchedWorld other = open(3)) {
            next(world);
            next(other);
            List<double[]> lived = steps(world, 20);
            world.show(17);
            next(world);
            List<double[]> again = steps(world, 13);
            assertArrayEquals(lived.get(17), again.get(0));
            assertArrayEquals(lived.get(19), again.get(2));
            assertFalse(world.past());
            List<double[]> unbroken = steps(other, 40);
            assertArrayEquals(unbroken.get(20), again.get(3));
        }
    }

    @Test
    void aRangeIsGoneRoundAndRound() {
        try (WatchedWorld world = open(3)) {
            next(world);
            steps(world, 20);
            world.loop(5, 7);
            world.show(5);
            next(world);
            List<Long> moments = new ArrayList<>();
            for (int k = 0; k < 5; k++) {
                world.step();
                moments.add(next(world).moment);
            }
            assertEquals(List.of(6L, 7L, 5L, 6L, 7L), moments);
        }
    }

    @Test
    void theWorldGoesOnFromAnyMoment() {
        try (WatchedWorld world = open(3)) {
            next(world);
            steps(world, 30);
            world.show(12);
            double[] from = next(world).state.clone();
            world.continueHere();
            Frame now = next(world);
            assertArrayEquals(from, now.state);
            assertEquals(12, now.step);
            assertEquals(2, now.episode, "an episode of its own");
            assertFalse(world.past());
            steps(world, 3);
            assertEquals(31 + 1 + 3, world.recording().size());
            assertTrue(
                    world.recording().events().stream()
                            .anyMatch(event -> event.type().equals(ReplayEvent.CONTINUED)));
        }
    }

    @Test
    void nobodyGoesOnFromTheEndOfAnEpisode() {
        try (WatchedWorld world = open(3)) {
            next(world);
            steps(world, 30);
            world.show(25);
            assertEquals(25, next(world).step);
            world.continueHere();
            assertEquals(24, next(world).step);
        }
    }

    @Test
    void aRecordingFromElsewhereIsGoneRoundUntilItIsContinued() {
        Recording recording;
        try (WatchedWorld world = open(3)) {
            next(world);
            steps(world, 10);
            recording = world.recording();
        }
        Policy random = WORLD.scriptedPolicies(WORLD.defaults()).get("random");
        try (WatchedWorld world =
                new WatchedWorld(WORLD, WORLD.defaults(), 1, () -> random, recording)) {
            assertEquals(0, next(world).moment);
            for (int k = 1; k <= 11; k++) {
                world.step();
                assertEquals(k % 11, next(world).moment);
            }
            world.continueHere();
            assertEquals(11, next(world).moment);
            assertFalse(world.past());
        }
    }

    @Test
    void movingBackAndForthGoesByStepsAndEpisodes() {
        try (WatchedWorld world = open(3)) {
            next(world);
            steps(world, 60);
            world.move(-1);
            assertEquals(59, next(world).moment);
            world.moveEpisodes(-1);
            assertEquals(52, next(world).moment, "the start of this episode first");
            world.moveEpisodes(-1);
            assertEquals(26, next(world).moment);
            world.move(1);
            assertEquals(27, next(world).moment);
            world.moveEpisodes(5);
            assertEquals(60, next(world).moment);
            assertFalse(world.past());
        }
    }
}
