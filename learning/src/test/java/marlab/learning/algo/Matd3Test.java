package marlab.learning.algo;

import static marlab.learning.algo.Played.BOX;
import static marlab.learning.algo.Played.TWO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class Matd3Test {

    @Test
    void bothCriticsLearnFromTheLowerTarget() {
        for (List<Float> targets : List.of(List.of(4f, 10f), List.of(10f, 4f))) {
            try (Played game = new Played(Algorithm.MATD3, 1, TWO, "tau", "0", "discount", "0.5")) {
                Probe probe = new Probe(game.learner);
                probe.constant("agent0.action_value_target", targets.get(0));
                probe.constant("agent0.action_value2_target", targets.get(1));
                probe.show(game.learner);
                for (int k = 0; k < 30; k++) {
                    game.round((_, _, _) -> 1, false, false);
                }
                assertEquals(3, probe.value("agent0.action_value", 1, 1, 0), 0.1);
                assertEquals(3, probe.value("agent0.action_value2", 1, 1, 0), 0.1);
            }
        }
    }

    @Test
    void actorsAndTargetsMoveWithEveryNthUpdateOfTheCritics() {
        try (Played game =
                new Played(Algorithm.MATD3, 1, BOX, "gradient_steps", "4", "delay", "3")) {
            Probe probe = new Probe(game.learner);
            game.round((_, _, _) -> 1, true, true);
            assertEquals(4, probe.adams.get("agent0.action_value").steps());
            assertEquals(4, probe.adams.get("agent0.action_value2").steps());
            assertEquals(1, probe.adams.get("agent0.actor").steps());
            game.round((_, _, _) -> 1, true, true); // 8 updates: 3 and 6
            assertEquals(2, probe.adams.get("agent0.actor").steps());
        }
    }

    /// Q′(a) = a in halves of the box, all target actions 0: y is 0 in the mean with noise, and the
    /// loss the variance of the clipped noise.
    @Test
    void targetActionsAreBlurredWithinTheirClip() {
        try (Played game =
                new Played(
                        Algorithm.MATD3,
                        1,
                        BOX,
                        "tau",
                        "0",
                        "discount",
                        "1",
                        "target_noise",
                        "5",
                        "target_clip",
                        "0.5",
                        "critic_rate",
                        "0")) {
            Probe probe = new Probe(game.learner);
            for (String name :
                    List.of("agent0.action_value_target", "agent0.action_value2_target")) {
                probe.constant(name, 0);
                var critic = probe.networks.get(name).parameters();
                critic.values()[critic.blocks().get("hidden1.weight").at() + 24] = 0.01f;
                critic.values()[critic.blocks().get("out.weight").at()] = 100;
            }
            probe.constant("agent0.action_value", 0);
            probe.constant("agent0.action_value2", 0);
            probe.constant("agent0.actor_target", 0);
            probe.show(game.learner);
            double loss = Played.figure(game.round((_, _, _) -> 0, true, false), "value_loss");
            // |noise| < ½ with probability 0.0797, uniformly there in good approximation
            assertEquals(0.25 * 0.9203 + 0.0797 / 12, loss, 0.005);
        }
    }

    @Test
    void theBestRealActionIsFound() {
        try (Played game =
                new Played(Algorithm.MATD3, 1, BOX, "warm_up", "1000", "critic_rate", "0.01")) {
            for (int k = 0; k < 150; k++) {
                game.round((x, a, _) -> -(a[0] - 3 - x[0]) * (a[0] - 3 - x[0]) / 16, true, true);
            }
            assertEquals(4, game.mode(0, 1), 0.4);
            assertEquals(2, game.mode(0, -1), 0.4);
        }
    }
}
