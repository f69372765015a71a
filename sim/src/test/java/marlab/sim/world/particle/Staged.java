package marlab.sim.world.particle;

import java.util.HashMap;
import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;

/// One copy of a world whose state a test sets by hand.
final class Staged {

    final ParallelEnv env;
    private final int agents;

    Staged(WorldProvider world, Object... pairs) {
        env = world.create(options(world, pairs));
        env.reset(0);
        agents = env.spec().agentCount();
    }

    /// Options from pairs of name and value.
    static EnvOptions options(WorldProvider world, Object... pairs) {
        Map<String, String> texts = new HashMap<>();
        for (int k = 0; k < pairs.length; k += 2) {
            texts.put(pairs[k].toString(), pairs[k + 1].toString());
        }
        return world.configure(texts);
    }

    /// Sets numbers of the state from a place on.
    Staged set(int at, double... numbers) {
        Frame frame = frame();
        System.arraycopy(numbers, 0, frame.state, at, numbers.length);
        env.restore(frame);
        return this;
    }

    Frame frame() {
        Frame frame = new Frame(env.spec());
        env.snapshot(frame);
        return frame;
    }

    /// Steps with choices and gives the rewards under default weights.
    double[] step(int... choices) {
        Actions actions = new Actions(env.spec());
        for (int i = 0; i < choices.length; i++) {
            actions.choose(i, choices[i]);
        }
        return rewards(env.step(actions));
    }

    /// Steps with numbers and gives the rewards.
    double[] step(double[]... numbers) {
        Actions actions = new Actions(env.spec());
        for (int i = 0; i < numbers.length; i++) {
            for (int k = 0; k < numbers[i].length; k++) {
                actions.box(i, k, numbers[i][k]);
            }
        }
        return rewards(env.step(actions));
    }

    private double[] rewards(StepResult result) {
        double[] rewards = new double[agents];
        RewardWeights.defaults(env.spec().terms()).combine(result.terms, 0, agents, rewards, 0);
        return rewards;
    }

    double[] see(int agent) {
        double[] seen = new double[env.spec().groupOf(agent).observation().size()];
        env.observe(agent, seen, 0);
        return seen;
    }

    /// Mean over episodes of a metric that is summed over steps, or of its last value.
    static double play(WorldProvider world, EnvOptions options, String script, String metric) {
        ParallelEnv env = world.create(options);
        int m = 0;
        while (!env.spec().metrics().get(m).name().equals(metric)) {
            m++;
        }
        boolean last = env.spec().metrics().get(m).over().name().equals("LAST");
        Policy policy = world.scriptedPolicies(options).get(script);
        Decision decision = new Decision(env.spec());
        RandomStream random = new RandomStream(1);
        double sum = 0;
        for (int episode = 0; episode < 50; episode++) {
            env.reset(episode);
            policy.episodeBegins(env);
            boolean over = false;
            while (!over) {
                policy.act(env, decision, random);
                StepResult result = env.step(decision.actions);
                over = result.over();
                sum += !last || over ? result.metrics[m] : 0;
            }
        }
        return sum / 50;
    }
}
