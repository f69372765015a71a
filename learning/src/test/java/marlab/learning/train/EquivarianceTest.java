package marlab.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Decision;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.space.SquareSymmetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// π(g·o) = g·π(o) for policies as they act, in Simple Spread.
class EquivarianceTest {

    private static final int N = 3;
    private static final int CHOICES = 5;

    @TempDir private Path folder;

    /// After one update with a high learning rate, which is enough to be far from uniform.
    private Trainer trained(String network, String symmetry) {
        RunConfig config =
                TinyRuns.spread(
                        "network", network,
                        "symmetry", symmetry,
                        "steps", "60",
                        "epochs", "20",
                        "learning_rate", "0.02",
                        "evaluate_every", "0");
        Trainer trainer = Trainer.createIn(config, folder.resolve("run"));
        TinyRuns.finish(trainer);
        return trainer;
    }

    private static double[] probabilities(Trainer trainer, ParallelEnv env) {
        Decision decision = new Decision(env.spec());
        trainer.snapshot()
                .policy(LearnedPolicy.Mode.GREEDY)
                .withValues(true)
                .act(env, decision, new RandomStream(0));
        double[] all = new double[N * CHOICES + N];
        System.arraycopy(decision.probabilities, 0, all, 0, N * CHOICES);
        System.arraycopy(decision.values, 0, all, N * CHOICES, N);
        return all;
    }

    /// The state, mirrored and turned: agents are x, y, vx, vy, then landmarks x, y.
    private static void transform(int g, Frame frame) {
        for (int k = 0; k < frame.state.length; k += 2) {
            double x = frame.state[k];
            double y = frame.state[k + 1];
            frame.state[k] = image(g, x, y, (g & 4) == 0);
            frame.state[k + 1] = image(g, x, y, (g & 4) != 0);
        }
    }

    private static double image(int g, double x, double y, boolean first) {
        return first ? ((g & 1) == 0 ? x : -x) : ((g & 2) == 0 ? y : -y);
    }

    private static ParallelEnv world(Trainer trainer, long seed) {
        ParallelEnv env = trainer.config().provider().create(trainer.config().envOptions());
        env.reset(seed);
        Frame frame = new Frame(env.spec());
        env.snapshot(frame);
        RandomStream random = new RandomStream(seed);
        for (int i = 0; i < N; i++) { // everyone is on the move
            frame.state[4 * i + 2] = random.nextGaussian();
            frame.state[4 * i + 3] = random.nextGaussian();
        }
        env.restore(frame);
        return env;
    }

    /// Largest difference between g·π(o) and π(g·o), values included, over many states.
    private static double defect(Trainer trainer) {
        double worst = 0;
        for (long seed = 0; seed < 50; seed++) {
            ParallelEnv env = world(trainer, seed);
            double[] before = probabilities(trainer, env);
            Frame frame = new Frame(env.spec());
            for (int g = 0; g < SquareSymmetry.ORDER; g++) {
                int[] table = SquareSymmetry.onActions(g, env.spec().groups().getFirst().action());
                ParallelEnv turned = world(trainer, seed);
                turned.snapshot(frame);
                transform(g, frame);
                turned.restore(frame);
                double[] after = probabilities(trainer, turned);
                for (int i = 0; i < N; i++) {
                    for (int k = 0; k < CHOICES; k++) {
                        double p = after[i * CHOICES + table[k]];
                        worst = Math.max(worst, Math.abs(p - before[i * CHOICES + k]));
                    }
                    int value = N * CHOICES + i;
                    worst = Math.max(worst, Math.abs(after[value] - before[value]));
                }
            }
        }
        return worst;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sorted_mlp", "entity"})
    void policyAndValueTurnWithTheWorld(String network) {
        try (Trainer trainer = trained(network, "full")) {
            assertEquals(0, defect(trainer), 1e-5);
        }
    }

    @Test
    void withoutFullSymmetryTheyDoNot() {
        try (Trainer trainer = trained("sorted_mlp", "permutation")) {
            assertTrue(defect(trainer) > 0.1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sorted_mlp", "entity"})
    void landmarksAreInterchangeable(String network) {
        try (Trainer trainer = trained(network, "permutation")) {
            assertEquals(0, swapDefect(trainer), 1e-5);
        }
    }

    @Test
    void toAFlatNetworkTheyAreNot() {
        try (Trainer trainer = trained("flat_mlp", "auto")) {
            assertTrue(swapDefect(trainer) > 0.05);
        }
    }

    /// Largest difference that swapping two landmarks, and two of the others, makes.
    private static double swapDefect(Trainer trainer) {
        double worst = 0;
        for (long seed = 0; seed < 50; seed++) {
            ParallelEnv env = world(trainer, seed);
            double[] before = probabilities(trainer, env);
            Frame frame = new Frame(env.spec());
            env.snapshot(frame);
            swap(frame.state, 4 * N, 4 * N + 4, 2); // first and third landmark
            swap(frame.state, 4, 8, 4); // agents 1 and 2, as agent 0 sees them
            env.restore(frame);
            double[] after = probabilities(trainer, env);
            for (int k = 0; k < CHOICES; k++) {
                worst = Math.max(worst, Math.abs(after[k] - before[k]));
                worst = Math.max(worst, Math.abs(after[2 * CHOICES + k] - before[CHOICES + k]));
            }
            worst = Math.max(worst, Math.abs(after[N * CHOICES] - before[N * CHOICES]));
        }
        return worst;
    }

    private static void swap(double[] numbers, int a, int b, int count) {
        for (int k = 0; k < count; k++) {
            double kept = numbers[a + k];
            numbers[a + k] = numbers[b + k];
            numbers[b + k] = kept;
        }
    }
}
