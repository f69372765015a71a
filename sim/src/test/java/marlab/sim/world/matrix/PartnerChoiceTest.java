package marlab.sim.world.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;

/// With three players and everything on, actions are: choose +1, choose +2, cooperate, defect, fine
/// nobody, fine partner, fine seen, fine both.
class PartnerChoiceTest {

    private static final PartnerChoice WORLD = new PartnerChoice();
    private static final int C = 2;
    private static final int D = 3;
    private static final int NOBODY = 4;
    private static final int PARTNER = 5;
    private static final int SEEN = 6;
    private static final int BOTH = 7;

    private static ParallelEnv env(Map<String, String> options) {
        ParallelEnv env = WORLD.create(WORLD.configure(options));
        env.reset(1);
        return env;
    }

    private static ParallelEnv three() {
        return env(Map.of("players", "3"));
    }

    private static StepResult play(ParallelEnv env, int... choices) {
        Actions actions = new Actions(env.spec());
        for (int i = 0; i < choices.length; i++) {
            actions.choose(i, choices[i]);
        }
        return env.step(actions);
    }

    private static double[] term(StepResult result, int term) {
        return new double[] {result.terms[term], result.terms[4 + term], result.terms[8 + term]};
    }

    private static double[] seen(ParallelEnv env, int agent) {
        double[] seen = new double[env.spec().groups().getFirst().observation().size()];
        env.observe(agent, seen, 0);
        return seen;
    }

    @Test
    void whoIsChosenOftenPlaysOften() {
        ParallelEnv env = three();
        assertArrayEquals(new double[3], term(play(env, 0, 0, 1), 0), "A to B, B to C, C to B");
        StepResult result = play(env, D, C, C);
        assertArrayEquals(new double[] {4, 6, 6}, term(result, 0), "B: 0 + 3 + 3, A: 4");
        assertEquals(2 / 3.0, result.metrics[1], 1e-15);
        assertEquals(1, result.metrics[3], "all partners were kind");
    }

    @Test
    void aThirdPartySeesWhoIsNotItsPartner() {
        ParallelEnv env = three();
        play(env, 0, 0, 1);
        play(env, D, C, C);
        // with three players there is one candidate: A sees C, B sees A, C sees A
        StepResult result = play(env, PARTNER, SEEN, BOTH);
        assertArrayEquals(new double[] {-1, -1, -2}, term(result, 1));
        assertArrayEquals(new double[] {-6, -6, 0}, term(result, 2));
        assertEquals(4, result.metrics[4]);
        assertEquals(0.5, result.metrics[5], "two of four hit the defector");
        assertEquals(2 / 3.0, result.metrics[1], 1e-15, "as in the round");
    }

    @Test
    void observationsTellTheStepThePartnerAndThenItsAct() {
        ParallelEnv env = three();
        assertArrayEquals(
                new double[] {1, 0, 0, 0.5, 0, 0, 0, 0, 0, 0, 0.5, 0, 0.5, 0}, seen(env, 0));
        play(env, 0, 0, 1);
        assertArrayEquals(
                new double[] {0, 1, 0, 0.5, 0, 1, 0, 0.5, 0, 0, 0.5, 1, 0.5, 0}, seen(env, 1));
        play(env, D, C, C);
        assertArrayEquals(new double[] {0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0}, seen(env, 0));
        play(env, NOBODY, SEEN, SEEN);
        assertEquals(1, seen(env, 0)[6], "A was fined by both others");
        assertEquals(0, seen(env, 0)[8], "the partner's act is no longer shown");
    }

    @Test
    void wrongActionsFineNobodyAndDefect() {
        ParallelEnv env = three();
        play(env, C, C, C);
        StepResult played = play(env, 0, NOBODY, BOTH);
        assertEquals(0, played.metrics[2], "no one cooperated");
        StepResult fined = play(env, 0, C, D);
        assertEquals(0, fined.metrics[4]);
    }

    @Test
    void reputationIsTheLastActOrTheMean() {
        double[] last = secondRound("last");
        assertEquals(0, last[3]);
        double[] mean = secondRound("mean");
        assertEquals(0.5, mean[3]);
        assertEquals(0, secondRound("none")[3]);
    }

    private static double[] secondRound(String reputation) {
        ParallelEnv env = env(Map.of("players", "3", "reputation", reputation));
        for (int kind : new int[] {C, D}) {
            play(env, 0, 0, 0);
            play(env, kind, kind, kind);
            play(env, NOBODY, NOBODY, NOBODY);
        }
        return seen(env, 0);
    }

    @Test
    void withoutSelectionChanceGivesPartnersEvenly() {
        ParallelEnv env =
                env(
                        Map.of(
                                "players",
                                "4",
                                "selection",
                                "off",
                                "punishment",
                                "none",
                                "rounds",
                                "3000"));
        int[] counts = new int[4];
        double[] seen = new double[16];
        for (int t = 0; t < 3000; t++) {
            env.observe(0, seen, 0);
            for (int places = 1; places < 4; places++) {
                counts[places] += (int) seen[10 + 2 * (places - 1) + 1];
            }
            play(env, 0, 0, 0, 0);
        }
        for (int places = 1; places < 4; places++) {
            assertEquals(1000, counts[places], 110, "about four standard deviations");
        }
    }

    @Test
    void witnessesAreDrawnEvenlyFromTheOthers() {
        ParallelEnv env = env(Map.of("players", "4", "rounds", "3000"));
        int sawKind = 0;
        for (int t = 0; t < 3000; t++) {
            play(env, 0, 0, 0, 0); // A plays with B
            play(env, 3, 3, 3, 4); // three cooperate, D defects
            sawKind += (int) seen(env, 0)[9];
            play(env, 5, 5, 5, 5);
        }
        assertEquals(1500, sawKind, 110);
    }

    @Test
    void discriminatorsKeepCheatsPoor() {
        EnvOptions options = WORLD.defaults();
        ParallelEnv env = WORLD.create(options);
        env.reset(1);
        Policy people = WORLD.scriptedPolicies(options).get("mixed people");
        Decision decision = new Decision(env.spec());
        RandomStream random = new RandomStream(1);
        double[] earned = new double[6];
        StepResult result;
        do {
            people.act(env, decision, random);
            result = env.step(decision.actions);
            for (int i = 0; i < 6; i++) {
                earned[i] +=
                        result.terms[4 * i] + result.terms[4 * i + 1] + result.terms[4 * i + 2];
            }
        } while (!result.truncated);
        assertTrue(earned[2] + earned[5] < earned[0] + earned[1], "cheats against discriminators");
        assertEquals(1, result.metrics[5], "who cooperates is never fined");
    }
}
