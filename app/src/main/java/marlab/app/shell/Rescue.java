package marlab.app.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import marlab.app.fx.Fx;
import marlab.app.recovery.Shelter;
import marlab.app.text.Messages;
import marlab.sim.replay.ReplayReader;

/// Recordings survive a window that is killed: they are kept in a folder of this process while it
/// runs, and what an earlier one has left behind is offered. FX thread; the disk is asked
/// elsewhere.
final class Rescue implements AutoCloseable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM, HH:mm", Locale.ENGLISH);

    private final Path folder;
    private final Sessions sessions;
    private final Replays replays;
    private final MessageBar messages;
    private final Deque<Orphan> orphans = new ArrayDeque<>();
    private final List<Shelter> opened = new ArrayList<>();
    private volatile Shelter mine;
    private boolean closed;

    /// A recording that was left behind.
    private record Orphan(Shelter shelter, List<Path> files, String world, String when) {}

    /// @param folder shared by all windows of this person
    Rescue(Path folder, Sessions sessions, Replays replays, MessageBar messages) {
        this.folder = folder;
        this.sessions = sessions;
        this.replays = replays;
        this.messages = messages;
    }

    /// Looks for what was left behind, and keeps recordings from now on.
    void start() {
        Thread looking = new Thread(this::look, "looking for recordings");
        looking.setDaemon(true);
        looking.start();
    }

    private void look() {
        try {
            List<Orphan> found = new ArrayList<>();
            for (Shelter shelter : Shelter.orphans(folder)) {
                Orphan orphan = orphan(shelter);
                if (orphan == null) {
                    shelter.close();
                } else {
                    found.add(orphan);
                }
            }
            Shelter made = Shelter.make(folder);
            Fx.later(() -> found(found, made));
        } catch (IOException e) {
            String problem = FileTrouble.words(e);
            Fx.later(() -> messages.say(Messages.text("recovery.stopped", problem)));
        }
    }

    /// What is in a folder that was left behind; null where no moment can be read.
    private static Orphan orphan(Shelter shelter) {
        List<Path> readable = new ArrayList<>();
        String world = "";
        for (Path file : shelter.files()) {
            try (ReplayReader reader = new ReplayReader(file)) {
                world = reader.header().provider().title();
                readable.add(file);
            } catch (IOException e) {
                // killed in the very moment when it was begun, or of another version
                System.getLogger("marlab").log(System.Logger.Level.DEBUG, file + " is left", e);
            }
        }
        LocalDateTime when =
                LocalDateTime.ofInstant(
                        Instant.ofEpochMilli(shelter.changed()), ZoneId.systemDefault());
        return readable.isEmpty() ? null : new Orphan(shelter, readable, world, when.format(TIME));
    }

    private synchronized void found(List<Orphan> found, Shelter made) {
        orphans.addAll(found);
        mine = made;
        if (closed) {
            close();
        } else {
            sessions.keepIn(made);
            offer();
        }
    }

    private void offer() {
        Orphan orphan = orphans.peek();
        if (orphan != null) {
            messages.say(
                    Messages.text("recovery.offer", orphan.world(), orphan.when()),
                    new MessageBar.Action(Messages.text("recovery.open"), this::open),
                    new MessageBar.Action(Messages.text("recovery.discard"), this::discard));
        }
    }

    private void open() {
        Orphan orphan = orphans.remove();
        opened.add(orphan.shelter()); // held until the window closes
        replays.open(orphan.files(), Messages.text("recovery.name", orphan.when()));
    }

    private void discard() {
        Orphan orphan = orphans.remove();
        Thread deleting = new Thread(orphan.shelter()::close, "deleting");
        deleting.start();
        offer();
    }

    /// Deletes what was opened and what this window kept, and leaves the rest for the next start.
    /// After the sessions have ended. Any thread, once the window is closed.
    @Override
    public synchronized void close() {
        closed = true;
        orphans.forEach(orphan -> orphan.shelter().leave());
        opened.forEach(Shelter::close);
        if (mine != null) {
            mine.close();
        }
    }
}
