package marlab.learning.algo;

import static marlab.learning.algo.Played.BOX;
import static marlab.learning.algo.Played.TWO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import marlab.learning.net.Network;
import org.junit.jupiter.api.Test;

class MaddpgTest {

    private static final float[][] TABLE = {{3, -1}, {0, 7}};

    private static Played.Rules table() {
        return (_, a, agent) -> (agent == 0 ? 1 : -1) * TABLE[(int) a[0]][(int) a[1]];
    }

    /// Critic's input of an agent: what it sees, its choice, what the other sees, its choice.
    private static float[] joint(float x, int own, float y, int other) {
        return new float[] {x, 1 - own, own, y, 1 - other, other};
    }

    @Test
    void criticsKnowTheWholeTableOfAGame() {
        try (Played game = new Played(Algorithm.MADDPG, 2, TWO, "critic_rate", "0.01")) {
            for (int k = 0; k < 30; k++) {
                game.round(table(), false, true);
            }
            Probe probe = new Probe(game.learner);
            for (int a = 0; a < 2; a++) {
                for (int b = 0; b < 2; b++) {
                    float first = probe.value("agent0.action_value", joint(1, a, -1, b));
                    float second = probe.value("agent1.action_value", joint(-1, b, 1, a));
                    assertEquals(TABLE[a][b], first, 0.3, a + " " + b);
                    assertEquals(-TABLE[a][b], second, 0.3, a + " " + b);
                }
            }
        }
    }

    /// Targets that stay as they are: y = r + γ Σ_a' Π_j μ_j'(a_j') Q'(a') in the mean. μ' begins
    /// as nearly uniform; Q' is 8 where both target policies say yes, else 0 (by a hidden unit).
    @Test
    void targetsAreTheTargetCriticOfWhatAllTargetPoliciesDo() {
        try (Played game = new Played(Algorithm.MADDPG, 2, TWO, "tau", "0", "discount", "0.5")) {
            Probe probe = new Probe(game.learner);
            for (String agent : List.of("agent0", "agent1")) {
                Network actor = probe.networks.get(agent + ".actor_target");
                probe.constant(agent + ".actor_target", 0);
                float[] weights = actor.parameters().values();
                weights[actor.parameters().blocks().get("out.bias").at()] = -100; // always yes
                Network critic = probe.networks.get(agent + ".action_value_target");
                probe.constant(agent + ".action_value_target", 0);
                float[] w = critic.parameters().values();
                var block = critic.parameters().blocks();
                // tanh(30·own + 30·other − 45) is 1 where both say yes, −1 elsewhere
                w[block.get("hidden1.weight").at() + 2 * 24] = 30;
                w[block.get("hidden1.weight").at() + 5 * 24] = 30;
                w[block.get("hidden1.bias").at()] = -45;
                w[block.get("out.weight").at()] = 4;
                w[block.get("out.bias").at()] = 4;
            }
            probe.show(game.learner);
            for (int k = 0; k < 30; k++) {
                game.round((_, _, agent) -> agent + 1, false, false);
            }
            assertEquals(1 + 0.5 * 8, probe.value("agent0.action_value", joint(1, 0, 1, 1)), 0.2);
            assertEquals(2 + 0.5 * 8, probe.value("agent1.action_value", joint(1, 0, 1, 1)), 0.2);
        }
    }

    /// Reward −(a + b − 2)² and the other's action known to the critic alone: both must move
    /// together to a + b = 2.
    @Test
    void agentsCoordinateRealActions() {
        try (Played game =
                new Played(Algorithm.MADDPG, 2, BOX, "warm_up", "1000", "critic_rate", "0.01")) {
            for (int k = 0; k < 80; k++) {
                game.round((_, a, _) -> -(a[0] + a[1] - 2) * (a[0] + a[1] - 2) / 16, true, true);
            }
            assertEquals(2, game.mode(0, 1) + game.mode(1, 1), 0.4);
        }
    }

    @Test
    void policiesOfOthersAreInferredFromWhatTheyDo() {
        try (Played game =
                new Played(Algorithm.MADDPG, 2, TWO, "inferred", "on", "learning_rate", "0.01")) {
            // agent 1's actor stays fixed: it says yes with probability ¾ where it sees 1
            Probe probe = new Probe(game.learner);
            for (int k = 0; k < 40; k++) {
                probe.constant("agent1.actor", 0);
                Network actor = probe.networks.get("agent1.actor");
                float[] w = actor.parameters().values();
                var block = actor.parameters().blocks();
                w[block.get("hidden1.weight").at()] = 10;
                w[block.get("out.weight").at() + 1] = (float) Math.log(3); // ± log 3
                probe.show(game.learner);
                game.round((_, _, _) -> 0, true, true);
            }
            float[] output = new float[2];
            Categorical head = new Categorical(2);
            Network guess = probe.networks.get("agent0.guess_of_agent1");
            guess.forward(new float[] {1}, 0, 1, output);
            assertEquals(0.75, head.probabilities(output, 0)[1], 0.07);
            guess.forward(new float[] {-1}, 0, 1, output);
            assertEquals(0.25, head.probabilities(output, 0)[1], 0.07);
        }
    }

    /// What the others are thought to do decides the targets: with guesses that differ from the
    /// policies the values differ.
    @Test
    void targetsUseWhatIsInferred() {
        float[] values = new float[2];
        for (int k = 0; k < 2; k++) {
            try (Played game =
                    new Played(
                            Algorithm.MADDPG,
                            2,
                            TWO,
                            "inferred",
                            k == 0 ? "off" : "on",
                            "tau",
                            "0",
                            "discount",
                            "0.5")) {
                Probe probe = new Probe(game.learner);
                // Q' = 10 where the other says yes; the other does, but is guessed not to
                Network critic = probe.networks.get("agent0.action_value_target");
                probe.constant("agent0.action_value_target", 5);
                var block = critic.parameters().blocks();
                float[] w = critic.parameters().values();
                w[block.get("hidden1.weight").at() + 5 * 24] = 40;
                w[block.get("hidden1.bias").at()] = -20;
                w[block.get("out.weight").at()] = 5;
                probe.constant("agent1.actor_target", -100);
                if (k == 1) {
                    probe.constant("agent0.guess_of_agent1_target", 100);
                }
                probe.show(game.learner);
                for (int round = 0; round < 25; round++) {
                    game.round((_, _, _) -> 1, false, false);
                }
                values[k] = probe.value("agent0.action_value", joint(1, 0, 1, 1));
            }
        }
        assertEquals(1 + 5, values[0], 0.3);
        assertEquals(1, values[1], 0.3);
        assertNotEquals(values[0], values[1]);
    }

    @Test
    void onlyTheSubPolicyOfARowLearnsFromIt() {
        try (Played game = new Played(Algorithm.MADDPG, 1, TWO)) {
            assertEquals(1, game.setup.actorInput(game.setup.units().getFirst()).size());
        }
        try (Played game = new Played(Algorithm.MADDPG, 1, TWO, "ensemble", "3")) {
            assertEquals(2, game.setup.actorInput(game.setup.units().getFirst()).size());
            Network actor = game.learner.behaviours().getFirst().network();
            float[] before = actor.parameters().values().clone();
            var rollout = game.experience.rollout(0);
            for (int row = 0; row < rollout.rows(); row++) {
                rollout.input[2 * row] = 1;
                rollout.input[2 * row + 1] = 1; // the second
                rollout.nextActor[2 * row + 1] = 1;
                rollout.action[row] = row % 2;
                rollout.reward[row] = row % 2;
                rollout.end(row, true, true);
            }
            for (int k = 0; k < 10; k++) {
                game.learner.update(game.experience, 0, game.workers);
            }
            actor.parameters()
                    .blocks()
                    .forEach((name, block) -> {
                        boolean changed = false;
                        int end = block.at() + block.rows() * block.columns();
                        for (int k = block.at(); k < end; k++) {
                            changed |= before[k] != actor.parameters().values()[k];
                        }
                        assertEquals(name.startsWith("member2"), changed, name);
                    });
            float[] output = new float[2];
            actor.forward(new float[] {1, 1}, 0, 1, output);
            assertTrue(output[1] > output[0], "the rewarded choice");
        }
    }
}
