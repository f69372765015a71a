package marlab.app.watch;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.replay.EpisodePlayer;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayEvent;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameExchange;

/// The world that people look at, paced by a thread of its own, "sim-view". The training run knows
/// nothing of it. Every moment is recorded, and past ones can be shown in place of the live world,
/// which waits meanwhile. Public methods may be called from any thread; they take effect between
/// steps.
public final class WatchedWorld implements AutoCloseable {

    /// Steps after which a newer policy takes over within an episode.
    private static final int REFRESH_STEPS = 25;

    /// For how long the last frame of an episode stays, in steps at the speed of the moment.
    private static final int REST_STEPS = 5;

    private static final long LATE_NANOS = 250_000_000;

    private final EnvSpec spec;
    private final ParallelEnv env;
    private final FrameExchange frames;
    private final Recording recording;
    private final Playback playback;
    private final FirstFailure failure;
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
    private int continued;
    private boolean over;
    private boolean loaded; // the recording comes from a file, and nothing lived since
    private boolean running;
    private long stepNanos = 100_000_000;
    private long due;
    private int sinceRefresh;

    private final AtomicReference<String> problem = new AtomicReference<>();
    private volatile boolean closed;

    /// A world at its start, not running yet.
    public WatchedWorld(WorldProvider provider, EnvOptions options, long seed, PolicySource first) {
        this(provider, options, seed, first, null);
    }

    /// A world that shows a recording, from its first moment on and round and round, until it is
    /// told to {@link #live} or to {@link #continueHere}.
    ///
    /// @param recorded with at least one moment; new ones are added to it; null for a world at its
    ///   start
    public WatchedWorld(
            WorldProvider provider,
            EnvOptions options,
            long seed,
            PolicySource first,
            Recording recorded) {
        env = provider.create(options);
        spec = env.spec();
        frames = new FrameExchange(spec);
        recording = recorded == null ? new Recording(spec) : recorded;
        playback = new Playback(recording);
        failure = new FirstFailure(recording);
        decision = new Decision(spec);
        source = first;
        if (recorded == null) {
            begin(seed);
        } else {
            replay(seed);
        }
        thread = new Thread(this::pace, "sim-view");
        thread.setDaemon(true);
        thread.start();
    }

    /// What is fixed about the world.
    public EnvSpec spec() {
        return spec;
    }

    /// Everything that was shown live, as far as it is kept.
    public Recording recording() {
        return recording;
    }

    /// True while a moment of the past is shown.
    public boolean past() {
        return playback.past();
    }

    /// Serial number of the past moment that is shown; −1 while the world is live.
    public long pastMoment() {
        return playback.moment();
    }

    /// Shows a moment of the past in place of the live world, which waits; while the world runs, it
    /// goes on from there as recorded, and where the recording ends, live.
    ///
    /// @param moment serial number; the nearest that is kept is shown
    public void show(long moment) {
        order(() -> {
            playback.go(moment);
            rate.forget();
            publishPast();
        });
    }

    /// Goes so many recorded moments on from what is shown, or back where negative. From the newest
    /// moment, back is into the past; past the newest is live.
    public void move(int by) {
        order(() -> goTo(recording.move(playback.past() ? here() : recording.newest(), by), by));
    }

    /// Goes to the start of this episode, or of one so many further on or back.
    public void moveEpisodes(int by) {
        order(() -> {
            long start = recording.episode(here(), 0);
            boolean within = by < 0 && here() > start; // first to the start of this one
            goTo(recording.episode(here(), within ? by + 1 : by), by);
        });
    }

    private void goTo(long moment, int direction) {
        if (direction > 0 && !loaded && moment >= recording.newest()) {
            leavePast();
        } else {
            playback.go(moment);
            publishPast();
        }
    }

    private long here() {
        return playback.past() ? playback.moment() : recording.newest();
    }

    /// Goes round this range whenever the past is shown and runs.
    ///
    /// @param from first moment; −1 for no range
    /// @param to last moment
    public void loop(long from, long to) {
        order(() -> playback.loop(from, to));
    }

    /// Shows the live world again.
    public void live() {
        order(this::leavePast);
    }

    /// Lets the world go on, live, from the past moment that is shown, as a new episode; the
    /// recording keeps what came after that moment as well.
    public void continueHere() {
        order(() -> {
            if (playback.past()) {
                guarded(() -> continueFrom(playback.moment()));
            }
        });
    }

    /// Where the newest frame is. One reader.
    public FrameExchange frames() {
        return frames;
    }

    /// Starts episode 0 from this seed.
    public void setup(long seed) {
        order(() -> {
            begin(seed);
            recording.note(ReplayEvent.SETUP, Messages.text("replay.setup", Long.toString(seed)));
        });
    }

    private void replay(long seed) {
        seeds = new Seeds(seed);
        loaded = true;
        over = true; // the next live step begins an episode
        Recording.Place end = recording.place(recording.newest());
        episode = end.episode();
        policy = source.newest();
        playback.go(recording.oldest());
        publishPast();
    }

    private void continueFrom(long moment) {
        Recording.Place place = recording.place(moment);
        boolean ended = playback.endsEpisode() || over && moment == recording.newest();
        Frame from = new Frame(spec);
        recording.frame(ended ? recording.move(moment, -1) : moment, from);
        env.restore(from); // may refuse a state that somebody has forged
        playback.leave();
        loaded = false;
        step = from.step;
        episode =
                1
                        + recording.episodes().stream()
                                .mapToInt(Recording.Place::episode)
                                .max()
                                .orElse(0);
        chance.reseed(seeds.seed("watch-continued", continued++));
        over = false;
        rate.forget();
        decision.clear();
        refresh(true);
        publish(null);
        recording.note(
                ReplayEvent.CONTINUED,
                Messages.text(
                        "replay.continued",
                        Figures.whole(place.episode()),
                        Figures.whole(from.step)));
    }

    private void leavePast() {
        if (playback.past()) {
            playback.leave();
            rate.forget();
            if (loaded) {
                loaded = false;
                episode++;
                startEpisode();
            } else {
                republish();
            }
        }
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
        order(() -> guarded(this::advance));
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

    private void pace() {
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
                guarded(() -> due += advance() ? REST_STEPS * stepNanos : 0);
            }
        }
    }

    /// A file can tell of states that no world comes to; whoever goes on from one of them may find
    /// that the world can't. Then it rests, and the next step begins an episode.
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            running = false;
            over = true;
            problem.set(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /// Why the world stands still since the last call; null where nothing is wrong. Any thread.
    public String takeProblem() {
        return problem.getAndSet(null);
    }

    private void begin(long seed) {
        seeds = new Seeds(seed);
        episode = 0;
        loaded = false;
        playback.leave();
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

    /// One step, of the past or of the live world.
    ///
    /// @return true where an episode has ended, which is worth a rest
    private boolean advance() {
        if (playback.past()) {
            return advancePast();
        }
        rate.count(over ? 1 + REST_STEPS : 1);
        if (over) {
            episode++;
            startEpisode();
            return false;
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
        return over;
    }

    private boolean advancePast() {
        rate.count(playback.endsEpisode() ? 1 + REST_STEPS : 1);
        playback.advance(loaded);
        if (!loaded && playback.atEnd()) {
            leavePast(); // the live world stands where the recording ends
            return over;
        }
        publishPast();
        return playback.endsEpisode();
    }

    private void publish(StepResult result) {
        Frame frame = frames.back();
        EpisodePlayer.capture(env, decision, result, policy.version(), frame);
        frame.step = step;
        frame.episode = episode;
        frame.seed = seeds.root();
        recording.add(frame);
        failure.look(frame);
        frames.publish();
    }

    private void publishPast() {
        if (playback.past()) {
            playback.read(frames.back());
            frames.publish();
        }
    }

    /// Shows the newest moment again.
    private void republish() {
        recording.frame(recording.newest(), frames.back());
        frames.publish();
    }

    /// Ends the thread.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
