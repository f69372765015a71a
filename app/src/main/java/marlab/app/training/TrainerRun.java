package marlab.app.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import marlab.app.keepsake.Keepsakes;
import marlab.app.text.Messages;
import marlab.learning.train.BadInput;
import marlab.learning.train.CurvePoint;
import marlab.learning.train.LearnedPolicy;
import marlab.learning.train.PolicySnapshot;
import marlab.learning.train.Progress;
import marlab.learning.train.RunConfig;
import marlab.learning.train.Trainer;
import marlab.learning.train.TrainingEvent;
import marlab.sim.policy.Policy;
import marlab.sim.reward.RewardWeights;

/// A run by the real trainer. When its budget is spent, or it is closed before, it leaves the same
/// picture and replay as one of the command line.
public final class TrainerRun implements Run {

    private final Trainer trainer;

    // the learner thread's, or of the one that closes
    private long kept = -1;
    private volatile BadInput unwritten;

    /// Makes the run's folder under `runs`.
    ///
    /// @throws BadInput with one sentence; what verbs call --out is --runs here
    public TrainerRun(RunConfig config, Path runs) {
        try {
            trainer = Trainer.create(config, runs);
        } catch (BadInput e) {
            throw new BadInput(e.getMessage().replace("--out", "--runs"), e);
        }
    }

    @Override
    public void run() {
        unwritten = null;
        trainer.run();
        if (trainer.progress().phase() == Progress.Phase.DONE) {
            leaveKeepsakes();
        }
    }

    private void leaveKeepsakes() {
        long version = trainer.progress().policyVersion();
        if (version == 0 || version == kept) {
            return;
        }
        try {
            Keepsakes.leave(trainer, Map.of());
            kept = version;
        } catch (IOException | RuntimeException e) { // a world of one's own may fail here alone
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            unwritten = new BadInput(Messages.text("training.keepsakes", name(), why), e);
        }
    }

    @Override
    public void stop() {
        trainer.stop();
    }

    @Override
    public void edit(RewardWeights weights) {
        trainer.edit(weights);
    }

    @Override
    public boolean editPending() {
        return trainer.editPending();
    }

    @Override
    public Progress progress() {
        return trainer.progress();
    }

    @Override
    public Throwable failure() {
        return unwritten != null ? unwritten : trainer.failure();
    }

    @Override
    public List<CurvePoint> curve(int from) {
        return trainer.curve(from);
    }

    @Override
    public List<TrainingEvent> events(int from) {
        return trainer.events(from);
    }

    @Override
    public Policy policy() {
        return trainer.policy();
    }

    @Override
    public Policy greedyPolicy() {
        PolicySnapshot snapshot = trainer.snapshot();
        return snapshot == null ? null : snapshot.policy(LearnedPolicy.Mode.GREEDY);
    }

    @Override
    public long seed() {
        return trainer.config().seed();
    }

    @Override
    public String name() {
        return trainer.directory().getFileName().toString();
    }

    @Override
    public Path folder() {
        return trainer.directory();
    }

    @Override
    public Trainer.Saved saved() {
        return trainer.saved();
    }

    @Override
    public String config() {
        try {
            return Files.readString(trainer.directory().resolve("config.json"));
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        try (trainer) {
            if (trainer.failure() == null) {
                leaveKeepsakes();
            }
        }
        if (unwritten != null) {
            System.getLogger("marlab").log(System.Logger.Level.WARNING, unwritten.getMessage());
        }
    }
}
