package marlab.sim.world.particle;

import static marlab.sim.ForAll.forAll;
import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.at;
import static marlab.sim.world.particle.SpreadWorlds.observe;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.StepResult;
import marlab.sim.policy.Decision;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleSpreadTest {

    private static final double[][] FAR_LANDMARK = {{3, 3}};

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, -0.5, 0", "2, 0.5, 0", "3, 0, -0.5", "4, 0, 0.5"})
    void eachChoicePushesItsWay(int choice, double vx, double vy) {
        ParallelEnv env = at(options("agents", 1), new double[][] {{0, 0}}, FAR_LANDMARK);
        Actions actions = new Actions(env.spec());
        actions.choose(0, choice);
        env.step(actions);
        assertEquals(vx, observe(env, 0)[0], 1e-15);
        assertEquals(vy, observe(env, 0)[1], 1e-15);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, 0, 0, 0.5, 0", // full push right
        "0, 0.25, 1, 0, 0, 0.375, 0", // left takes from right
        "1, 0, 0, 0, 0, 0, 0", // the first number means nothing
        "0, -3, 2, 0.5, 7, 0.5, 0.25" // clipped to 0 and 1
    })
    void continuousPushesAreDifferencesOfClippedNumbers(
            double stay, double left, double right, double down, double up, double vx, double vy) {
        EnvOptions options = options("agents", 1, "actions", "continuous");
        ParallelEnv env = at(options, new double[][] {{0, 0}}, FAR_LANDMARK);
        Actions actions = new Actions(env.spec());
        double[] numbers = {stay, left, right, down, up};
        for (int k = 0; k < 5; k++) {
            actions.box(0, k, numbers[k]);
        }
        StepResult result = env.step(actions);
        assertEquals(vx, observe(env, 0)[0], 1e-15);
        assertEquals(vy, observe(env, 0)[1], 1e-15);
        double push = Math.sqrt(vx * vx + vy * vy) / 0.5;
        assertEquals(-push, result.terms[env.spec().termIndex("energy")], 1e-15);
    }

    @Test
    void rewardTermsAreTheClosedForms() {
        ParallelEnv env =
                at(
                        options("agents", 2),
                        new double[][] {{0, 0}, {0.2, 0}},
                        new double[][] {{0, 1}, {1, 0}});
        Actions actions = new Actions(env.spec());
        actions.choose(1, 4);
        StepResult result = env.step(actions); // nobody has moved yet: positions go first
        double[] expected = {-1.8, -1, -1, 0, -1.8, -1, -0.8, -1};
        assertArrayEquals(expected, result.terms, 1e-15);
        assertArrayEquals(new double[] {1.8, 1, 0, 0}, result.metrics, 1e-15);
        double[] rewards = new double[2];
        RewardWeights.defaults(env.spec().terms()).combine(result.terms, 0, 2, rewards, 0);
        assertArrayEquals(new double[] {-1.4, -1.4}, rewards, 1e-15);
    }

    @Test
    void mpe2RewardIsHalfCoverPlusHalfCollide() {
        var terms = WORLD.create(WORLD.defaults()).spec().terms();
        RewardWeights weights = RewardWeights.defaults(terms);
        double[] cover = {-1, 0, 0, 0};
        double[] collide = {0, -1, 0, 0};
        double[] others = {0, 0, -1, -1};
        double[] reward = new double[1];
        weights.combine(cover, 0, 1, reward, 0);
        assertEquals(-0.5, reward[0]);
        weights.combine(collide, 0, 1, reward, 0);
        assertEquals(-0.5, reward[0]);
        weights.combine(others, 0, 1, reward, 0);
        assertEquals(0, reward[0]);
        assertEquals(0, weights.share());
    }

    @Test
    void agentsExactlyAtTouchingDistanceDoNotCollide() {
        assertEquals(0, hits(0.3));
        assertEquals(1, hits(Math.nextDown(0.3)));
    }

    private static double hits(double distance) {
        double[][] agents = {{0, 0}, {distance, 0}};
        ParallelEnv env = at(options("agents", 2), agents, new double[][] {{3, 3}, {3, 3}});
        return env.step(new Actions(env.spec())).metrics[1];
    }

    @Test
    void aLandmarkIsCoveredNearerThanTenCentimetres() {
        assertEquals(0, coverage(0.1));
        assertEquals(1, coverage(Math.nextDown(0.1)));
    }

    private static double coverage(double distance) {
        double[][] agents = {{distance, 0}};
        ParallelEnv env = at(options("agents", 1), agents, new double[][] {{0, 0}});
        return env.step(new Actions(env.spec())).metrics[2];
    }

    @Test
    void successEndsTheEpisodeOnlyWhereAskedTo() {
        double[][] same = {{0.5, 0.5}, {-0.5, 0.5}};
        for (String success : List.of("on", "off")) {
            ParallelEnv env = at(options("agents", 2, "success", success), same, same);
            StepResult result = env.step(new Actions(env.spec()));
            assertEquals(success.equals("on"), result.terminated[0] && result.terminated[1]);
            assertEquals(success.equals("on"), result.over());
            assertFalse(result.truncated);
        }
    }

    @Test
    void halfTheLandmarksIsNoSuccess() {
        double[][] agents = {{0.5, 0.5}, {-0.5, 0.5}};
        double[][] landmarks = {{0.5, 0.5}, {-0.5, 0.9}};
        ParallelEnv env = at(options("agents", 2, "success", "on"), agents, landmarks);
        StepResult result = env.step(new Actions(env.spec()));
        assertEquals(0.5, result.metrics[2]);
        assertFalse(result.over());
    }

    @Test
    void observationIsTheReferencesVector() {
        double[][] agents = {{0.1, 0.2}, {-0.3, 0.4}, {0.5, -0.6}};
        double[][] landmarks = {{1, 0}, {0, 1}, {-1, -1}};
        double[] seen = observe(at(options(), agents, landmarks), 1);
        double[] expected = {
            0, 0, -0.3, 0.4, 1.3, -0.4, 0.3, 0.6, -0.7, -1.4, 0.4, -0.2, 0.8, -1, 0, 0, 0, 0
        };
        assertArrayEquals(expected, seen, 1e-15);
    }

    @Test
    void theCriticSeesVelocitiesWhereTheMessagesStand() {
        ParallelEnv env = WORLD.create(options());
        env.reset(4);
        Actions actions = new Actions(env.spec());
        actions.choose(0, 2);
        actions.choose(2, 3);
        env.step(actions);
        double[] central = new double[18];
        env.observeCentral(1, central, 0);
        assertArrayEquals(Arrays.copyOf(observe(env, 1), 14), Arrays.copyOf(central, 14));
        assertArrayEquals(
                new double[] {0.5, 0, 0, -0.5}, Arrays.copyOfRange(central, 14, 18), 1e-9);
    }

    @Test
    void startsAreUniformInTheSquareAndAtRest() {
        ParallelEnv env = WORLD.create(options("agents", 2));
        double sum = 0;
        double squares = 0;
        int count = 4_000;
        for (int seed = 0; seed < count; seed++) {
            env.reset(seed);
            double[] seen = observe(env, 0);
            assertEquals(0, seen[0]);
            assertEquals(0, seen[1]);
            assertTrue(Math.abs(seen[2]) <= 1 && Math.abs(seen[2] + seen[4]) <= 1);
            sum += seen[2];
            squares += seen[2] * seen[2];
        }
        assertEquals(0, sum / count, 0.05);
        assertEquals(1 / 3.0, squares / count, 0.03);
    }

    @Test
    void dialectsAreTheClosedForms() {
        double[] metrics = {34, 1.2, 0, 0};
        var episode = new ReturnDialect.Episode(metrics, 3, 25);
        Map<String, Double> expected =
                Map.of(
                        "mpe2_per_agent", -17.4,
                        "mpe2_sum", -52.2,
                        "openai_per_agent", -59.8,
                        "epymarl", -179.4,
                        "maddpg_log", -538.2);
        var dialects = WORLD.create(WORLD.defaults()).spec().dialects();
        assertEquals(expected.size(), dialects.size());
        for (ReturnDialect dialect : dialects) {
            double value = dialect.value().applyAsDouble(episode);
            assertEquals(expected.get(dialect.name()), value, 1e-12, dialect.name());
        }
        assertEquals("mpe2_per_agent", dialects.getFirst().name());
    }

    /// MPE2: 0.5·cover + 0.5·hits of others. OpenAI: cover + hits, oneself among them.
    @Test
    void dialectsAgreeWithRewardsAddedUpStepByStep() {
        forAll(
                20,
                random -> {
                    int n = random.nextInt(1, 7);
                    ParallelEnv env = WORLD.create(options("agents", n));
                    env.reset(random.nextLong());
                    Decision decision = new Decision(env.spec());
                    RandomPolicy policy = new RandomPolicy();
                    double[] metrics = new double[4];
                    double mpe2 = 0;
                    double openAi = 0;
                    StepResult result;
                    do {
                        policy.act(env, decision, random);
                        result = env.step(decision.actions);
                        for (int i = 0; i < n; i++) {
                            double cover = result.terms[4 * i];
                            double hits = -result.terms[4 * i + 1];
                            mpe2 += 0.5 * cover - 0.5 * hits;
                            openAi += cover - (hits + 1);
                        }
                        metrics[0] += result.metrics[0];
                        metrics[1] += result.metrics[1];
                    } while (!result.over());
                    var episode = new ReturnDialect.Episode(metrics, n, 25);
                    double[] expected = {mpe2 / n, mpe2, openAi / n, openAi, n * openAi};
                    for (int k = 0; k < expected.length; k++) {
                        var dialect = env.spec().dialects().get(k);
                        assertEquals(expected[k], dialect.value().applyAsDouble(episode), 1e-9);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "51", "three", "", "3.5", "-1", "99999999999"})
    void aTeamSizeThatIsNoneIsRefusedInOneSentence(String agents) {
        var e = assertThrows(IllegalArgumentException.class, () -> options("agents", agents));
        String expected =
                "world option agents must be a whole number from 1 to 50, not \"" + agents + "\"";
        assertEquals(expected, e.getMessage());
    }

    @Test
    void aWordThatIsNoneIsRefusedInOneSentence() {
        var e = assertThrows(IllegalArgumentException.class, () -> options("physics", "newton"));
        assertEquals(
                "world option physics must be one of mpe2, classic, not \"newton\"",
                e.getMessage());
    }

    @Test
    void anOptionThatIsNoneIsRefusedInOneSentence() {
        var e = assertThrows(IllegalArgumentException.class, () -> options("agent", "3"));
        assertEquals(
                "the world has no option \"agent\"; it has agents,"
                        + " agent_neighbors, landmark_neighbors, stage, success, actions, physics, walls,"
                        + " horizon",
                e.getMessage());
    }

    @Test
    void shortSightShowsTheNearestFirstAndPadsWithZeros() {
        double[][] agents = {{0, 0}, {1, 0}, {0.5, 0}};
        double[][] landmarks = {{0, 1}, {0, 0.5}, {0, -2}};
        var options = options("agent_neighbors", 1, "landmark_neighbors", 4);
        double[] seen = observe(at(options, agents, landmarks), 0);
        double[] expected = {0, 0, 0, 0, 0, 0.5, 0, 1, 0, -2, 0, 0, 0.5, 0, 0, 0};
        assertArrayEquals(expected, seen, 1e-15);
    }

    @Test
    void atTheFirstStageTouchingCostsNothingButIsCounted() {
        double[][] agents = {{0, 0}, {0.2, 0}};
        ParallelEnv env = at(options("agents", 2, "stage", 0), agents, agents);
        StepResult result = env.step(new Actions(env.spec()));
        assertEquals(0, result.terms[env.spec().termIndex("collide")]);
        assertEquals(1, result.metrics[1]);
    }

    @Test
    void wallsKeepAgentsIn() {
        ParallelEnv env =
                at(options("agents", 1, "walls", "on"), new double[][] {{0.9, 0}}, FAR_LANDMARK);
        Actions actions = new Actions(env.spec());
        actions.choose(0, 2);
        for (int t = 0; t < 20; t++) {
            env.step(actions);
        }
        assertEquals(1, observe(env, 0)[2]);
        assertEquals(0, observe(env, 0)[0]);
    }
}
