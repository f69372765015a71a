package marlab.app.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import marlab.learning.sweep.SweepRunner;

/// This very program as a worker process: the same Java, class path and options, with a share of
/// the processors.
final class WorkerProgram implements SweepRunner.Program {

    private static final String MAIN = "marlab.app.Launcher";

    private final int threads;

    /// @param jobs workers at a time, which share the processors evenly
    WorkerProgram(int jobs) {
        threads = Math.max(1, Runtime.getRuntime().availableProcessors() / jobs);
    }

    /// How many threads a worker learns on.
    int threads() {
        return threads;
    }

    @Override
    public ProcessBuilder worker(Path order, Path run) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (inherited(option)) {
                command.add(option);
            }
        }
        command.add("-XX:ActiveProcessorCount=" + threads);
        command.add("-XX:+UseSerialGC");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN, "work"));
        command.addAll(List.of(order.toString(), run.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        // what the launcher sets: with more threads ND4J's small products are 100 times slower
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("OPENBLAS_NUM_THREADS", "1");
        return builder;
    }

    /// A worker has one small heap and no window: it chooses its collector itself, and debuggers
    /// and agents of this process are not for it.
    private static boolean inherited(String option) {
        return !option.matches(
                "-XX:[+-]Use\\w+GC|-XX:MaxGCPauseMillis=.*|-XX:ActiveProcessorCount=.*"
                        + "|-Xms.*|-agentlib.*|-agentpath.*|-javaagent.*|-XX:AOTCacheOutput=.*");
    }
}
