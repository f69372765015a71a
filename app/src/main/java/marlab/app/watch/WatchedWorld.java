package marlab.app.watch;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.replay.EpisodePlayer;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameExchange;

/// The world that people look at, paced by a thread of its own, "sim-view". The training run knows
/// nothing of it. Public methods may be called from any thread; they take effect between steps.
public final class WatchedWorld implements AutoCloseable {

    /// Steps after which a newer policy takes over within an episode.
    private static final int REFRESH_STEPS = 25;

    /// For how long the last frame of an episode stays, in steps at the speed of the moment.
    private static final int REST_STEPS = 5;

    private static final long LATE_NANOS = 250_000_000;

    private final EnvSpec spec;
    private final ParallelEnv env;
    private final FrameExchange frames;
    private final Decision decision;
    private final RandomStream chance = new RandomStream(0);
    private final ConcurrentLinkedQueue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final StepRate rate = new StepRate();
    private final Thread thread;

    // Owned by sim-view from here on.
    private PolicySource source;
    private Policy policy;
    private Hand hand;
    private Seeds seeds;
    private int episode;
    private int step;
    private boolean over;
    private boolean running;
    private long stepNanos = 100_000_000;
    private long due;
    private int sinceRefresh;

    private volatile boolean closed;

    /// A world at its start, not running yet.
    public WatchedWorld(WorldProvider provider, EnvOptions options, long seed, PolicySource first) {
        env = provider.create(options);
        spec = env.spec();
        frames = new FrameExchange(spec);
        decision = new Decision(spec);
        source = first;
        begin(seed);
        thread = new Thread(this::live, "sim-view");
        thread.setDaemon(true);
        thread.start();
    }

    /// What is fixed about the world.
    public EnvSpec spec() {
        return spec;
    }

    /// Where the newest frame is. One reader.
    public FrameExchange frames() {
        return frames;
    }

    /// Starts episode 0 from this seed.
    public void setup(long seed) {
        order(() -> begin(seed));
    }

    /// Lets the world run or rest.
    public void run(boolean on) {
        order(() -> {
            running = on;
            rate.forget();
            due = System.nanoTime();
        });
    }

    /// One step, running or not.
    public void step() {
        order(this::advance);
    }

    /// Sets the speed.
    public void speed(double stepsPerSecond) {
        order(() -> {
            stepNanos = (long) (1e9 / stepsPerSecond);
            rate.forget();
            due = Math.min(due, System.nanoTime() + stepNanos);
        });
    }

    /// Acts with this source's policies from the next step on.
    public void actWith(PolicySource next) {
        order(() -> {
            source = next;
            refresh(false);
        });
    }

    /// Lets a person steer an agent from the next step on; null hands back whoever was steered.
    public void steer(Hand next) {
        order(() -> hand = next);
    }

    /// Steps per second over the last second, breaks between episodes counted as steps.
    public double stepsPerSecond() {
        return rate.perSecond();
    }

    private void order(Runnable order) {
        orders.add(order);
        LockSupport.unpark(thread);
    }

    private void live() {
        while (!closed) {
            for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
                order.run();
            }
            if (!running) {
                LockSupport.park(this);
                continue;
            }
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
            } else {
                due = Math.max(due + stepNanos, System.nanoTime() - LATE_NANOS);
                advance();
                due += over ? REST_STEPS * stepNanos : 0;
            }
        }
    }

    private void begin(long seed) {
        seeds = new Seeds(seed);
        episode = 0;
        rate.forget();
        startEpisode();
    }

    private void startEpisode() {
        long seed = seeds.seed("watch", episode);
        env.reset(seed);
        chance.reseed(seeds.seed("watch-policy", episode));
        over = false;
        step = 0;
        decision.clear();
        refresh(true);
        publish(null);
    }

    private void refresh(boolean episodeBegins) {
        sinceRefresh = 0;
        Policy newest = source.newest();
        boolean other = newest != null && newest != policy;
        policy = other ? newest : policy;
        if (other || episodeBegins) {
            policy.episodeBegins(env);
        }
    }

    private void advance() {
        rate.count(over ? 1 + REST_STEPS : 1);
        if (over) {
            episode++;
            startEpisode();
            return;
        }
        if (++sinceRefresh > REFRESH_STEPS) {
            refresh(false);
        }
        decision.clear();
        policy.act(env, decision, chance);
        if (hand != null) {
            hand.act(decision);
        }
        StepResult result = env.step(decision.actions);
        step++;
        over = result.over();
        publish(result);
    }

    private void publish(StepResult result) {
        Frame frame = frames.back();
        EpisodePlayer.capture(env, decision, result, policy.version(), frame);
        frame.step = step;
        frame.episode = episode;
        frame.seed = seeds.root();
        frames.publish();
    }

    /// Ends the thread.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
