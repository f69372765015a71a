package marlab.sim.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleConsumer;
import marlab.sim.env.EnvSpec;
import marlab.sim.reward.RewardTerm;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameCodec;

/// Writes a `.marlab-replay` file while it is being recorded: a zip of `header.json`,
/// `config.json`, `steps/NNNNNN.bin`, `events/NNNNNN.jsonl` and `metrics/NNNNNN.csv`, as
/// `docs/replay-format.md` tells. After every {@link #flush} the file is complete and can be opened
/// by anybody; call it about once a second. The same moments and flushes give the same bytes. Not
/// thread-safe.
public final class ReplayWriter implements Closeable {

    /// What the header calls the format.
    static final String FORMAT = "marlab-replay";

    /// Version of the format that is written; older ones are read, newer ones refused.
    static final int VERSION = 1;

    static final String HEADER = "header.json";
    static final String CONFIG = "config.json";
    static final String STEPS = "steps/";
    static final String EVENTS = "events/";
    static final String METRICS = "metrics/";

    private static final int MOST_PENDING = 8 << 20;

    private final ZipAppender zip;
    private final FrameCodec codec;
    private final ByteBuffer block;
    private final StringBuilder events = new StringBuilder();
    private final StringBuilder metrics = new StringBuilder();
    private int inBlock;
    private int blocks;
    private long next;

    /// Begins a file; it can be opened from now on.
    ///
    /// @param spec of the world that the frames come from
    /// @throws java.nio.file.FileAlreadyExistsException where there is such a file: a recording is
    ///   not overwritten; see {@link #save} for that
    public ReplayWriter(Path file, ReplayHeader header, EnvSpec spec) throws IOException {
        codec = new FrameCodec(spec);
        block = ByteBuffer.allocate(Recording.MOST_BYTES + codec.mostBytes());
        zip = new ZipAppender(file);
        try {
            part(HEADER, JsonText.pretty(describe(header, spec)));
            if (!header.config().isEmpty()) {
                part(CONFIG, header.config());
            }
            zip.flush();
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    /// Writes a whole recording; the file appears complete or not at all, in place of one that was
    /// there.
    ///
    /// @param metrics lines of a table with a head, "" for none
    public static void save(Path file, ReplayHeader header, Recording recording, String metrics)
            throws IOException {
        save(file, header, recording, metrics, part -> {});
    }

    /// Writes a whole recording as {@link #save(Path, ReplayHeader, Recording, String)} does and
    /// tells how far it is. Interrupting the thread ends it with nothing written.
    ///
    /// @param heard is told how much is written, from 0 to 1
    public static void save(
            Path file,
            ReplayHeader header,
            Recording recording,
            String metrics,
            DoubleConsumer heard)
            throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(draft);
        try {
            try (ReplayWriter writer = new ReplayWriter(draft, header, recording.spec())) {
                List<byte[]> blocks = recording.blocks();
                for (byte[] block : blocks) {
                    writer.steps(block, block.length);
                    writer.flushWhereMuchWaits(); // to an interrupted thread the file is closed
                    heard.accept((double) writer.blocks / blocks.size());
                }
                recording.events().forEach(writer::add);
                writer.metrics.append(metrics);
            }
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static Map<String, Object> describe(ReplayHeader header, EnvSpec spec) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", FORMAT);
        tree.put("version", VERSION);
        tree.put("world", header.world());
        tree.put("options", new java.util.TreeMap<>(header.options()));
        if (header.weights() != null) {
            List<Double> weights = new ArrayList<>();
            for (int k = 0; k < header.weights().size(); k++) {
                weights.add(header.weights().weight(k));
            }
            tree.put("weights", weights);
            tree.put("share", header.weights().share());
        }
        tree.put("about", header.about());
        tree.put("agents", spec.agents().stream().map(agent -> (Object) agent.name()).toList());
        tree.put("terms", spec.terms().stream().map(RewardTerm::name).toList());
        tree.putAll(layout(spec));
        return tree;
    }

    /// How many words of which kind a frame has, in their order.
    static Map<String, Object> layout(EnvSpec spec) {
        Frame frame = new Frame(spec);
        Map<String, Object> wide = new LinkedHashMap<>();
        wide.put("seed", 1);
        wide.put("policy_version", 1);
        wide.put("moment", 1);
        wide.put("state", frame.state.length);
        wide.put("random", frame.random.length);
        wide.put("box_actions", frame.actions.boxes().length);
        Map<String, Object> narrow = new LinkedHashMap<>();
        narrow.put("step", 1);
        narrow.put("episode", 1);
        narrow.put("choices", frame.actions.choices().length);
        narrow.put("terms", frame.terms.length);
        narrow.put("probabilities", frame.probabilities.length);
        narrow.put("values", frame.values.length);
        Map<String, Object> layout = new LinkedHashMap<>();
        layout.put("wide", wide);
        layout.put("narrow", narrow);
        return layout;
    }

    private void part(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        zip.add(name, bytes, bytes.length);
    }

    private String numbered(String folder, String suffix) {
        return folder + String.format(Locale.ROOT, "%06d", blocks) + suffix;
    }

    /// Adds a copy of a frame as the next moment and gives the frame its serial number.
    public void add(Frame frame) throws IOException {
        frame.moment = next;
        keep(frame);
    }

    /// Adds a copy of a frame with the serial number that it has, which is later than all before.
    public void keep(Frame frame) throws IOException {
        if (frame.moment < next) {
            throw new IllegalArgumentException(
                    "moment " + frame.moment + " does not come after " + (next - 1));
        }
        next = frame.moment + 1;
        if (inBlock == 0) {
            codec.restart();
            block.clear();
        }
        codec.write(frame, block);
        if (++inBlock == Recording.MOST_MOMENTS || block.position() >= Recording.MOST_BYTES) {
            endBlock();
        }
        flushWhereMuchWaits();
    }

    private void flushWhereMuchWaits() throws IOException {
        if (zip.pending() > MOST_PENDING) {
            flush();
        }
    }

    private void endBlock() throws IOException {
        if (inBlock > 0) {
            steps(block.array(), block.position());
            inBlock = 0;
        }
    }

    private void steps(byte[] data, int length) throws IOException {
        zip.add(numbered(STEPS, ".bin"), data, length);
        blocks++;
    }

    /// Adds an event.
    public void add(ReplayEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("moment", event.moment());
        line.put("type", event.type());
        line.put("text", event.text());
        events.append(JsonText.line(line)).append('\n');
    }

    /// Adds lines to the table of metrics, the first of which is its head.
    ///
    /// @param lines comma-separated values, each line ended by a line feed
    public void addMetrics(String lines) {
        metrics.append(lines);
    }

    /// Serial number of the newest moment; −1 before the first.
    public long newest() {
        return next - 1;
    }

    /// Makes the file complete up to here.
    public void flush() throws IOException {
        endBlock();
        if (!events.isEmpty()) {
            part(numbered(EVENTS, ".jsonl"), events.toString());
            events.setLength(0);
        }
        if (!metrics.isEmpty()) {
            part(numbered(METRICS, ".csv"), metrics.toString());
            metrics.setLength(0);
        }
        zip.flush();
    }

    /// Makes the file complete and waits until the disk has it.
    @Override
    public void close() throws IOException {
        try (zip) {
            flush();
            zip.sync();
        }
    }
}
