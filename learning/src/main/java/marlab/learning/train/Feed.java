package marlab.learning.train;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import marlab.learning.algo.Setup;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;
import marlab.sim.reward.RewardWeights;

/// Feeds the learner with roll-outs, in turn or one ahead.
///
/// In turn, the copies act when a roll-out is asked for. One ahead, there are two experiences:
/// while the learner learns from one, the copies already fill the other, with the policies,
/// exploration and reward weights that were in force before that update. The lag is one update
/// always, however long either takes, so the same seed gives the same bytes on any number of
/// threads; on one, the copies act when the roll-out is asked for, as they would have before.
///
/// Off unless it is asked for: both acting and learning use two threads already, so on two cores
/// there is little left to win (at best a tenth with MAPPO in Simple Spread) for the older data.
///
/// Belongs to the learner's thread.
final class Feed implements AutoCloseable {

    private final Collector collector;
    private final Workers workers;
    private final boolean ahead;
    private final AtomicInteger parts = new AtomicInteger(); // of a roll-out, that were taken up
    private Experience current; // for the learner
    private Experience coming; // for the copies
    private Collector.Episodes episodes;
    private Collector.Saved before; // the copies and how they act at the beginning of what comes
    private ExecutorService beside;
    private CompletableFuture<Void> acting; // null while nobody acts beside the learner

    /// @param ahead whether the copies act while the learner learns
    Feed(Collector collector, Setup setup, boolean ahead, Workers workers) {
        this.collector = collector;
        this.ahead = ahead;
        this.workers = workers;
        current = setup.experience();
        coming = ahead ? setup.experience() : current;
    }

    /// Begins with the copies as they are and the policies of now.
    void start(RewardWeights weights) {
        if (ahead) {
            begin(weights);
        }
    }

    /// Goes on from what {@link #save} gave.
    ///
    /// @param weights reward weights in force then
    void resume(Collector.Saved saved, RewardWeights weights) {
        collector.load(saved);
        if (ahead) {
            before = saved;
            collector.begin(weights, coming);
            parts.set(0);
        }
    }

    private void begin(RewardWeights weights) {
        collector.takeUp();
        before = ahead ? collector.save(true) : null;
        collector.begin(weights, coming);
        parts.set(0);
    }

    /// The next roll-out to learn from, valid until the one after it is asked for. One ahead, the
    /// copies begin to act for that one: {@link #await} them before anything else.
    ///
    /// @param weights reward weights for the roll-out that begins now
    Experience next(RewardWeights weights) {
        if (!ahead) {
            begin(weights);
        }
        if (parts.get() == 0) {
            workers.run(collector.parts(), collector::act);
            parts.set(collector.parts());
        }
        episodes = collector.episodes();
        if (ahead) {
            Experience filled = coming;
            coming = current;
            current = filled;
            begin(weights);
            if (workers.count() > 1) {
                if (beside == null) {
                    beside =
                            Executors.newSingleThreadExecutor(
                                    Thread.ofPlatform().name("ahead").daemon().factory());
                }
                acting = CompletableFuture.runAsync(this::act, beside);
            }
        }
        return current;
    }

    /// Episodes that ended during the roll-out that is learned from.
    Collector.Episodes episodes() {
        return episodes;
    }

    private void act() {
        for (int part = parts.getAndIncrement();
                part < collector.parts();
                part = parts.getAndIncrement()) {
            collector.act(part);
        }
    }

    /// Returns when nobody acts any more; helps until then.
    ///
    /// @throws IllegalStateException when acting failed, which is the cause; it begins anew when
    ///   the roll-out is asked for
    void await() {
        if (acting == null) {
            return;
        }
        CompletableFuture<Void> mine = CompletableFuture.runAsync(this::act, Runnable::run);
        try {
            CompletableFuture.allOf(acting, mine).join();
        } catch (CompletionException e) {
            parts.set(0);
            throw new IllegalStateException("acting failed", e.getCause());
        } finally {
            acting = null;
        }
    }

    /// The copies as the next update needs them: one ahead, as of the beginning of the roll-out
    /// that comes, which is acted again after a resume, by the same policies.
    Collector.Saved save() {
        return before == null ? collector.save(ahead) : before;
    }

    @Override
    public void close() {
        if (beside != null) {
            beside.shutdown();
        }
    }
}
