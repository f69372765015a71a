package marlab.sim.env;

import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import marlab.sim.seed.Seeds;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// Fewest bytes that the caller's thread allocates in a run of the work, after warm-up.
    private static long bytes(Runnable work) {
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < 12; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run();
            fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return fewest;
    }

    @Test
    void theMeasureSeesAnAllocation() {
        Object[] kept = new Object[1];
        assertEquals(16, bytes(() -> kept[0] = new Object()), 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 50})
    void stepsAndLooksAllocateNothing(int agents) {
        for (String kind : new String[] {"discrete", "continuous"}) {
            ParallelEnv env = WORLD.create(options("agents", agents, "actions", kind));
            Actions actions = new Actions(env.spec());
            double[] seen = new double[6 * agents];
            Frame frame = new Frame(env.spec());
            Runnable work =
                    () -> {
                        env.reset(1);
                        for (int t = 0; t < 50; t++) {
                            actions.choose(t % agents, t % 5);
                            env.step(actions);
                            env.observe(0, seen, 0);
                            env.observeCentral(0, seen, 0);
                            env.snapshot(frame);
                            env.restore(frame);
                        }
                    };
            assertEquals(0, bytes(work), kind);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 50})
    void steppingManyCopiesAllocatesNothingEvenAcrossEpisodes(int agents) {
        VectorEnv envs =
                new VectorEnv(
                        WORLD,
                        options("agents", agents),
                        4,
                        0,
                        AutoResetMode.SAME_STEP,
                        new Seeds(1),
                        true);
        envs.reset();
        Runnable alone =
                () -> {
                    for (int t = 0; t < 60; t++) {
                        envs.step();
                    }
                };
        assertEquals(0, bytes(alone));
        try (Workers workers = new Workers(2)) {
            Runnable shared =
                    () -> {
                        for (int t = 0; t < 60; t++) {
                            envs.step(workers);
                        }
                    };
            assertEquals(0, bytes(shared));
        }
    }
}
