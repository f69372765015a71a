package marlab.app.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleLongProperty;
import javafx.util.Subscription;
import marlab.app.fx.Fx;
import marlab.app.recovery.Shelter;
import marlab.app.text.Messages;
import marlab.app.training.Learning;
import marlab.app.training.LearningModel;
import marlab.app.transport.TransportActions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.WorldProvider;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.reward.RewardWeights;

/// The session in the window, and the way to the next: another world, or the same with other
/// options. Sessions are made and closed on threads of their own; what was learned in the old one
/// is kept in its run's folder. FX thread, unless a method says otherwise.
public final class Sessions implements TransportActions, AutoCloseable {

    /// Makes sessions. Called off the FX thread.
    @FunctionalInterface
    public interface Maker {

        /// A session in this world, not begun.
        ///
        /// @param weights reward weights to begin with; null for the world's own
        /// @param opened the replay to begin with; null for a world at its start
        /// @throws RuntimeException with the sentence to show
        Session make(WorldProvider world, EnvOptions options, RewardWeights weights, Opened opened);
    }

    private final Maker maker;
    private final LearningModel learning;
    private final ReadOnlyObjectWrapper<Session> current;
    private final ReadOnlyObjectWrapper<String> opening = new ReadOnlyObjectWrapper<>();
    private final Deque<EnvOptions> before = new ArrayDeque<>();
    private final Deque<EnvOptions> after = new ArrayDeque<>();
    private final LongProperty room = new SimpleLongProperty(Recording.DEFAULT_LIMIT);
    private final List<Thread> closing = new ArrayList<>(); // guarded by itself
    private Consumer<String> problems = sentence -> {};
    private Subscription following = Subscription.EMPTY;
    private Shelter shelter; // null where nothing is kept for a recovery
    private int asked;
    private volatile Session open;

    /// Begins with this session.
    ///
    /// @param learning how its runs and those of later sessions learn
    public Sessions(Session first, Maker maker, LearningModel learning) {
        this.maker = maker;
        this.learning = learning;
        open = first;
        current = new ReadOnlyObjectWrapper<>(first);
    }

    /// Sets the first session going.
    void begin() {
        begin(now());
    }

    /// Keeps copies of recordings here from now on, for a window that ends before they are saved.
    void keepIn(Shelter where) {
        shelter = where;
        now().keepIn(where);
    }

    private void begin(Session session) {
        session.begin();
        following.unsubscribe();
        following = room.subscribe(now -> limit(session.watched().recording(), now.longValue()));
        if (shelter != null) {
            session.keepIn(shelter);
        }
    }

    /// Making a recording much smaller takes a while.
    private static void limit(Recording recording, long bytes) {
        if (recording.bytes() <= bytes) {
            recording.limit(bytes);
        } else {
            Thread.ofPlatform().daemon().name("thinning").start(() -> recording.limit(bytes));
        }
    }

    /// Bytes that a recording may take in memory.
    public LongProperty room() {
        return room;
    }

    /// The session in the window.
    public ReadOnlyObjectProperty<Session> current() {
        return current.getReadOnlyProperty();
    }

    /// The session in the window now.
    public Session now() {
        return current.get();
    }

    /// Title of the world that is being opened; null while none is.
    public ReadOnlyObjectProperty<String> opening() {
        return opening.getReadOnlyProperty();
    }

    /// Sends sentences about worlds that could not be opened here.
    public void problems(Consumer<String> hear) {
        problems = hear;
    }

    /// How the next run will learn.
    public LearningModel learning() {
        return learning;
    }

    /// Learns like this from the next run on; what was learned so far stays in its run.
    public void learn(Learning how) {
        learning.set(how);
        now().forget();
    }

    /// Opens a world in place of the one in the window, from the same seed.
    public void open(WorldProvider world, Supplier<EnvOptions> options) {
        before.clear();
        after.clear();
        replace(world, options, null);
    }

    /// Shows a replay in place of the world in the window.
    void open(Opened opened) {
        before.clear();
        after.clear();
        ReplayHeader header = opened.replay().header();
        WorldProvider world = header.provider();
        replace(world, () -> maker.make(world, header.envOptions(), header.weights(), opened));
    }

    /// The same world with other options, from the same seed; can be undone.
    public void apply(EnvOptions options) {
        if (!options.equals(now().options())) {
            before.push(now().options());
            after.clear();
            replace(options);
        }
    }

    /// True when options were applied that can be taken back.
    public boolean canUndo() {
        return !before.isEmpty();
    }

    /// Takes the last change back: of the rewards, or else of the options.
    public void undo() {
        if (now().rewards().undoable().get() > 0) {
            now().rewards().undo();
        } else if (!before.isEmpty()) {
            after.push(now().options());
            replace(before.pop());
        }
    }

    /// Does again what was taken back last.
    public void redo() {
        if (now().rewards().redoable().get() > 0) {
            now().rewards().redo();
        } else if (!after.isEmpty()) {
            before.push(now().options());
            replace(after.pop());
        }
    }

    private void replace(EnvOptions options) {
        replace(now().world(), () -> options, now());
    }

    /// @param from whose weights go on, where the terms are the same; null for none
    private void replace(WorldProvider world, Supplier<EnvOptions> options, Session from) {
        RewardWeights weights = from == null ? null : from.rewards().weights().get();
        replace(world, () -> maker.make(world, options.get(), weights, null));
    }

    private void replace(WorldProvider world, Supplier<Session> make) {
        int ticket = ++asked;
        opening.set(world.title());
        thread(
                "opening",
                () -> {
                    try {
                        Session made = make.get();
                        Fx.later(() -> arrived(ticket, made));
                    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
                        Fx.later(() -> failed(ticket, world, e));
                    }
                });
    }

    private void arrived(int ticket, Session made) {
        if (ticket != asked) {
            close(made); // somebody has asked for another one meanwhile
            return;
        }
        Session old = now();
        old.end();
        made.worldModel().takeFrom(old.worldModel());
        begin(made);
        open = made;
        opening.set(null);
        current.set(made);
        close(old);
    }

    private void failed(int ticket, WorldProvider world, Throwable why) {
        if (ticket == asked) {
            opening.set(null);
            String what = why.getMessage() == null ? why.toString() : why.getMessage();
            problems.accept(Messages.text("world.notopened", world.title(), what));
        }
    }

    private void close(Session old) {
        Thread thread = thread("closing", old::close);
        synchronized (closing) {
            closing.removeIf(t -> !t.isAlive());
            closing.add(thread);
        }
    }

    /// Not a daemon: a checkpoint is written before the program ends.
    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.start();
        return thread;
    }

    @Override
    public void setup() {
        now().setup();
    }

    @Override
    public void setupAndForget() {
        now().setupAndForget();
    }

    @Override
    public void toggleWatch() {
        now().toggleWatch();
    }

    @Override
    public void toggleTrain() {
        now().toggleTrain();
    }

    @Override
    public void step() {
        now().step();
    }

    @Override
    public void seedTyped(long seed) {
        now().seedTyped(seed);
    }

    /// Stops all threads and waits for the checkpoints. Any thread but the FX thread.
    @Override
    public void close() {
        open.close();
        List<Thread> rest;
        synchronized (closing) {
            rest = List.copyOf(closing);
        }
        for (Thread thread : rest) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
