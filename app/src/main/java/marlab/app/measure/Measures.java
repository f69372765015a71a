package marlab.app.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import marlab.app.thread.LowPriority;
import marlab.learning.train.Evaluation;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.Workers;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;

/// Measures policies in the background, on a thread of its own of lowest priority, "measure": first
/// the scripted ones, then, now and again, what has been learned. The training run knows nothing of
/// it.
public final class Measures implements AutoCloseable {

    /// Name of what is being learned among the measured.
    public static final String LEARNED = "learned";

    /// Episodes for scripted policies, where the world is small.
    private static final int SCRIPT_EPISODES = 1_000;

    private static final int LEARNED_EPISODES = 300;

    private static final long PAUSE_MILLIS = 6_000;

    private final WorldProvider world;
    private final EnvOptions options;
    private final EnvSpec spec;
    private final Supplier<?> run;
    private final Supplier<Policy> learned;
    private final Thread thread;
    private volatile Map<String, Measurement> results = Map.of();
    private volatile boolean closed;

    /// Measures in this world; call {@link #start}.
    ///
    /// @param run what it was learned in; another object means another run
    /// @param learned what has been learned so far, null when there is nothing
    public Measures(
            WorldProvider world,
            EnvOptions options,
            EnvSpec spec,
            Supplier<?> run,
            Supplier<Policy> learned) {
        this.spec = spec;
        this.run = run;
        this.world = world;
        this.options = options;
        this.learned = learned;
        thread = new Thread(this::live, "measure");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
    }

    /// Begins.
    public void start() {
        thread.start();
    }

    /// What is known so far, by name of the policy. Any thread.
    public Map<String, Measurement> results() {
        return results;
    }

    private void live() {
        LowPriority.take();
        try (Workers self = new Workers(1)) {
            world.scriptedPolicies(options)
                    .forEach((name, policy) -> measure(name, policy, SCRIPT_EPISODES, self));
            long measured = -1;
            Object measuredRun = null;
            while (!closed) {
                Object now = run.get();
                if (now != measuredRun) {
                    remove();
                    measured = -1;
                    measuredRun = now;
                }
                Policy policy = learned.get();
                if (policy == null) {
                    remove();
                    measured = -1;
                } else if (policy.version() != measured) {
                    measured = policy.version();
                    measure(LEARNED, policy, LEARNED_EPISODES, self);
                }
                pause();
            }
        } catch (CancellationException e) {
            closed = true;
        } catch (IllegalStateException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    private void measure(String name, Policy policy, int episodes, Workers self) {
        put(
                name,
                Measurement.of(
                        Evaluation.run(
                                world,
                                options,
                                () -> new Cancellable(policy),
                                Evaluation.affordable(spec, episodes),
                                self,
                                done -> {},
                                () -> closed)));
    }

    /// Acts until nobody wants to know any more: an episode of thousands of agents takes a while.
    private final class Cancellable implements Policy {

        private final Policy policy;

        Cancellable(Policy policy) {
            this.policy = policy;
        }

        @Override
        public void act(ParallelEnv env, Decision into, RandomGenerator random) {
            if (closed) {
                throw new CancellationException("nobody wants to know any more");
            }
            policy.act(env, into, random);
        }

        @Override
        public void episodeBegins(ParallelEnv env) {
            policy.episodeBegins(env);
        }
    }

    private void put(String name, Measurement measurement) {
        Map<String, Measurement> more = new LinkedHashMap<>(results);
        more.put(name, measurement);
        results = Map.copyOf(more);
    }

    private void remove() {
        if (results.containsKey(LEARNED)) {
            Map<String, Measurement> less = new LinkedHashMap<>(results);
            less.remove(LEARNED);
            results = Map.copyOf(less);
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /// Ends the thread.
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
