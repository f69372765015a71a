package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;
import marlab.sim.game.Memory1;
import marlab.sim.reward.RewardWeights;
import org.junit.jupiter.api.Test;

/// Exact gradients and replicator dynamics against closed forms.
class ExactLearnersTest {

    private static final RewardWeights PAYOFF = new RewardWeights(new double[] {1, 0, 0}, 0);
    private static final Map<String, String> DILEMMA = Map.of("payoffs", "3 0 ; 5 1");
    private static final Map<String, String> PENNIES = Map.of("payoffs", "1,-1 -1,1 ; -1,1 1,-1");

    private static Setup setup(
            Algorithm algorithm, int sharing, Map<String, String> options, String... hyper) {
        Map<String, String> all = new HashMap<>(options);
        all.putIfAbsent("memory", "off");
        Map<String, String> values = new HashMap<>();
        for (int k = 0; k < hyper.length; k += 2) {
            values.put(hyper[k], hyper[k + 1]);
        }
        return Duel.setup(algorithm, all, 7, values, sharing);
    }

    private static ExactGradient gradient(Map<String, String> options, String... hyper) {
        return new ExactGradient(setup(Algorithm.EXACT_GRADIENT, Unit.NONE, options, hyper));
    }

    private static ReplicatorDynamics replicator(
            int sharing, Map<String, String> options, String... hyper) {
        return new ReplicatorDynamics(setup(Algorithm.REPLICATOR, sharing, options, hyper));
    }

    private static List<Figure> update(Learner learner, RewardWeights weights, int times) {
        Experience nothing = new Experience(List.of(), 1, 1, 0);
        nothing.weights = weights;
        List<Figure> figures = List.of();
        try (Workers workers = new Workers(1)) {
            for (int k = 0; k < times; k++) {
                figures = learner.update(nothing, 0, workers);
            }
        }
        return figures;
    }

    private static double chance(double[] z, int at) {
        return 1 / (1 + Math.exp(z[at + 1] - z[at]));
    }

    /// At ½, ½: f = (1.5, 3), mean 2.25, so ∂V/∂z = ½·(−0.75, 0.75).
    @Test
    void theGradientAtOnePoint() {
        ExactGradient learner = gradient(DILEMMA, "spread", "0", "learning_rate", "0.4");
        List<Figure> figures = update(learner, PAYOFF, 1);
        assertArrayEquals(new double[] {-0.15, 0.15, -0.15, 0.15}, learner.logits(), 1e-12);
        assertEquals(new Figure("exact_return", "row", 2.25), figures.getFirst());
        assertEquals(0.375 * 2, figures.getLast().value(), 1e-12);
    }

    /// With memory, slips, kindness and sharing: what the gradient says is what little steps do.
    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        for (String memory : List.of("on", "off")) {
            Map<String, String> options =
                    Map.of("payoffs", "3,2 0,1 ; 5,-1 1,0", "noise", "0.1", "memory", memory);
            Setup setup = setup(Algorithm.EXACT_GRADIENT, Unit.NONE, options, "spread", "1");
            ExactGradient learner = new ExactGradient(setup);
            RewardWeights weights = new RewardWeights(new double[] {1, 0.5, 0.25}, 0.3);
            update(learner, weights, 1);
            ExactGame game = new ExactGame(setup, 0.96);
            game.take(weights);
            double[] z = learner.logits().clone();
            double[] slope = new double[z.length];
            learner.gradient(z, slope);
            for (int k = 0; k < z.length; k++) {
                int player = k / game.unitSize();
                double before = z[k];
                z[k] = before + 1e-5;
                double up = game.value(player, z);
                z[k] = before - 1e-5;
                double down = game.value(player, z);
                z[k] = before;
                assertEquals((up - down) / 2e-5, slope[k], 1e-7, memory + k);
            }
        }
    }

    /// Tit for tat against itself cooperates for ever; what it earns is 3 a round.
    @Test
    void returnsOfKnownStrategies() {
        ExactGame game =
                new ExactGame(
                        setup(
                                Algorithm.EXACT_GRADIENT,
                                Unit.NONE,
                                Map.of("payoffs", "3 0 ; 5 1", "memory", "on")),
                        0.9);
        game.take(PAYOFF);
        double[] titForTat = {99, 0, 99, 0, 0, 99, 99, 0, 0, 99}; // start, CC, CD, DC, DD
        double[] defect = {0, 99, 0, 99, 0, 99, 0, 99, 0, 99};
        double[] both = new double[20];
        System.arraycopy(titForTat, 0, both, 0, 10);
        System.arraycopy(titForTat, 0, both, 10, 10);
        assertEquals(3, game.value(0, both), 1e-9);
        System.arraycopy(defect, 0, both, 10, 10);
        assertEquals(0.1 * 0 + 0.9 * 1, game.value(0, both), 1e-9);
        assertEquals(0.1 * 5 + 0.9 * 1, game.value(1, both), 1e-9);
    }

    @Test
    void inTheDilemmaEverybodyEndsInDefection() {
        ExactGradient once = gradient(DILEMMA);
        update(once, PAYOFF, 300);
        assertTrue(chance(once.logits(), 0) < 0.01 && chance(once.logits(), 2) < 0.01);
        ExactGradient repeated = gradient(Map.of("game", "ipd", "memory", "on"), "spread", "0.3");
        List<Figure> figures = update(repeated, PAYOFF, 3000);
        assertEquals(-2, figures.get(0).value(), 0.1, "both defect: LOLA's naive learners");
        assertEquals(-2, figures.get(1).value(), 0.1);
    }

    /// Rewards that people edit count: who is as glad of the other's payoff as of its own
    /// cooperates.
    @Test
    void editedRewardsChangeTheGame() {
        ExactGradient learner = gradient(DILEMMA);
        update(learner, new RewardWeights(new double[] {1, 1, 0}, 0), 300);
        assertTrue(chance(learner.logits(), 0) > 0.99);
        update(learner, PAYOFF, 2000);
        assertTrue(chance(learner.logits(), 0) < 0.01);
    }

    /// Helping costs 1 and gives the other 3, whatever it does: the share of helpers is logistic.
    @Test
    void helpersDieOutAlongTheLogisticCurve() {
        Map<String, String> donation = Map.of("payoffs", "2 -1 ; 3 0");
        ReplicatorDynamics learner = replicator(Unit.NONE, donation, "step", "0.1");
        double before = learner.logits()[0] - learner.logits()[1];
        update(learner, PAYOFF, 50);
        assertEquals(1 / (1 + Math.exp(5 - before)), chance(learner.logits(), 0), 1e-12);
    }

    /// Hawks and doves, V = 1, C = 4: one population settles at V/C hawks; two specialise.
    @Test
    void hawksSettleAtValueOverCost() {
        Map<String, String> hawkDove = Map.of("payoffs", "-1.5 1 ; 0 0.5");
        ReplicatorDynamics one = replicator(Unit.ALL, hawkDove);
        update(one, PAYOFF, 2000);
        assertEquals(0.25, chance(one.logits(), 0), 1e-9);
        ReplicatorDynamics two = replicator(Unit.NONE, hawkDove);
        update(two, PAYOFF, 2000);
        double first = chance(two.logits(), 0);
        double second = chance(two.logits(), 2);
        assertEquals(1, Math.max(first, second), 1e-6);
        assertEquals(0, Math.min(first, second), 1e-6);
    }

    /// x₁x₂y₁y₂ is constant along matching pennies' flow.
    @Test
    void penniesCircleForEverAndEulerSpiralsOutwards() {
        ReplicatorDynamics flow = replicator(Unit.NONE, PENNIES);
        ReplicatorDynamics jumps = replicator(Unit.NONE, PENNIES, "integrator", "euler");
        double before = product(flow.logits());
        assertEquals(before, product(jumps.logits()));
        double start = chance(flow.logits(), 0);
        update(flow, PAYOFF, 2000);
        update(jumps, PAYOFF, 2000);
        assertEquals(before, product(flow.logits()), 1e-6 * before);
        assertTrue(product(jumps.logits()) < 0.5 * before);
        assertTrue(Math.abs(chance(flow.logits(), 0) - start) > 1e-3, "it moves");
    }

    private static double product(double[] z) {
        double p = chance(z, 0);
        double q = chance(z, 2);
        return p * (1 - p) * q * (1 - q);
    }

    /// One step of ẏ = y by Runge and Kutta is the exponential series up to h⁴/24.
    @Test
    void theIntegratorsAreOfTheirOrders() {
        double[] y = {1};
        new Flow(1, true).step((z, into) -> into[0] = z[0], y, 0.5);
        assertEquals(1 + 0.5 + 0.125 + 0.125 / 6 + 0.0625 / 24, y[0], 1e-15);
        y[0] = 2;
        assertEquals(2, new Flow(1, false).step((z, into) -> into[0] = z[0], y, 0.5));
        assertEquals(3, y[0]);
    }

    /// What acts is what was computed, seen from each player's side.
    @Test
    void tablesActByTheStrategies() {
        Setup setup =
                setup(
                        Algorithm.REPLICATOR,
                        Unit.NONE,
                        Map.of("payoffs", "3 0 ; 5 1", "memory", "on"));
        ReplicatorDynamics learner = new ReplicatorDynamics(setup);
        update(learner, PAYOFF, 3);
        float[] seen = new float[Memory1.POLICY];
        float[] outputs = new float[2];
        for (int player = 0; player < 2; player++) {
            for (int s = 0; s < Memory1.POLICY; s++) {
                Arrays.fill(seen, 0);
                seen[s] = 1;
                learner.behaviours().get(player).network().forward(seen, 0, 1, outputs);
                int at = 2 * (player * Memory1.POLICY + s);
                assertEquals((float) learner.logits()[at], outputs[0]);
                assertEquals((float) learner.logits()[at + 1], outputs[1]);
            }
        }
    }
}
