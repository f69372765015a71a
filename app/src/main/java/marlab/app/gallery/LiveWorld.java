package marlab.app.gallery;

import java.util.LinkedHashMap;
import java.util.Map;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameExchange;

/// A world at work for its small picture: its first script acts, slowly. Made and stepped by the
/// {@link Feed}'s thread; what is public to the gallery is read by the FX thread.
final class LiveWorld {

    /// What the FX thread draws from.
    ///
    /// @param agents number of agents with default options
    /// @param shown number of agents in the picture
    record View(int agents, int shown, FrameExchange frames, Portrayal portrayal) {}

    private static final long PERIOD = 100_000_000;
    private static final int REST_STEPS = 8;

    /// A script that thinks for long gets this part of a processor at most: one in so many.
    private static final int PATIENCE = 5;

    /// Agents above which fewer are shown, where the world has an option for it.
    private static final int MANY = 400;

    private final WorldProvider world;
    private volatile View view;
    private volatile String problem;
    private volatile long due = System.nanoTime();

    // Guarded by this.
    private ParallelEnv env;
    private Policy policy;
    private Decision decision;
    private final RandomStream chance = new RandomStream(1);
    private final Seeds seeds = new Seeds(7);
    private int episode;
    private int step;
    private int resting;

    LiveWorld(WorldProvider world) {
        this.world = world;
    }

    WorldProvider world() {
        return world;
    }

    /// What to draw from; null until it is made.
    View view() {
        return view;
    }

    /// Why there is no picture; null if there is one or will be.
    String problem() {
        return problem;
    }

    /// When the next step is due, as in {@link System#nanoTime}.
    long due() {
        return due;
    }

    /// Makes the world, or one step of it.
    synchronized void advance() {
        long start = System.nanoTime();
        try {
            if (env == null) {
                make();
            } else {
                step();
            }
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            problem = e.getMessage() == null ? e.toString() : e.getMessage();
        }
        due = start + Math.max(PERIOD, PATIENCE * (System.nanoTime() - start));
    }

    private void make() {
        EnvOptions options = world.defaults();
        ParallelEnv made = world.create(options);
        int agents = made.spec().agentCount();
        if (agents > MANY) {
            options = fewer(options);
            made = world.create(options);
        }
        policy = world.scriptedPolicies(options).values().iterator().next();
        EnvSpec spec = made.spec();
        decision = new Decision(spec);
        FrameExchange frames = new FrameExchange(spec);
        env = made;
        begin();
        publish(frames);
        view = new View(agents, spec.agentCount(), frames, world.portrayal(options));
    }

    /// Fewer agents, where the world has an option of that name and the others allow it.
    private EnvOptions fewer(EnvOptions options) {
        Map<String, String> texts = new LinkedHashMap<>(options.asText());
        for (OptionSpec option : world.options()) {
            if (option instanceof OptionSpec.Whole whole && whole.name().equals("agents")) {
                texts.put(whole.name(), Integer.toString(Math.max(whole.low(), MANY)));
            }
        }
        try {
            return world.configure(texts);
        } catch (IllegalArgumentException e) {
            return options;
        }
    }

    private void begin() {
        env.reset(seeds.seed("gallery", episode));
        chance.reseed(seeds.seed("gallery-policy", episode));
        policy.episodeBegins(env);
        step = 0;
    }

    private void step() {
        if (resting > 0) {
            if (--resting == 0) {
                episode++;
                begin();
                publish(view.frames());
            }
            return;
        }
        decision.clear();
        policy.act(env, decision, chance);
        StepResult result = env.step(decision.actions);
        step++;
        resting = result.over() ? REST_STEPS : 0;
        publish(view.frames());
    }

    private void publish(FrameExchange frames) {
        Frame frame = frames.back();
        env.snapshot(frame);
        frame.step = step;
        frame.episode = episode;
        frames.publish();
    }
}
