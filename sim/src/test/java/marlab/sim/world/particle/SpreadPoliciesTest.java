package marlab.sim.world.particle;

import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.StepResult;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;

class SpreadPoliciesTest {

    private static final int EPISODES = 1_000;

    /// Mean return per agent in the MPE2 dialect over fixed seeds.
    private static double meanReturn(String name, EnvOptions options) {
        Policy policy = WORLD.scriptedPolicies(options).get(name);
        ParallelEnv env = WORLD.create(options);
        ReturnDialect dialect = env.spec().dialects().getFirst();
        Decision decision = new Decision(env.spec());
        RandomStream random = new RandomStream(1);
        double sum = 0;
        for (int seed = 0; seed < EPISODES; seed++) {
            env.reset(seed);
            policy.episodeBegins(env);
            double[] metrics = new double[env.spec().metrics().size()];
            int steps = 0;
            StepResult result;
            do {
                policy.act(env, decision, random);
                result = env.step(decision.actions);
                steps++;
                for (int m = 0; m < 2; m++) {
                    metrics[m] += result.metrics[m];
                }
            } while (!result.over());
            var episode = new ReturnDialect.Episode(metrics, env.spec().agentCount(), steps);
            sum += dialect.value().applyAsDouble(episode);
        }
        return sum / EPISODES;
    }

    @Test
    void theRandomPolicyScoresWhatItScoresInTheReference() {
        assertEquals(-26.4, meanReturn("random", options()), 1.0);
    }

    @Test
    void theCoordinatedScriptBeatsTheBestDiscreteScriptKnown() {
        double value = meanReturn("coordinated", options());
        assertTrue(value > -7.35, "return " + value);
    }

    @Test
    void theCoordinatedScriptIsNotWorseWithContinuousPushes() {
        double value = meanReturn("coordinated", options("actions", "continuous"));
        assertTrue(value > -7.35, "return " + value);
    }

    @Test
    void theCoordinatedScriptAlsoRunsAmongFive() {
        double script = meanReturn("coordinated", options("agents", 5));
        double random = meanReturn("random", options("agents", 5));
        assertTrue(script > random / 2, script + " against " + random);
    }
}
