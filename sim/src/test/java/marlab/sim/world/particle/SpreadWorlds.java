package marlab.sim.world.particle;

import java.util.HashMap;
import java.util.Map;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.snapshot.Frame;

/// Simple Spread in states of the test's choosing.
public final class SpreadWorlds {

    public static final SimpleSpread WORLD = new SimpleSpread();

    private SpreadWorlds() {}

    /// Options from pairs of name and value.
    public static EnvOptions options(Object... pairs) {
        Map<String, String> texts = new HashMap<>();
        for (int k = 0; k < pairs.length; k += 2) {
            texts.put(pairs[k].toString(), pairs[k + 1].toString());
        }
        return EnvOptions.of(WORLD.options(), texts);
    }

    /// A copy with agents at rest at (x, y) and landmarks likewise.
    public static ParallelEnv at(EnvOptions options, double[][] agents, double[][] landmarks) {
        ParallelEnv env = WORLD.create(options);
        env.reset(0);
        Frame frame = new Frame(env.spec());
        env.snapshot(frame);
        int n = agents.length;
        for (int i = 0; i < n; i++) {
            frame.state[4 * i] = agents[i][0];
            frame.state[4 * i + 1] = agents[i][1];
            frame.state[4 * n + 2 * i] = landmarks[i][0];
            frame.state[4 * n + 2 * i + 1] = landmarks[i][1];
        }
        env.restore(frame);
        return env;
    }

    /// What an agent sees.
    public static double[] observe(ParallelEnv env, int agent) {
        double[] seen = new double[env.spec().groupOf(agent).observation().size()];
        env.observe(agent, seen, 0);
        return seen;
    }
}
