package marlab.sim.env;

import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import marlab.sim.seed.Seeds;
import org.junit.jupiter.api.Test;

class VectorEnvTest {

    private static VectorEnv make(int count, AutoResetMode mode, EnvOptions options) {
        return new VectorEnv(WORLD, options, count, 0, mode, new Seeds(3), true);
    }

    @Test
    void sameStepModeShowsTheNewEpisodeAndKeepsTheOldOnesEnd() {
        VectorEnv envs = make(2, AutoResetMode.SAME_STEP, options("horizon", 2));
        envs.reset();
        envs.step();
        assertFalse(envs.over()[0]);
        float[] before = envs.observations(0).clone();
        envs.step();
        assertTrue(envs.over()[0] && envs.truncated()[0] && !envs.terminated()[0]);
        assertEquals(2, envs.finishedSteps()[0]);
        float[] last = Arrays.copyOf(envs.finalObservations(0), 18);
        float[] now = Arrays.copyOf(envs.observations(0), 18);
        assertEquals(before[2], last[2], 0.2, "the old episode ends near where it was");
        assertFalse(Arrays.equals(last, now), "the new one starts elsewhere");
        assertEquals(0, now[0], "at rest");
    }

    @Test
    void disabledModeLeavesACopyUntilItIsReset() {
        VectorEnv envs = make(2, AutoResetMode.DISABLED, options("horizon", 1));
        envs.reset();
        envs.step();
        assertTrue(envs.over()[0] && envs.over()[1]);
        float[] ended = envs.observations(0).clone();
        envs.reset(1);
        float[] after = envs.observations(0);
        assertArrayEquals(
                Arrays.copyOf(ended, 54), Arrays.copyOf(after, 54), "copy 0 is left alone");
        assertFalse(
                Arrays.equals(
                        Arrays.copyOfRange(ended, 54, 108), Arrays.copyOfRange(after, 54, 108)));
    }

    @Test
    void termsOfAnEpisodeAreTheSumOfItsSteps() {
        VectorEnv envs = make(1, AutoResetMode.SAME_STEP, options("horizon", 5));
        envs.reset();
        double[] sum = new double[12];
        for (int t = 0; t < 5; t++) {
            envs.actions(0).choose(t % 3, 1 + t % 4);
            envs.step();
            for (int k = 0; k < 12; k++) {
                sum[k] += envs.terms()[k];
            }
        }
        assertArrayEquals(sum, envs.finishedTerms());
        assertEquals(-sum[0], envs.finishedMetrics()[0], 1e-12, "D is minus the cover term");
    }

    @Test
    void copiesOfAnotherShapeAreRefused() {
        VectorEnv two = make(2, AutoResetMode.SAME_STEP, options());
        VectorEnv three = make(3, AutoResetMode.SAME_STEP, options());
        VectorEnv larger = make(2, AutoResetMode.SAME_STEP, options("agents", 4));
        two.reset();
        VectorEnv.Saved saved = two.save();
        var e = assertThrows(IllegalArgumentException.class, () -> three.load(saved));
        assertEquals("saved copies do not fit 3 × simple_spread", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> larger.load(saved));
    }

    @Test
    void noCopiesAreRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> make(0, AutoResetMode.SAME_STEP, options()));
    }

    @Test
    void differentRootSeedsGiveDifferentEpisodes() {
        VectorEnv one = make(1, AutoResetMode.SAME_STEP, options());
        VectorEnv other =
                new VectorEnv(WORLD, options(), 1, 0, AutoResetMode.SAME_STEP, new Seeds(4), true);
        one.reset();
        other.reset();
        assertFalse(Arrays.equals(one.observations(0), other.observations(0)));
    }
}
