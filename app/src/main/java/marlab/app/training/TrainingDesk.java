package marlab.app.training;

import java.util.concurrent.atomic.AtomicReference;
import marlab.app.text.Messages;
import marlab.learning.nd4j.Nd4jAlgebra;
import marlab.learning.train.BadInput;
import marlab.learning.train.Progress;
import marlab.sim.policy.Policy;
import marlab.sim.reward.RewardWeights;

/// Holds the one run of this window and the thread that it learns on, "learner". Methods are for
/// the FX thread unless they say otherwise; none of them waits.
public final class TrainingDesk {

    /// What the desk is doing.
    public enum State {
        /// Nothing learned yet.
        IDLE,
        /// Making the run, loading the math library.
        WARMING_UP,
        /// Learning.
        TRAINING,
        /// Asked to stop; finishing the update.
        STOPPING,
        /// Stopped; can go on.
        STOPPED,
        /// The budget is spent.
        DONE,
        /// Ended by an error.
        FAILED
    }

    private static final long PATIENCE_MILLIS = 4_000;

    private final RunMaker maker;
    private final AtomicReference<String> problem = new AtomicReference<>();
    private volatile Run run;
    private volatile boolean working;
    private volatile boolean stopWanted;
    private volatile RewardWeights wanted;
    private Thread thread;

    /// A desk that gets its runs here.
    public TrainingDesk(RunMaker maker) {
        this.maker = maker;
    }

    /// Loads the native math library in the background, so that it is there when somebody presses
    /// Train. Where it can't be loaded, the run will say so.
    public void warmUp() {
        Thread warming =
                new Thread(
                        () -> {
                            LowPriority.take();
                            try {
                                Nd4jAlgebra.load();
                            } catch (RuntimeException | LinkageError e) {
                                System.getLogger("marlab")
                                        .log(System.Logger.Level.DEBUG, "no ND4J", e);
                            }
                        },
                        "math-loader");
        warming.setDaemon(true);
        warming.start();
    }

    /// Starts a run, or goes on with the stopped one.
    ///
    /// @param seed of a new run
    /// @param weights to learn from
    public void train(long seed, RewardWeights weights) {
        if (working) {
            return;
        }
        if (state() == State.DONE || state() == State.FAILED) {
            drop();
        }
        working = true;
        stopWanted = false;
        thread = new Thread(() -> work(seed, weights), "learner");
        thread.setDaemon(true);
        thread.start();
    }

    private void work(long seed, RewardWeights weights) {
        LowPriority.take();
        try {
            if (run == null) {
                Run made = maker.make(seed);
                wanted = wanted == null ? weights : wanted;
                made.edit(wanted);
                run = made;
            }
            if (!stopWanted) {
                run.run();
                tellFailure(run.failure());
            }
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            tellFailure(e);
        } finally {
            working = false;
        }
    }

    private void tellFailure(Throwable failure) {
        if (failure instanceof BadInput bad) {
            problem.set(bad.getMessage());
        } else if (failure != null) {
            String what = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            problem.set(Messages.text("training.failed", what));
        }
    }

    /// Asks the run to stop after this update.
    public void stop() {
        stopWanted = true;
        Run now = run;
        if (now != null) {
            now.stop();
        }
    }

    /// Learns from these weights from the next roll-out on.
    public void edit(RewardWeights weights) {
        wanted = weights;
        Run now = run;
        if (now != null) {
            now.edit(weights);
        }
    }

    /// True while edited weights wait for the next roll-out. Any thread.
    public boolean editPending() {
        Run now = run;
        return now != null && now.editPending();
    }

    /// Stops and forgets everything that was learned.
    public void forget() {
        stop();
        drop();
        wanted = null;
    }

    private void drop() {
        Run old = run;
        run = null;
        if (old != null) {
            Thread last = thread;
            Thread closer = new Thread(() -> finish(old, last), "closing " + old.name());
            closer.start();
        }
    }

    private static void finish(Run old, Thread last) {
        await(last);
        old.close();
    }

    private static void await(Thread last) {
        try {
            if (last != null) {
                last.join(PATIENCE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops, waits for the checkpoint, closes the run. Not for the FX thread.
    public void close() {
        stop();
        Run old = run;
        if (old != null) {
            finish(old, thread);
        }
    }

    /// What is going on. Any thread.
    public State state() {
        Run now = run;
        if (now == null) {
            return working ? State.WARMING_UP : State.IDLE;
        }
        return switch (now.progress().phase()) {
            case DONE -> State.DONE;
            case FAILED -> State.FAILED;
            case STOPPED -> working && !stopWanted ? State.WARMING_UP : State.STOPPED;
            case WARMING_UP -> working ? State.WARMING_UP : State.STOPPED;
            case TRAINING -> stopWanted ? State.STOPPING : State.TRAINING;
        };
    }

    /// True while the learner thread has work. Any thread.
    public boolean working() {
        return working;
    }

    /// The run; null before the first. Any thread.
    public Run run() {
        return run;
    }

    /// Where the run stands; null without one. Any thread.
    public Progress progress() {
        Run now = run;
        return now == null ? null : now.progress();
    }

    /// A fresh object that acts as learned so far; null before there is anything. Any thread.
    public Policy policy() {
        Run now = run;
        return now == null ? null : now.policy();
    }

    /// The sentence about what went wrong since the last call; null if nothing did. Any thread.
    public String takeProblem() {
        return problem.getAndSet(null);
    }
}
