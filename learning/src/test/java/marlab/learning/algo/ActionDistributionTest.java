package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;

class ActionDistributionTest {

    private static final int DRAWS = 40_000;

    private final RandomStream random = new RandomStream(13);

    @Test
    void probabilitiesAreTheSoftmaxOfTheOutputs() {
        Categorical choices = new Categorical(3);
        float[] outputs = {99, 1, 2, 3, 99};
        double sum = Math.exp(1) + Math.exp(2) + Math.exp(3);
        float[] p = choices.probabilities(outputs, 1);
        for (int k = 0; k < 3; k++) {
            assertEquals(Math.exp(k + 1) / sum, p[k], 1e-6);
            float logP = choices.logProbability(outputs, 1, new float[] {k}, 0);
            assertEquals(k + 1 - Math.log(sum), logP, 1e-6);
        }
    }

    @Test
    void largeOutputsOverflowNothing() {
        Categorical choices = new Categorical(3);
        float[] outputs = {1000, -1000, 999};
        float[] p = choices.probabilities(outputs, 0);
        assertEquals(1 / (1 + Math.exp(-1)), p[0], 1e-6);
        assertEquals(0, p[1]);
        assertEquals(-2000, choices.logProbability(outputs, 0, new float[] {1}, 0), 1);
        assertTrue(Float.isFinite(choices.entropy()));
    }

    @Test
    void entropyOfChoicesIsTheLogarithmOfTheirNumberWhenAllAreEqual() {
        Categorical choices = new Categorical(5);
        choices.logProbability(new float[] {2, 2, 2, 2, 2}, 0, new float[] {0}, 0);
        assertEquals(Math.log(5), choices.entropy(), 1e-6);
        choices.logProbability(new float[] {50, 0, 0, 0, 0}, 0, new float[] {0}, 0);
        assertEquals(0, choices.entropy(), 1e-6);
    }

    @Test
    void choicesAreDrawnAsOftenAsTheirProbabilitiesSay() {
        Categorical choices = new Categorical(4);
        float[] outputs = {0, 1, -1, 2};
        int[] drawn = new int[4];
        float[] action = new float[1];
        for (int i = 0; i < DRAWS; i++) {
            float logP = choices.sample(outputs, 0, random, action, 0);
            drawn[(int) action[0]]++;
            assertEquals(choices.logProbability(outputs, 0, action, 0), logP);
        }
        float[] p = choices.probabilities(outputs, 0);
        for (int k = 0; k < 4; k++) {
            double error = Math.sqrt(p[k] * (1 - p[k]) / DRAWS);
            assertEquals(p[k], (double) drawn[k] / DRAWS, 4 * error, "choice " + k);
        }
    }

    @Test
    void theMostProbableChoiceIsTheMode() {
        float[] action = new float[2];
        new Categorical(3).mode(new float[] {9, 9, 1, 3, 2}, 2, action, 1);
        assertArrayEquals(new float[] {0, 1}, action);
    }

    @Test
    void densityOfNumbersIsTheNormalOneInUnitsOfHalfTheBox() {
        DiagonalGaussian numbers = new DiagonalGaussian(2, 1, 5);
        float[] outputs = {0.5f, -0.3f, -0.2f, 0.4f};
        float[] action = {4.4f, 2};
        double a = ((4.4 - 3) / 2 - 0.5) / Math.exp(-0.3);
        double b = ((2.0 - 3) / 2 + 0.2) / Math.exp(0.4);
        double expected = -0.5 * (a * a + b * b) + 0.3 - 0.4 - Math.log(2 * Math.PI);
        assertEquals(expected, numbers.logProbability(outputs, 0, action, 0), 1e-5);
        assertEquals(-0.3 + 0.4 + Math.log(2 * Math.PI * Math.E), numbers.entropy(), 1e-5);
    }

    @Test
    void numbersAreDrawnWithTheMeanAndSpreadThatTheOutputsSay() {
        DiagonalGaussian numbers = new DiagonalGaussian(1, 0, 1);
        float[] outputs = {0.4f, -1};
        double sum = 0;
        double squares = 0;
        float[] action = new float[1];
        for (int i = 0; i < DRAWS; i++) {
            float logP = numbers.sample(outputs, 0, random, action, 0);
            assertEquals(numbers.logProbability(outputs, 0, action, 0), logP);
            sum += action[0];
            squares += action[0] * action[0];
        }
        double mean = sum / DRAWS;
        double sd = 0.5 * Math.exp(-1);
        assertEquals(0.5 + 0.5 * 0.4, mean, 4 * sd / Math.sqrt(DRAWS));
        assertEquals(sd * sd, squares / DRAWS - mean * mean, 4 * sd * sd * Math.sqrt(2.0 / DRAWS));
    }

    @Test
    void theModeOfNumbersIsTheirMean() {
        float[] action = new float[2];
        new DiagonalGaussian(2, -1, 3).mode(new float[] {0.5f, 1, -1, 0}, 0, action, 0);
        assertArrayEquals(new float[] {2, -1}, action);
    }

    @Test
    void theSpreadOfNumbersStaysWithinItsLimits() {
        DiagonalGaussian numbers = new DiagonalGaussian(1, -1, 1);
        numbers.logProbability(new float[] {0, 50}, 0, new float[] {0}, 0);
        assertEquals(1 + 0.5 * Math.log(2 * Math.PI * Math.E), numbers.entropy(), 1e-5);
        numbers.logProbability(new float[] {0, -50}, 0, new float[] {0}, 0);
        assertEquals(-4 + 0.5 * Math.log(2 * Math.PI * Math.E), numbers.entropy(), 1e-5);
    }
}
