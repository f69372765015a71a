package marlab.sim.replay;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.snapshot.Frame;

/// Opens over a thousand damaged files, one after the other, in a process of its own with little
/// memory; ends with code 0 where each did what it should.
final class DamageSweep {

    /// Everything is done to the first; headers too to those with maps and payoffs; odd moments to
    /// all.
    private static final List<String> WORLDS = List.of("simple_spread", "pogema", "matrix_game");

    /// Draws nothing.
    private static final Brush BRUSH =
            (Brush)
                    Proxy.newProxyInstance(
                            Brush.class.getClassLoader(),
                            new Class<?>[] {Brush.class},
                            (proxy, method, arguments) -> null);

    private static final double MOST_SECONDS = 15;

    private final Path folder;
    private final Path file;
    private int tried;
    private int opened;
    private int refused;
    private int damaged;
    private int odd;
    private double slowest;
    private String slow = "";

    private DamageSweep(Path folder) {
        this.folder = folder;
        file = folder.resolve("bad.marlab-replay");
    }

    /// @param arguments an empty folder
    public static void main(String[] arguments) throws IOException {
        DamageSweep sweep = new DamageSweep(Path.of(arguments[0]));
        for (WorldProvider world : Worlds.known()) {
            Damage damage = new Damage(world, sweep.file, 7);
            Recording whole = sweep.whole(damage);
            Consumer<Damage.Case> attempt = each -> sweep.attempt(each, whole);
            damage.frames(attempt);
            int done = WORLDS.indexOf(world.name());
            if (done >= 0) {
                damage.headers(attempt);
            }
            if (done == 0) {
                damage.bytes(attempt);
            }
        }
        sweep.lasting();
        sweep.folderItself();
        System.out.printf(
                "%d tried: %d opened, %d of them to their damage, %d refused; %d moments could not"
                        + " be drawn or continued; slowest %.2f s: %s%n",
                sweep.tried,
                sweep.opened,
                sweep.damaged,
                sweep.refused,
                sweep.odd,
                sweep.slowest,
                sweep.slow);
    }

    private Recording whole(Damage damage) throws IOException {
        Files.write(file, damage.whole());
        Recording whole = Replay.read(file).recording();
        Files.delete(file);
        return whole;
    }

    private void attempt(Damage.Case each, Recording whole) {
        tried++;
        long start = System.nanoTime();
        try {
            Files.write(file, each.bytes());
            open(each, whole);
            try (Stream<Path> files = Files.list(folder)) {
                check(files.toList().equals(List.of(file)), each, "left something");
            }
            check(Arrays.equals(each.bytes(), Files.readAllBytes(file)), each, "changed the file");
            Files.delete(file);
        } catch (IOException | RuntimeException | Error e) {
            throw new IllegalStateException(each.name(), e);
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        check(seconds < MOST_SECONDS, each, "took " + seconds + " s");
        if (seconds > slowest) {
            slowest = seconds;
            slow = each.name();
        }
    }

    private static void check(boolean holds, Damage.Case each, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(each.name() + ": " + otherwise);
        }
    }

    private void open(Damage.Case each, Recording whole) {
        try {
            Replay replay = Replay.read(file);
            opened++;
            damaged += replay.damage() == null ? 0 : 1;
            if (replay.damage() != null) {
                oneSentence(replay.damage(), each);
            }
            boolean all = replay.recording().size() == whole.size();
            check(all || replay.damage() != null, each, "lost moments without a word");
            check(!each.harmless() || all && replay.damage() == null, each, "" + replay.damage());
            if (!each.name().startsWith("frame:")) {
                compare(replay.recording(), whole, each);
            }
            use(replay);
        } catch (IOException e) {
            refused++;
            oneSentence(e.getMessage(), each);
            check(!each.harmless(), each, e.getMessage());
        }
    }

    /// One line that names the file, ends, and does not quote the whole of it.
    private void oneSentence(String message, Damage.Case each) {
        check(message.startsWith(file.toString()), each, message);
        check(message.endsWith("."), each, message);
        check(!message.contains("\n") && message.length() < 600, each, message);
    }

    private static void compare(Recording got, Recording whole, Damage.Case each) {
        Frame a = new Frame(whole.spec());
        Frame b = new Frame(whole.spec());
        for (long moment = got.oldest(); moment <= got.newest(); moment++) {
            got.frame(moment, a);
            whole.frame(moment, b);
            check(a.moment == b.moment && Arrays.equals(a.state, b.state), each, "other moments");
        }
    }

    /// Draws and continues what may be nonsense. Drawing may not throw, going on may, and all must
    /// end.
    private void use(Replay replay) {
        WorldProvider world = replay.header().provider();
        Portrayal portrayal = replay.header().portrayal();
        ParallelEnv env = world.create(replay.header().envOptions());
        Frame frame = new Frame(env.spec());
        Recording recording = replay.recording();
        for (long moment = Math.max(0, recording.newest() - 2); moment <= recording.newest(); ) {
            recording.frame(moment++, frame);
            portrayal.describe(frame);
            portrayal.place(frame, 0, new double[3]);
            Bounds bounds = portrayal.bounds(frame);
            if (!(bounds.maxX() - bounds.minX() < Double.POSITIVE_INFINITY)) {
                throw new IllegalStateException(bounds + " can't be shown");
            }
            portrayal.draw(frame, new Overlays(), BRUSH);
            try {
                env.restore(frame);
                env.step(frame.actions);
            } catch (RuntimeException e) {
                odd++;
            }
        }
    }

    /// Two million moments in a file of less than a megabyte.
    private void lasting() throws IOException {
        WorldProvider world = Worlds.named("matrix_game");
        var spec = world.create(world.defaults()).spec();
        ReplayHeader header = new ReplayHeader(world.name(), Map.of(), null, Map.of(), "");
        byte[] bytes = Damage.lasting(spec, header, 2_000_000);
        Files.write(file, bytes);
        long start = System.nanoTime();
        Replay replay = Replay.read(file);
        double seconds = (System.nanoTime() - start) * 1e-9;
        boolean fits = replay.recording().bytes() <= Runtime.getRuntime().maxMemory() / 2;
        if (replay.recording().newest() != 1_999_999 || !fits || seconds > MOST_SECONDS) {
            throw new IllegalStateException(
                    "2 million moments, "
                            + replay.recording().bytes()
                            + " bytes, "
                            + seconds
                            + " s");
        }
        System.out.printf(
                "2,000,000 moments from %d bytes in %.2f s: %d kept in %d bytes%n",
                bytes.length, seconds, replay.recording().size(), replay.recording().bytes());
        Files.delete(file);
    }

    private void folderItself() throws IOException {
        Files.createDirectory(file);
        open(new Damage.Case("a folder", null, false), null);
        Files.delete(file);
        tried++;
    }
}
