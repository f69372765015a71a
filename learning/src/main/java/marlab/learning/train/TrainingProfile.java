package marlab.learning.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/// Where the time of acting and learning goes, by sampling what the threads do every 5 ms (Java's
/// flight recorder, which sees native code too).
public final class TrainingProfile {

    /// What a thread can be busy with.
    public enum Work {
        /// Stepping worlds, with rewards and observations.
        STEP("world steps"),
        /// Views, forward passes and draws while acting.
        ACT("acting"),
        /// Forward passes while learning.
        FORWARD("forward"),
        /// Backward passes.
        BACKWARD("backward"),
        /// Adam and clipping.
        OPTIMISER("optimiser"),
        /// Gathering minibatches, filling and drawing from memories.
        COPIES("copies"),
        /// Losses, advantages and everything else of the algorithm.
        LOSS("losses and the rest"),
        /// Waiting for the other thread.
        WAIT("waiting");

        private final String title;

        Work(String title) {
            this.title = title;
        }

        /// What people read.
        public String title() {
            return title;
        }
    }

    private static final List<String> COPYING =
            List.of("gather", "copy", "add", "draw", "nextActor", "nextState");

    private TrainingProfile() {}

    /// Shares of the samples taken while some work is repeated; they sum to 1. Empty where there
    /// was no sample.
    ///
    /// @param work is repeated
    /// @param times how often
    /// @throws IOException where the recording can't be written into the folder for temporary files
    public static Map<Work, Double> of(Runnable work, int times) throws IOException {
        Path file = Files.createTempFile("marlab", ".jfr");
        try (Recording recording = new Recording()) {
            for (String event : List.of("jdk.ExecutionSample", "jdk.NativeMethodSample")) {
                recording.enable(event).withPeriod(java.time.Duration.ofMillis(5));
            }
            recording.start();
            for (int k = 0; k < times; k++) {
                work.run();
            }
            recording.stop();
            recording.dump(file);
            return shares(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Map<Work, Double> shares(Path file) throws IOException {
        Map<Work, Integer> counts = new EnumMap<>(Work.class);
        int all = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getStackTrace() == null) {
                    continue;
                }
                Work work =
                        work(
                                event.getStackTrace().getFrames().stream()
                                        .map(f ->
                                                f.getMethod().getType().getName()
                                                        + "."
                                                        + f.getMethod().getName())
                                        .toArray(String[]::new));
                if (work != null) {
                    counts.merge(work, 1, Integer::sum);
                    all++;
                }
            }
        }
        Map<Work, Double> shares = new EnumMap<>(Work.class);
        for (Map.Entry<Work, Integer> each : counts.entrySet()) {
            shares.put(each.getKey(), (double) each.getValue() / all);
        }
        return shares;
    }

    /// What a stack of methods is about; null where it is not about training.
    ///
    /// @param stack `package.Class.method`, innermost first
    static Work work(String... stack) {
        if (has(stack, "marlab.learning.train.Collector$")) {
            return has(stack, "marlab.sim.env.VectorEnv.") ? Work.STEP : Work.ACT;
        }
        if (!has(stack, "marlab.learning.algo.")) {
            return has(stack, "marlab.sim.env.Workers.run") && has(stack, "marlab.learning.train.")
                    ? Work.WAIT
                    : null;
        }
        for (String method : stack) {
            String name = method.substring(method.lastIndexOf('.') + 1);
            if (method.startsWith("marlab.learning.net.Adam.")) {
                return Work.OPTIMISER;
            }
            if (method.startsWith("marlab.learning.net.") && name.startsWith("backward")) {
                return Work.BACKWARD;
            }
            if (method.startsWith("marlab.learning.net.") && name.startsWith("forward")) {
                return Work.FORWARD;
            }
            if (COPYING.contains(name) && !method.startsWith("marlab.learning.net.")) {
                return Work.COPIES;
            }
        }
        boolean waiting =
                Arrays.stream(stack)
                        .filter(m -> m.startsWith("marlab."))
                        .findFirst()
                        .orElse("")
                        .equals("marlab.sim.env.Workers.run");
        return waiting ? Work.WAIT : Work.LOSS;
    }

    private static boolean has(String[] stack, String prefix) {
        return Arrays.stream(stack).anyMatch(m -> m.startsWith(prefix));
    }
}
