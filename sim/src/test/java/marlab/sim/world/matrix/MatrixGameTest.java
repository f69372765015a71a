package marlab.sim.world.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.Metric;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.StepResult;
import marlab.sim.game.KnownGame;
import marlab.sim.game.Memory1;
import marlab.sim.game.PayoffMatrix;
import marlab.sim.game.SymmetricGame;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixGameTest {

    private static final MatrixGame WORLD = new MatrixGame();

    private static ParallelEnv env(Map<String, String> options) {
        ParallelEnv env = WORLD.create(WORLD.configure(options));
        env.reset(1);
        return env;
    }

    private static StepResult play(ParallelEnv env, int row, int column) {
        Actions actions = new Actions(env.spec());
        actions.choose(0, row);
        actions.choose(1, column);
        return env.step(actions);
    }

    private static double metric(ParallelEnv env, StepResult result, String name) {
        List<String> names = env.spec().metrics().stream().map(Metric::name).toList();
        return result.metrics[names.indexOf(name)];
    }

    private static double[] seen(ParallelEnv env, int agent) {
        double[] seen = new double[env.spec().groupOf(agent).observation().size()];
        env.observe(agent, seen, 0);
        return seen;
    }

    @Test
    void eachPlayerSeesItsOwnActionFirst() {
        ParallelEnv env = env(Map.of());
        assertArrayEquals(new double[] {1, 0, 0, 0, 0}, seen(env, 0), "start");
        play(env, 0, 1);
        assertArrayEquals(new double[] {0, 0, 1, 0, 0}, seen(env, 0), "CD");
        assertArrayEquals(new double[] {0, 0, 0, 1, 0}, seen(env, 1), "DC");
    }

    @Test
    void largerGamesHaveAStateForEveryPair() {
        ParallelEnv env = env(Map.of("game", "climbing"));
        play(env, 2, 1);
        assertEquals(1, seen(env, 0)[1 + 3 * 2 + 1]);
        assertEquals(1, seen(env, 1)[1 + 3 + 2]);
        assertEquals(10, seen(env, 0).length);
    }

    @Test
    void withoutMemoryPlayersSeeNothing() {
        ParallelEnv env = env(Map.of("memory", "off"));
        play(env, 0, 1);
        assertArrayEquals(new double[] {1}, seen(env, 0));
    }

    @Test
    void payoffsAreThoseOfTheSources() {
        for (KnownGame known : KnownGame.all()) {
            ParallelEnv env = env(Map.of("game", known.name()));
            PayoffMatrix payoffs = known.payoffs();
            for (int a = 0; a < payoffs.actions(); a++) {
                for (int b = 0; b < payoffs.actions(); b++) {
                    StepResult result = play(env, a, b);
                    assertEquals(payoffs.row(a, b), result.terms[0], known.name());
                    assertEquals(payoffs.column(a, b), result.terms[3], known.name());
                }
            }
        }
        ParallelEnv penalty = env(Map.of("game", "penalty", "k", "-25"));
        assertEquals(-25, play(penalty, 2, 2).terms[3]);
        assertEquals(10, play(penalty, 2, 0).terms[0]);
    }

    @Test
    void oneRoundIsAnEpisodeOfOneStep() {
        ParallelEnv env = env(Map.of("rounds", "1"));
        StepResult result = play(env, 0, 0);
        assertTrue(result.truncated);
        assertFalse(result.terminated[0]);
    }

    @Test
    void cooperationIsWhatIsBetterForBothWhereverItStands() {
        ParallelEnv env = env(Map.of("game", "chicken_openspiel"));
        assertEquals(1, metric(env, play(env, 1, 1), "cooperation"));
        assertEquals(0.5, metric(env, play(env, 1, 0), "cooperation"));
    }

    @Test
    void discountedFiguresBeginWithAWeightOfOne() {
        ParallelEnv env = env(Map.of("gamma", "0.5"));
        assertEquals(-2, metric(env, play(env, 1, 1), "discounted"));
        assertEquals(-1, metric(env, play(env, 1, 1), "discounted"));
        ReturnDialect lola =
                env.spec().dialects().stream()
                        .filter(d -> d.name().equals("lola"))
                        .findFirst()
                        .orElseThrow();
        double[] metrics = {-4, -3, 0, 0};
        assertEquals(-2, lola.value().applyAsDouble(new ReturnDialect.Episode(metrics, 2, 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3 0 ; 5", "1", "a b ; c d", "3,1 0 ; 5 1"})
    void payoffsThatAreNoneAreRefusedByName(String text) {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> WORLD.configure(Map.of("game", "custom", "payoffs", text)));
        assertTrue(
                refused.getMessage().startsWith("world option payoffs, line 1"),
                refused.getMessage());
    }

    @Test
    void ownPayoffsTellTheirGame() {
        EnvOptions options = WORLD.configure(Map.of("game", "custom", "payoffs", "4 0\n3 1"));
        assertEquals("4 0 ; 3 1", options.text("payoffs"));
        assertEquals("Stag Hunt", MatrixGame.game(options).title());
    }

    @Test
    void everyScriptedGameHasTheReturnsOfTheClosedForm() {
        double slip = 0.1;
        double[] titForTat = slips(slip, 1, 1, 0, 1, 0);
        double[] winStay = slips(slip, 1, 1, 0, 0, 1);
        double[] random = {0.5, 0.5, 0.5, 0.5, 0.5};
        compare("tit-for-tat vs random", slip, titForTat, random);
        compare("tit-for-tat", slip, titForTat, titForTat);
        compare("win-stay, lose-shift", slip, winStay, winStay);
    }

    private static double[] slips(double slip, double... chances) {
        double[] shaky = new double[chances.length];
        for (int k = 0; k < chances.length; k++) {
            shaky[k] = (1 - slip) * chances[k] + slip * (1 - chances[k]);
        }
        return shaky;
    }

    /// 6,000 episodes of 120 rounds, γ = 0.9: what comes later weighs 3e-6.
    private static void compare(String script, double slip, double[] first, double[] second) {
        EnvOptions options =
                WORLD.configure(Map.of("noise", "" + slip, "gamma", "0.9", "rounds", "120"));
        ParallelEnv env = WORLD.create(options);
        Policy policy = WORLD.scriptedPolicies(options).get(script);
        Decision decision = new Decision(env.spec());
        RandomStream random = new RandomStream(2);
        int episodes = 6000;
        double sum = 0;
        double squares = 0;
        for (int episode = 0; episode < episodes; episode++) {
            env.reset(episode);
            double discounted = 0;
            for (int t = 0; t < 120; t++) {
                policy.act(env, decision, random);
                discounted += env.step(decision.actions).metrics[1];
            }
            sum += discounted;
            squares += discounted * discounted;
        }
        double mean = sum / episodes;
        double error = Math.sqrt((squares / episodes - mean * mean) / episodes);
        Memory1.Returns exact =
                new Memory1(PayoffMatrix.parse("-1 -3 ; 0 -2"), 0.9).returns(first, second);
        double expected = (exact.first() + exact.second()) / 2;
        assertTrue(
                Math.abs(mean - expected) < 4 * error,
                script + ": " + mean + " ± " + error + " where " + expected + " was expected");
    }

    @Test
    void theExtortionersGainIsThreeTimesTheOthers() {
        SymmetricGame game = new SymmetricGame(3, 0, 5, 1);
        double[] extortion = GameScripts.extortion(game, 3);
        double tiny = 1e-9;
        Memory1.Returns returns =
                new Memory1(game.payoffs(), 1 - tiny)
                        .returns(extortion, new double[] {0.5, 0.8, 0.3, 0.6, 0.4});
        assertEquals(3 * (tiny * returns.second() - 1), tiny * returns.first() - 1, 1e-5);
    }

    @Test
    void slipsHappenAsOftenAsTheySay() {
        ParallelEnv env = env(Map.of("noise", "0.3", "rounds", "10000", "game", "climbing"));
        int slips = 0;
        for (int t = 0; t < 10_000; t++) {
            slips += play(env, 1, 1).terms[0] == 7 ? 0 : 1;
        }
        assertEquals(0.51, slips / 10_000.0, 0.02, "1 − 0.7²");
    }
}
