package marlab.sim.world.particle;

import java.util.HashMap;
import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;

/// Particle worlds in states of the test's choosing.
final class ParticleWorlds {

    private ParticleWorlds() {}

    /// Options from pairs of name and value.
    static Map<String, String> given(Object... pairs) {
        Map<String, String> texts = new HashMap<>();
        for (int k = 0; k < pairs.length; k += 2) {
            texts.put(pairs[k].toString(), pairs[k + 1].toString());
        }
        return texts;
    }

    /// A copy in this state: agents at rest at (x, y), landmarks, then what is behind.
    static ParallelEnv at(
            WorldProvider world,
            Map<String, String> options,
            double[][] agents,
            double[][] landmarks,
            double... behind) {
        ParallelEnv env = world.create(world.configure(options));
        env.reset(0);
        Frame frame = new Frame(env.spec());
        env.snapshot(frame);
        int at = 0;
        for (double[] agent : agents) {
            frame.state[at++] = agent[0];
            frame.state[at++] = agent[1];
            frame.state[at++] = agent.length > 2 ? agent[2] : 0;
            frame.state[at++] = agent.length > 2 ? agent[3] : 0;
        }
        for (double[] landmark : landmarks) {
            frame.state[at++] = landmark[0];
            frame.state[at++] = landmark[1];
        }
        for (double number : behind) {
            frame.state[at++] = number;
        }
        if (at != frame.state.length) {
            throw new IllegalArgumentException(at + " of " + frame.state.length);
        }
        env.restore(frame);
        return env;
    }

    /// A step in which nobody does anything.
    static StepResult idle(ParallelEnv env) {
        return env.step(new Actions(env.spec()));
    }

    /// Rewards under default weights.
    static double[] rewards(ParallelEnv env, StepResult result) {
        double[] rewards = new double[env.spec().agentCount()];
        RewardWeights.defaults(env.spec().terms())
                .combine(result.terms, 0, rewards.length, rewards, 0);
        return rewards;
    }

    /// What an agent sees.
    static double[] observe(ParallelEnv env, int agent) {
        double[] seen = new double[env.spec().groupOf(agent).observation().size()];
        env.observe(agent, seen, 0);
        return seen;
    }

    /// Mean over 60 episodes of the sum over steps of a metric.
    static double score(
            WorldProvider world, Map<String, String> options, String policy, int metric) {
        ParallelEnv env = world.create(world.configure(options));
        Policy script = world.scriptedPolicies(world.configure(options)).get(policy);
        Decision decision = new Decision(env.spec());
        RandomStream random = new RandomStream(7);
        double sum = 0;
        for (int episode = 0; episode < 60; episode++) {
            env.reset(episode);
            script.episodeBegins(env);
            StepResult result;
            do {
                script.act(env, decision, random);
                result = env.step(decision.actions);
                sum += result.metrics[metric];
            } while (!result.over());
        }
        return sum / 60;
    }
}
