package marlab.sim.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;
import marlab.sim.replay.ZipParts.Damaged;
import marlab.sim.replay.ZipParts.Part;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameCodec;
import marlab.sim.space.ActionSpace;

/// Reads a `.marlab-replay` file, part by part, and never trusts it: a file that is cut short or
/// damaged is read up to there and {@link #damage} says so, no size that the file claims is
/// believed beyond what its world can need, and no file but this one is read. Nothing is written.
/// Not thread-safe.
///
/// What a moment shows may still be nonsense where somebody forged it, for instance a state that no
/// step leads to: {@link #next} promises numbers of the right count, choices that there are, and
/// moments in order. Draw it with {@link ReplayHeader#portrayal}; whoever restores it must be ready
/// for a RuntimeException.
public final class ReplayReader implements Closeable {

    private final Path file;
    private final ZipParts zip;
    private final ReplayHeader header;
    private final EnvSpec spec;
    private final FrameCodec codec;
    private final int[] choicesOf; // choices that each agent has
    private final Iterator<Part> parts;
    private final ArrayDeque<ReplayEvent> events = new ArrayDeque<>();
    private final StringBuilder metrics = new StringBuilder();
    private ByteBuffer block = ByteBuffer.allocate(0);
    private long newest = -1;
    private long moments;
    private long unpacked;
    private long texts;
    private int numbered;
    private volatile long reached; // others ask how far it is
    private String why; // reading had to end
    private volatile boolean ended;

    /// Opens a file and reads its header.
    ///
    /// @throws IOException with one sentence where it can't be read, is no replay, is of a later
    ///   version, or shows a world that is not here
    public ReplayReader(Path file) throws IOException {
        this.file = file;
        zip = open(file);
        try {
            HeaderText text = new HeaderText(part(ReplayWriter.HEADER), part(ReplayWriter.CONFIG));
            header = text.header();
            spec = header.provider().create(header.envOptions()).spec();
            text.checkFits(spec);
            codec = new FrameCodec(spec);
            choicesOf = choices(spec);
            parts = numberedParts().iterator();
        } catch (IOException e) {
            zip.close();
            throw new IOException(file + " can't be read (" + HeaderText.brief(e) + ").", e);
        } catch (Damaged | RuntimeException e) { // worlds are told strange things here
            zip.close();
            throw refused(file, e);
        } catch (OutOfMemoryError e) {
            zip.close();
            throw new IOException(file + " shows a world that is too large for the memory.", e);
        }
    }

    private static ZipParts open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("There is no replay " + file + "; check the name.");
        }
        if (!Files.isRegularFile(file)) { // a folder, a pipe
            throw new IOException(file + " is no file; name a .marlab-replay file.");
        }
        try {
            return new ZipParts(file);
        } catch (IOException e) {
            throw new IOException(file + " can't be read; check its permissions.", e);
        }
    }

    private static IOException refused(Path file, Exception e) {
        return new IOException(
                file + " can't be opened as a replay: " + HeaderText.brief(e) + ".", e);
    }

    private static int[] choices(EnvSpec spec) {
        int[] choices = new int[spec.agentCount()];
        for (AgentGroup group : spec.groups()) {
            boolean discrete = group.action() instanceof ActionSpace.Discrete;
            for (AgentId agent : group.agents()) {
                choices[agent.index()] = discrete ? group.action().size() : 1;
            }
        }
        return choices;
    }

    /// The text of the first part of this name; null where there is none.
    private String part(String name) throws IOException, Damaged {
        for (Part part : zip.parts()) {
            if (part.name().equals(name)) {
                return text(part);
            }
        }
        if (name.equals(ReplayWriter.HEADER)) {
            String damage = zip.damage() == null ? "" : " (" + zip.damage() + ")";
            throw new Damaged("it has no " + name + damage);
        }
        return null;
    }

    private String text(Part part) throws IOException, Damaged {
        return new String(zip.read(part, ReplayWriter.MOST_TEXT), StandardCharsets.UTF_8);
    }

    /// The parts that have a number, by number: other programs may have packed them in any order.
    private List<Part> numberedParts() {
        List<Part> all = new ArrayList<>();
        for (Part part : zip.parts()) {
            if (ReplayWriter.number(part.name()) >= 0) {
                all.add(part);
            }
        }
        all.sort(java.util.Comparator.comparingInt(part -> ReplayWriter.number(part.name())));
        return all;
    }

    /// What the file says about itself.
    public ReplayHeader header() {
        return header;
    }

    /// What is fixed about the world.
    public EnvSpec spec() {
        return spec;
    }

    /// Events as far as read; all of them after the last moment, or the newest where there are
    /// thousands.
    public List<ReplayEvent> events() {
        return List.copyOf(events);
    }

    /// The table of metrics as far as read, "" where there is none.
    public String metrics() {
        return metrics.toString();
    }

    /// How much of the file was read, within 0 and 1. From any thread.
    public double share() {
        return ended ? 1 : (double) reached / Math.max(1, zip.length());
    }

    /// One sentence on where reading had to end; null where the file is whole, or not yet read.
    public String damage() {
        if (why == null) {
            return null;
        }
        String shown =
                newest < 0
                        ? "nothing of it can be shown."
                        : "it can be shown up to moment " + newest + ".";
        return file + " is damaged (" + why + "); " + shown;
    }

    /// Why reading had to end, in a few words; null as {@link #damage} is.
    String why() {
        return why;
    }

    /// Reads the next moment.
    ///
    /// @param into of no use where there is no next moment
    /// @return false after the last one that can be read
    /// @throws IOException where the disk fails
    public boolean next(Frame into) throws IOException {
        try {
            while (!block.hasRemaining()) {
                if (ended) {
                    return false;
                }
                nextPart();
            }
            codec.read(block, into);
            check(into);
            newest = into.moment;
            moments++;
            return true;
        } catch (BufferUnderflowException e) {
            return end("a step is cut short");
        } catch (Damaged e) {
            return end(e.getMessage());
        }
    }

    private void check(Frame frame) throws Damaged {
        if (frame.moment <= newest || frame.moment > Recording.LAST_MOMENT) {
            throw new Damaged("moments are out of order");
        }
        if (frame.step < 0 || frame.episode < 0) {
            throw new Damaged("a step or an episode has a negative number");
        }
        if (moments == ReplayWriter.MOST_MOMENTS) {
            throw new Damaged("it has more moments than a replay holds");
        }
        int[] choices = frame.actions.choices();
        for (int k = 0; k < choices.length; k++) {
            if (choices[k] < 0 || choices[k] >= choicesOf[k]) {
                throw new Damaged("an agent makes a choice that it does not have");
            }
        }
    }

    private boolean end(String reason) {
        ended = true;
        block = ByteBuffer.allocate(0);
        why = reason;
        return false;
    }

    private void nextPart() throws IOException, Damaged {
        if (!parts.hasNext()) {
            ended = true;
            why = zip.damage() == null ? missingAtTheEnd() : zip.damage();
            return;
        }
        Part part = parts.next();
        if (ReplayWriter.number(part.name()) != numbered++) {
            throw new Damaged("its part number " + (numbered - 1) + " is missing or there twice");
        }
        reached = part.at() + part.packed();
        if (part.name().startsWith(ReplayWriter.STEPS)) {
            byte[] data = zip.read(part, ReplayWriter.MOST_BYTES + (long) codec.mostBytes());
            if (data.length == 0) {
                throw new Damaged("its part " + part.name() + " is empty");
            }
            unpacked += data.length;
            if (unpacked > ReplayWriter.MOST_UNPACKED) {
                throw new Damaged("it has more steps than a replay holds");
            }
            block = ByteBuffer.wrap(data);
            codec.restart();
            return;
        }
        String text = text(part);
        texts += text.length();
        if (texts > ReplayWriter.MOST_TEXTS) {
            throw new Damaged("it has more texts than a replay holds");
        }
        if (part.name().startsWith(ReplayWriter.METRICS)) {
            metrics.append(text);
        } else {
            readEvents(text);
        }
    }

    /// What the directory has and the file has not, because its name is damaged; null for nothing.
    private String missingAtTheEnd() {
        for (String name : zip.directory()) {
            if (ReplayWriter.number(name) >= numbered) {
                return "its part " + name + " is missing";
            }
        }
        return null;
    }

    private void readEvents(String text) throws Damaged {
        for (Iterator<String> lines = text.lines().iterator(); lines.hasNext(); ) {
            if (events.size() == Recording.MOST_EVENTS) {
                events.removeFirst();
            }
            events.add(event(lines.next()));
        }
    }

    private static ReplayEvent event(String line) throws Damaged {
        try {
            if (JsonText.read(line) instanceof Map<?, ?> tree
                    && tree.get("moment") instanceof Double moment
                    && tree.get("type") instanceof String type
                    && tree.get("text") instanceof String text
                    && moment >= 0
                    && moment <= Recording.LAST_MOMENT) {
                return new ReplayEvent(moment.longValue(), type, text).brief();
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new Damaged("an event can't be understood");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
