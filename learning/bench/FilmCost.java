import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import marlab.learning.train.RunConfig;
import marlab.learning.train.Trainer;

/// What the film of learning costs: pairs of runs with film=on and film=off, in turns, the one that
/// goes first taking turns too, in one process after a pair that warms it up. Prints the ratio
/// on ÷ off of the process's CPU time and of the wall clock while it trained, median and quartiles
/// over the pairs and a 95 % bootstrap interval of the median, and how large the films are.
///
///     java -cp 'app/target/lib/*' learning/bench/FilmCost.java PAIRS WORLD ALGORITHM [KEY=VALUE …]
public final class FilmCost {

    private FilmCost() {}

    public static void main(String[] arguments) throws Exception {
        int pairs = Integer.parseInt(arguments[0]);
        String[] what = Arrays.copyOfRange(arguments, 1, arguments.length);
        List<Double> cpu = new ArrayList<>();
        List<Double> wall = new ArrayList<>();
        double[] last = null;
        train(what, "on"); // warms up
        train(what, "off");
        for (int pair = 0; pair < pairs; pair++) {
            boolean onFirst = pair % 2 == 0;
            double[] first = train(what, onFirst ? "on" : "off");
            double[] second = train(what, onFirst ? "off" : "on");
            double[] on = onFirst ? first : second;
            double[] off = onFirst ? second : first;
            cpu.add(on[0] / off[0]);
            wall.add(on[1] / off[1]);
            last = on;
            System.err.printf(
                    Locale.ROOT,
                    "pair %d: CPU %.2f / %.2f s, wall %.2f / %.2f s%n",
                    pair + 1,
                    on[0],
                    off[0],
                    on[1],
                    off[1]);
        }
        System.out.println(String.join(" ", what) + ", " + pairs + " pairs");
        tell("CPU ", cpu);
        tell("wall", wall);
        System.out.printf(
                Locale.ROOT, "film: %.0f files, %.0f kB%n", last[2], last[3] / 1000);
    }

    private static void tell(String what, List<Double> ratios) {
        double[] sorted = ratios.stream().mapToDouble(r -> r).sorted().toArray();
        RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        double[] medians = new double[10_000];
        for (int k = 0; k < medians.length; k++) {
            double[] drawn = new double[sorted.length];
            Arrays.setAll(drawn, i -> sorted[random.nextInt(sorted.length)]);
            Arrays.sort(drawn);
            medians[k] = quantile(drawn, 0.5);
        }
        Arrays.sort(medians);
        System.out.printf(
                Locale.ROOT,
                "%s on/off: median %.4f, quartiles %.4f–%.4f, 95 %% of the median %.4f–%.4f%n",
                what,
                quantile(sorted, 0.5),
                quantile(sorted, 0.25),
                quantile(sorted, 0.75),
                quantile(medians, 0.025),
                quantile(medians, 0.975));
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int low = (int) at;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    }

    /// @return CPU seconds, seconds, files, bytes
    private static double[] train(String[] what, String film) throws Exception {
        RunConfig config = RunConfig.defaults(what[0], what[1], 1);
        for (String setting : Arrays.copyOfRange(what, 2, what.length)) {
            String[] pair = setting.split("=", 2);
            config = config.with(pair[0], pair[1]);
        }
        config = config.with("film", film);
        System.gc(); // what the run before left is not this one's
        Path folder = Files.createTempDirectory("film-cost");
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        try (Trainer trainer = Trainer.createIn(config, folder.resolve("run"))) {
            long cpu = system.getProcessCpuTime();
            long wall = System.nanoTime();
            trainer.run();
            if (trainer.failure() != null) {
                throw new IllegalStateException(trainer.failure());
            }
            cpu = system.getProcessCpuTime() - cpu;
            wall = System.nanoTime() - wall;
            long files = 0;
            long bytes = 0;
            Path left = folder.resolve("run/replays/learning");
            if (Files.exists(left)) {
                for (Path file : list(left)) {
                    files++;
                    bytes += Files.size(file);
                }
            }
            return new double[] {cpu * 1e-9, wall * 1e-9, files, bytes};
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static List<Path> list(Path folder) throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
