package marlab.app.training;

import java.util.concurrent.atomic.AtomicReference;
import marlab.app.text.Messages;
import marlab.app.thread.LowPriority;
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

    private static final long PATIENCE_MILLIS = 60_000;

    private final RunMaker maker;
    private final AtomicReference<String> problem = new AtomicReference<>();
    private volatile Job job;
    private volatile RewardWeights wanted;

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

    /// One run from its making to its closing. What is forgotten finishes and closes by itself and
    /// is heard of no more.
    private final class Job {

        private final long seed;
        private final RewardWeights weights;
        private volatile Run run;
        private volatile boolean working;
        private volatile boolean stopWanted;
        private boolean dropped; // guarded by this
        private Thread thread; // guarded by this

        Job(long seed, RewardWeights weights) {
            this.seed = seed;
            this.weights = weights;
        }

        synchronized void start() {
            working = true;
            stopWanted = false;
            thread = new Thread(this::work, "learner");
            thread.setDaemon(true);
            thread.start();
        }

        private void work() {
            LowPriority.take();
            try {
                Run mine = run;
                if (mine == null) {
                    mine = maker.make(seed);
                    RewardWeights edited = wanted;
                    mine.edit(edited == null ? weights : edited);
                    run = mine;
                }
                if (!stopWanted) {
                    mine.run();
                    tell(mine.failure());
                }
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                tell(e);
            } finally {
                end();
            }
        }

        private synchronized void tell(Throwable failure) {
            if (!dropped) {
                tellFailure(failure);
            }
        }

        private synchronized void end() {
            working = false;
            if (dropped && run != null) {
                run.close();
            }
        }

        synchronized void stop() {
            if (working) {
                stopWanted = true;
                if (run != null) {
                    run.stop();
                }
            }
        }

        synchronized void drop() {
            dropped = true;
            stop();
            if (!working && run != null) {
                thread = new Thread(run::close, "closing"); // it leaves its keepsakes
                thread.start();
            }
        }

        void await() {
            Thread last;
            synchronized (this) {
                last = thread;
            }
            try {
                last.join(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        State state() {
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
    }

    /// Starts a run, or goes on with the stopped one.
    ///
    /// @param seed of a new run
    /// @param weights to learn from
    public void train(long seed, RewardWeights weights) {
        if (working()) {
            return;
        }
        State now = state();
        if (now == State.DONE || now == State.FAILED) {
            job.drop();
            job = null;
        }
        if (job == null || job.run == null) {
            job = new Job(seed, weights);
        }
        job.start();
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
        Job now = job;
        if (now != null) {
            now.stop();
        }
    }

    /// Learns from these weights from the next roll-out on.
    public void edit(RewardWeights weights) {
        wanted = weights;
        Run now = run();
        if (now != null) {
            now.edit(weights);
        }
    }

    /// True while edited weights wait for the next roll-out. Any thread.
    public boolean editPending() {
        Run now = run();
        return now != null && now.editPending();
    }

    /// Stops and forgets everything that was learned, and what was being made.
    public void forget() {
        Job old = job;
        job = null;
        wanted = null;
        if (old != null) {
            old.drop();
        }
    }

    /// Stops, waits for the checkpoint, closes the run. Not for the FX thread. Once is enough.
    public void close() {
        Job old = job;
        job = null;
        if (old != null) {
            old.drop();
            old.await();
        }
    }

    /// What is going on. Any thread.
    public State state() {
        Job now = job;
        return now == null ? State.IDLE : now.state();
    }

    /// True while the learner thread has work. Any thread.
    public boolean working() {
        Job now = job;
        return now != null && now.working;
    }

    /// The run; null before the first. Any thread.
    public Run run() {
        Job now = job;
        return now == null ? null : now.run;
    }

    /// Where the run stands; null without one. Any thread.
    public Progress progress() {
        Run now = run();
        return now == null ? null : now.progress();
    }

    /// A fresh object that acts as learned so far; null before there is anything. Any thread.
    public Policy policy() {
        Run now = run();
        return now == null ? null : now.policy();
    }

    /// As {@link #policy}, but taking the most probable action always, to be measured. Any thread.
    public Policy greedyPolicy() {
        Run now = run();
        return now == null ? null : now.greedyPolicy();
    }

    /// The sentence about what went wrong since the last call; null if nothing did. Any thread.
    public String takeProblem() {
        return problem.getAndSet(null);
    }
}
