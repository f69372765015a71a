package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import marlab.learning.net.Network;
import marlab.learning.net.Parameters;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;

class RelaxedActorTest {

    private static final int ROWS = 8;

    /// The actor's gradient is that of −mean Q(x, μ(x)) + w·mean(outputs²), by central differences
    /// of the same networks with the loss summed in double precision: floats leave about 1e-3 of a
    /// typical slope.
    @Test
    void theGradientIsThatOfTheCriticsValueOfWhatThePolicyDoes() {
        try (Played game = new Played(Algorithm.DDPG, 1, Played.BOX)) {
            Setup setup = game.setup;
            DeterministicConfig config = DeterministicConfig.of(setup.hyper());
            RelaxedActor actor = new RelaxedActor(setup, 0, config, 1, ROWS);
            ActionCritic critic = new ActionCritic(setup, 2, "critic", 0, 1, ROWS);
            Network network = actor.behaviour().network();
            RandomStream random = new RandomStream(3);
            float[] weights = network.parameters().values();
            for (int k = 0; k < weights.length; k++) {
                weights[k] += (float) (0.3 * random.nextGaussian());
            }
            network.parameters().valuesChanged();
            float[] seen = new float[ROWS];
            for (int k = 0; k < ROWS; k++) {
                seen[k] = (float) random.nextGaussian();
            }
            double weight = 0.05;
            loss(actor, critic, network, seen, weight);
            float[] slope = new float[2 * ROWS];
            critic.ascent(0, joined(actor, seen), new boolean[ROWS], ROWS, ROWS, slope);
            float[] own = new float[ROWS];
            for (int row = 0; row < ROWS; row++) {
                own[row] = slope[2 * row + 1];
            }
            actor.backward(0, own, ROWS, weight, ROWS);
            float[] gradient = network.parameters().gradient().clone();
            double squares = 0;
            for (float g : gradient) {
                squares += (double) g * g;
            }
            double typical = Math.sqrt(squares / gradient.length);
            assertTrue(typical > 1e-4);
            for (Parameters.Block block : network.parameters().blocks().values()) {
                for (int sample = 0; sample < 5; sample++) {
                    int k = block.at() + random.nextInt(block.rows() * block.columns());
                    float middle = weights[k];
                    double difference = 0;
                    for (int sign = -1; sign <= 1; sign += 2) {
                        weights[k] = middle + sign * 0.01f;
                        network.parameters().valuesChanged();
                        double loss = loss(actor, critic, network, seen, weight);
                        difference += sign * loss / 0.02;
                    }
                    weights[k] = middle;
                    assertEquals(difference, gradient[k], 0.03 * typical, "weight " + k);
                }
            }
        }
    }

    private static float[] joined(RelaxedActor actor, float[] seen) {
        float[] action = new float[ROWS];
        actor.propose(0, seen, ROWS, action);
        float[] joined = new float[2 * ROWS];
        for (int row = 0; row < ROWS; row++) {
            joined[2 * row] = seen[row];
            joined[2 * row + 1] = action[row];
        }
        return joined;
    }

    private static double loss(
            RelaxedActor actor, ActionCritic critic, Network network, float[] seen, double weight) {
        float[] slope = new float[2 * ROWS];
        double sum = critic.ascent(0, joined(actor, seen), new boolean[ROWS], ROWS, ROWS, slope);
        float[] outputs = new float[ROWS];
        network.forward(seen, 0, ROWS, outputs);
        double squares = 0;
        for (float x : outputs) {
            squares += (double) x * x;
        }
        return (-sum + weight * squares) / ROWS;
    }

    @Test
    void agentsThatWereGoneDoNotCount() {
        try (Played game = new Played(Algorithm.DDPG, 1, Played.BOX)) {
            ActionCritic critic = new ActionCritic(game.setup, 2, "critic", 0, 1, 2);
            float[] slope = new float[4];
            boolean[] gone = {false, true};
            float[] input = {0.3f, 0.1f, -0.4f, 0.9f};
            double value = critic.ascent(0, input, gone, 2, 2, slope);
            assertEquals(0, slope[2]);
            assertEquals(0, slope[3]);
            assertTrue(slope[1] != 0);
            float[] target = {(float) value + 2, 1000};
            assertEquals(4, critic.learn(0, input, target, gone, 2, 2), 1e-4);
        }
    }
}
