package marlab.app.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.policy.Policy;
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
}
