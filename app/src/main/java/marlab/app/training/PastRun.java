package marlab.app.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import marlab.app.chart.CurveTable;
import marlab.learning.store.Json;
import marlab.learning.train.CurvePoint;
import marlab.learning.train.LearnedPolicy;
import marlab.learning.train.PolicyFiles;
import marlab.learning.train.PolicySnapshot;
import marlab.learning.train.Progress;
import marlab.learning.train.Trainer;
import marlab.learning.train.TrainingEvent;
import marlab.sim.policy.Policy;
import marlab.sim.reward.RewardWeights;

/// A run that was finished long ago and comes with the program: its curve and what it learned. For
/// pictures in documentation, which are the same every time. Immutable; any thread.
public final class PastRun implements Run {

    private static final String FOLDER = "/marlab/assets/pictures/";

    private final String name;
    private final PolicySnapshot learned;
    private final List<CurvePoint> points;

    private PastRun(String name, PolicySnapshot learned, List<CurvePoint> points) {
        this.name = name;
        this.learned = learned;
        this.points = List.copyOf(points);
    }

    /// The bundled run of this name, for instance `spread`.
    public static PastRun bundled(String name) {
        try {
            return new PastRun(name, policy(name + ".npz"), curve(name + ".csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PolicySnapshot policy(String resource) throws IOException {
        Path file = Files.createTempFile("marlab", ".npz");
        try (InputStream in = PastRun.class.getResourceAsStream(FOLDER + resource)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return PolicyFiles.read(file);
        } finally {
            Files.delete(file);
        }
    }

    /// The table that the chart saves.
    private static List<CurvePoint> curve(String resource) throws IOException {
        try (InputStream in = PastRun.class.getResourceAsStream(FOLDER + resource)) {
            return CurveTable.points(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void run() {
        // all of it is done
    }

    @Override
    public void stop() {
        // nothing goes on
    }

    @Override
    public void edit(RewardWeights weights) {
        // what was learned was learned from others
    }

    @Override
    public boolean editPending() {
        return false;
    }

    @Override
    public Progress progress() {
        CurvePoint last = points.getLast();
        return new Progress(
                Progress.Phase.DONE,
                last.envSteps(),
                last.envSteps(),
                last.wallSeconds(),
                last.envSteps() / last.wallSeconds(),
                0,
                learned.version(),
                last);
    }

    @Override
    public Throwable failure() {
        return null;
    }

    @Override
    public List<CurvePoint> curve(int from) {
        return points.subList(Math.min(from, points.size()), points.size());
    }

    @Override
    public List<TrainingEvent> events(int from) {
        return List.of();
    }

    @Override
    public Policy policy() {
        return learned.policy(LearnedPolicy.Mode.SAMPLED);
    }

    @Override
    public Policy greedyPolicy() {
        return learned.policy(LearnedPolicy.Mode.GREEDY);
    }

    @Override
    public long seed() {
        return learned.config().seed();
    }

    @Override
    public String name() {
        return name;
    }

    /// There is none: it came with the program.
    @Override
    public Path folder() {
        return Path.of(name);
    }

    @Override
    public Trainer.Saved saved() {
        return null;
    }

    @Override
    public String config() {
        return Json.pretty(learned.config().toTree());
    }

    @Override
    public void close() {
        // holds nothing
    }
}
