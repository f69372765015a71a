package marlab.app.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/// A run by the real trainer.
public final class TrainerRun implements Run {

    private final Trainer trainer;

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
        trainer.run();
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
        return trainer.failure();
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
        trainer.close();
    }
}
