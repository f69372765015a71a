package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import marlab.sim.seed.RandomStream;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import org.junit.jupiter.api.Test;

class RelaxedActionTest {

    private static final ActionSpace THREE =
            new ActionSpace.Discrete(
                    List.of(new Push("a", 0, 0), new Push("b", 0, 0), new Push("c", 0, 0)));
    private static final ActionSpace BOX =
            new ActionSpace.Box(List.of(new Push("x", 0, 0), new Push("y", 0, 0)), 0, 4);
    private static final float[] LOGITS = {1, -0.5f, 0.3f};

    private static float[] relax(RelaxedAction action, float[] outputs, long seed) {
        float[] into = new float[outputs.length];
        action.relax(outputs, outputs.length / action.width(), new RandomStream(seed), into);
        return into;
    }

    @Test
    void straightThroughShowsOneChoiceAsOftenAsItIsMade() {
        RelaxedAction action = new RelaxedAction(THREE, false, 20_000);
        float[] outputs = new float[60_000];
        for (int k = 0; k < outputs.length; k++) {
            outputs[k] = LOGITS[k % 3];
        }
        float[] proposals = relax(action, outputs, 1);
        float[] targets = new float[outputs.length];
        action.target(outputs, 20_000, 0, 0, new RandomStream(2), targets);
        float[] p = new Categorical(3).probabilities(LOGITS, 0);
        for (float[] drawn : List.of(proposals, targets)) {
            double[] share = new double[3];
            for (int row = 0; row < 20_000; row++) {
                float sum = 0;
                for (int k = 0; k < 3; k++) {
                    share[k] += drawn[3 * row + k] / 20_000;
                    sum += drawn[3 * row + k];
                    assertTrue(drawn[3 * row + k] == 0 || drawn[3 * row + k] == 1);
                }
                assertEquals(1, sum);
            }
            for (int k = 0; k < 3; k++) {
                assertEquals(p[k], share[k], 0.015); // 4 standard errors
            }
        }
    }

    /// Both forms have the gradient of d·softmax(z + g) with g held fast, plus that of the
    /// regulariser w·mean(z²).
    @Test
    void theGradientIsThatOfTheMixture() {
        float[] d = {0.7f, -1.2f, 2};
        double weight = 0.3;
        for (boolean soft : new boolean[] {true, false}) {
            RelaxedAction action = new RelaxedAction(THREE, soft, 1);
            RelaxedAction mixture = new RelaxedAction(THREE, true, 1);
            relax(action, LOGITS, 7);
            float[] gradient = new float[3];
            action.backward(d, LOGITS, 1, weight, 3, gradient);
            for (int k = 0; k < 3; k++) {
                double difference = 0;
                for (int sign = -1; sign <= 1; sign += 2) {
                    float[] z = LOGITS.clone();
                    z[k] += sign * 0.01f;
                    float[] y = relax(mixture, z, 7);
                    for (int j = 0; j < 3; j++) {
                        difference += sign * (d[j] * y[j] + weight * z[j] * z[j] / 3) / 0.02;
                    }
                }
                assertEquals(difference, gradient[k], 1e-3);
            }
        }
    }

    @Test
    void realActionsAreSquashedAndSoIsTheirGradient() {
        RelaxedAction action = new RelaxedAction(BOX, false, 1);
        float[] outputs = {0.5f, -2};
        float[] u = relax(action, outputs, 1);
        assertEquals(Math.tanh(0.5), u[0], 1e-6);
        assertEquals(Math.tanh(-2), u[1], 1e-6);
        float[] gradient = new float[2];
        action.backward(new float[] {3, 10}, outputs, 1, 0, 2, gradient);
        assertEquals(3 * (1 - u[0] * u[0]), gradient[0], 1e-5);
        assertEquals(10 * (1 - u[1] * u[1]), gradient[1], 1e-5);
    }

    @Test
    void actionsThatWereTakenAreInHalvesOfTheBoxOrOneHot() {
        float[] into = new float[3];
        new RelaxedAction(BOX, false, 1).taken(new float[] {0, 3}, 0, into, 1);
        assertArrayEquals(new float[] {0, -1, 0.5f}, into);
        new RelaxedAction(THREE, false, 1).taken(new float[] {9, 2}, 1, into, 0);
        assertArrayEquals(new float[] {0, 0, 1}, into);
    }

    @Test
    void noiseOnTargetsIsClippedAndSoAreTheActions() {
        RelaxedAction action = new RelaxedAction(BOX, false, 1);
        float[] into = new float[2];
        RandomStream random = new RandomStream(4);
        double low = 1;
        double high = -1;
        for (int k = 0; k < 1000; k++) {
            action.target(new float[] {0, 5}, 1, 0.2, 0.5, random, into);
            assertTrue(Math.abs(into[0]) <= 0.5 && into[1] <= 1 && into[1] >= 0.49);
            low = Math.min(low, into[0]);
            high = Math.max(high, into[0]);
        }
        assertTrue(low < -0.45 && high > 0.45, low + " to " + high);
        action.target(new float[] {0.3f, 0}, 1, 0, 0, random, into);
        assertEquals(Math.tanh(0.3), into[0], 1e-6);
    }
}
