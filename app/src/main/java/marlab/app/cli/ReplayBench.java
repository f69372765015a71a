package marlab.app.cli;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import marlab.learning.train.TrainingBench;
import marlab.sim.env.AutoResetMode;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.VectorEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.replay.EpisodePlayer;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.replay.ReplayReader;
import marlab.sim.replay.ReplayWriter;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameCodec;

/// What recording costs: bytes and processor time per step. Agents act at random; probabilities and
/// values that change with every step stand for a policy's. Times are the thread's own processor
/// time, so that a busy machine does not tell.
final class ReplayBench {

    /// Bytes of a file before packing, at most.
    private static final long MOST_WRITTEN = 300L << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int STEPS = 10_000;
    private static final int FLUSH_EVERY = 600; // a second at ten times the usual speed
    private static final long ROOM = Recording.DEFAULT_LIMIT;
    private static final int KEPT = 256; // moments that are measured over and over
    private static final long MOST_NUMBERS = 8_000_000; // of the state, in those

    private static final List<Map.Entry<String, Map<String, String>>> WORLDS =
            List.of(
                    Map.entry("simple_spread", Map.of()),
                    Map.entry("simple_spread", Map.of("agents", "12")),
                    Map.entry("simple_tag", Map.of()),
                    Map.entry("matrix_game", Map.of()),
                    Map.entry("commons_harvest", Map.of()),
                    Map.entry("pogema", warehouse()),
                    Map.entry("vicsek", Map.of()),
                    Map.entry("vicsek", Map.of("agents", "10000", "density", "2", "speed", "0.1")));

    /// What was measured.
    ///
    /// @param raw bytes per step as told by changes
    /// @param packed bytes per step in the file
    /// @param step processor microseconds of a step of one copy, observations included
    /// @param note the same, of noting it in memory that has room
    /// @param full the same where the memory is full, so that older moments are thinned for it
    /// @param write the same, of writing it to a file
    /// @param read the same, of reading it
    /// @param allocated bytes per step that noting allocates beyond what is kept
    record Row(
            String world,
            int agents,
            int steps,
            double raw,
            double packed,
            double step,
            double note,
            double full,
            double write,
            double read,
            double allocated) {

        /// Share of one processor that noting and writing takes while the world is watched at 64
        /// times its speed, which is 640 steps per second.
        double whileWatching() {
            return 640e-6 * (full + write);
        }

        /// Share of a roll-out's steps, networks not counted, that noting every step of one of so
        /// many copies takes.
        double share(int copies) {
            return note / (copies * step);
        }
    }

    private final double seconds;
    private final PrintStream out;

    ReplayBench(double seconds, PrintStream out) {
        this.seconds = seconds;
        this.out = out;
    }

    private static Map<String, String> warehouse() {
        WorldProvider pogema = Worlds.named("pogema");
        return pogema.examples().entrySet().stream()
                .filter(example -> example.getKey().contains("warehouse"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Map.of());
    }

    /// Measures all worlds and prints a line for each.
    List<Row> run() {
        out.printf(
                "%-16s %6s %6s %9s %9s %8s %8s %8s %8s %8s %8s %7s %7s%n",
                "world",
                "agents",
                "steps",
                "B raw",
                "B packed",
                "step µs",
                "note µs",
                "full µs",
                "write µs",
                "read µs",
                "alloc B",
                "of 32",
                "at 64x");
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Map<String, String>> each : WORLDS) {
            WorldProvider world = Worlds.named(each.getKey());
            Row row = measure(world, world.configure(each.getValue()));
            rows.add(row);
            out.printf(
                    Locale.ROOT,
                    "%-16s %6d %6d %9.0f %9.0f %8.2f %8.3f %8.3f %8.2f %8.2f %8.0f %6.2f%% %6.2f%%%n",
                    row.world,
                    row.agents,
                    row.steps,
                    row.raw,
                    row.packed,
                    row.step,
                    row.note,
                    row.full,
                    row.write,
                    row.read,
                    row.allocated,
                    100 * row.share(32),
                    100 * row.whileWatching());
        }
        return rows;
    }

    private Row measure(WorldProvider world, EnvOptions options) {
        EnvSpec spec = world.create(options).spec();
        List<Frame> frames = frames(world, options, spec);
        double step = microsPerStep(world, options);
        FrameCodec codec = new FrameCodec(spec);
        ByteBuffer buffer = ByteBuffer.allocate(codec.mostBytes());
        long raw = 0;
        for (Frame frame : frames) {
            buffer.clear();
            codec.write(frame, buffer);
            raw += buffer.position();
        }
        long each = raw / frames.size() + 1;
        int steps = (int) Math.min(Math.min(STEPS, 40L * frames.size()), 1 + MOST_WRITTEN / each);
        double[] note = note(world, options, frames, ROOM);
        double[] full = note(world, options, frames, raw / frames.size() * 2_000);
        try {
            Path file = Files.createTempFile("marlab-bench", ".marlab-replay");
            try {
                double write = write(world, options, frames, steps, file);
                double packed = (double) Files.size(file) / steps;
                double read = read(file, steps);
                return new Row(
                        world.name(),
                        spec.agentCount(),
                        steps,
                        (double) raw / frames.size(),
                        packed,
                        step,
                        note[0],
                        full[0],
                        write,
                        read,
                        full[1]);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Moments that follow each other, as many as there is room for.
    private static List<Frame> frames(WorldProvider world, EnvOptions options, EnvSpec spec) {
        int count = Math.clamp(MOST_NUMBERS / (spec.stateSize() + 1), 16, KEPT);
        EpisodePlayer player = new EpisodePlayer(world.create(options), new RandomPolicy());
        RandomStream random = new RandomStream(5);
        List<Frame> frames = new ArrayList<>();
        try {
            for (int episode = 0; frames.size() < count; episode++) {
                int left = count - frames.size();
                player.play(
                        episode,
                        episode,
                        random,
                        left,
                        frame -> {
                            Frame copy = new Frame(spec);
                            copy.copyFrom(frame);
                            for (int k = 0; k < copy.probabilities.length; k++) {
                                boolean has = !Double.isNaN(copy.probabilities[k]);
                                copy.probabilities[k] = has ? random.nextDouble() : Double.NaN;
                            }
                            for (int k = 0; k < copy.values.length; k++) {
                                copy.values[k] = random.nextDouble();
                            }
                            copy.policyVersion = 7;
                            frames.add(copy);
                        });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frames.subList(0, count);
    }

    /// A step of one copy of a roll-out, observations and ends included, networks not.
    private double microsPerStep(WorldProvider world, EnvOptions options) {
        int copies = 8;
        VectorEnv env =
                new VectorEnv(
                        world, options, copies, 0, AutoResetMode.SAME_STEP, new Seeds(1), false);
        env.reset();
        return 1e6 / copies / perSecond(env::step);
    }

    private double perSecond(Runnable work) {
        return TrainingBench.perSecond(work, seconds, THREADS::getCurrentThreadCpuTime);
    }

    /// Taking the state of the world and keeping it in memory.
    ///
    /// @return microseconds of a moment; bytes that it allocates beyond those that are kept
    private double[] note(WorldProvider world, EnvOptions options, List<Frame> frames, long limit) {
        ParallelEnv env = world.create(options);
        env.reset(1);
        Recording recording = new Recording(env.spec(), limit);
        Frame taken = new Frame(env.spec());
        Runnable all =
                () -> {
                    for (Frame frame : frames) {
                        env.snapshot(taken); // what it costs; these moments are others
                        taken.copyFrom(frame);
                        recording.add(taken);
                    }
                };
        double micros = 1e6 / frames.size() / perSecond(all);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long kept = recording.bytes();
        all.run();
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        return new double[] {
            micros, (double) (allocated - Math.max(0, recording.bytes() - kept)) / frames.size()
        };
    }

    private static double write(
            WorldProvider world, EnvOptions options, List<Frame> frames, int steps, Path file)
            throws IOException {
        ReplayHeader header = new ReplayHeader(world.name(), options.asText(), null, Map.of(), "");
        Files.delete(file);
        long start = THREADS.getCurrentThreadCpuTime();
        EnvSpec spec = world.create(options).spec();
        try (ReplayWriter writer = new ReplayWriter(file, header, spec)) {
            for (int k = 0; k < steps; k++) {
                writer.add(frames.get(k % frames.size()));
                if (k % FLUSH_EVERY == FLUSH_EVERY - 1) {
                    writer.flush();
                }
            }
        }
        return (THREADS.getCurrentThreadCpuTime() - start) * 1e-3 / steps;
    }

    private static double read(Path file, int steps) throws IOException {
        long start = THREADS.getCurrentThreadCpuTime();
        try (ReplayReader reader = new ReplayReader(file)) {
            Frame frame = new Frame(reader.spec());
            int count = 0;
            while (reader.next(frame)) {
                count++;
            }
            if (count != steps) {
                throw new IOException(count + " of " + steps + " steps came back");
            }
        }
        return (THREADS.getCurrentThreadCpuTime() - start) * 1e-3 / steps;
    }

    /// A row for `--json`.
    static Map<String, Object> tree(Row row) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("world", row.world);
        tree.put("agents", row.agents);
        tree.put("steps", row.steps);
        tree.put("bytes_raw_per_step", row.raw);
        tree.put("bytes_in_file_per_step", row.packed);
        tree.put("step_us", row.step);
        tree.put("note_us", row.note);
        tree.put("note_full_us", row.full);
        tree.put("write_us", row.write);
        tree.put("read_us", row.read);
        tree.put("allocated_bytes_per_step", row.allocated);
        tree.put("share_of_a_processor_at_64x", row.whileWatching());
        tree.put("share_of_32_copies", row.share(32));
        return tree;
    }
}
