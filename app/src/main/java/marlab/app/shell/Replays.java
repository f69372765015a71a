package marlab.app.shell;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.DoubleConsumer;
import javafx.scene.Scene;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.stage.FileChooser;
import javafx.util.Subscription;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.sim.replay.Recording;
import marlab.sim.replay.Replay;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.replay.ReplayTable;
import marlab.sim.replay.ReplayWriter;

/// Replays as files: the recording of the session in the window is saved, a file is opened in place
/// of it, and what goes wrong is said in the message bar. FX thread; files are read and written
/// elsewhere.
final class Replays {

    /// How names of replay files end.
    static final String EXTENSION = ".marlab-replay";

    private static final String TABLE = ".csv";
    private static final long MEGABYTE = 1 << 20;
    private static final long LARGER = 500 * MEGABYTE;

    private final Scene scene;
    private final Sessions sessions;
    private final MessageBar messages;
    private final Errand errand;
    private Recording saidFull; // whose being full was told

    Replays(Scene scene, Sessions sessions, MessageBar messages) {
        this.scene = scene;
        this.sessions = sessions;
        this.messages = messages;
        errand = new Errand(messages);
    }

    /// Follows the sessions, and takes files that are dropped on the window.
    Subscription follow() {
        scene.setOnDragOver(this::dragged);
        scene.setOnDragDropped(this::dropped);
        return sessions.current().subscribe((before, now) -> arrived(now));
    }

    private void dragged(DragEvent event) {
        if (replay(event) != null) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
        }
    }

    private void dropped(DragEvent event) {
        Path file = replay(event);
        if (file != null) {
            open(file);
            event.setDropCompleted(true);
            event.consume();
        }
    }

    private static Path replay(DragEvent event) {
        List<File> files = event.getDragboard().getFiles();
        return files == null
                ? null
                : files.stream()
                        .filter(file -> file.getName().endsWith(EXTENSION))
                        .findFirst()
                        .map(File::toPath)
                        .orElse(null);
    }

    private FileChooser chooser(String title, String extension) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters()
                .add(
                        new FileChooser.ExtensionFilter(
                                Messages.text("replay.kind" + extension), "*" + extension));
        return chooser;
    }

    /// Asks where to save the recording, and saves it.
    void save() {
        FileChooser chooser = chooser(Messages.text("replay.save"), EXTENSION);
        chooser.setInitialFileName(sessions.now().world().name() + EXTENSION);
        File file = chooser.showSaveDialog(scene.getWindow());
        if (file != null) {
            save(named(file.toPath()));
        }
    }

    private static Path named(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(EXTENSION) ? file : file.resolveSibling(name + EXTENSION);
    }

    /// Saves the recording as it is now.
    void save(Path file) {
        Session session = sessions.now();
        Recording recording = session.watched().recording();
        Papers papers = Papers.of(session);
        String name = file.getFileName().toString();
        errand.run(
                Messages.text("replay.saving", name),
                heard -> {
                    int moments = recording.size();
                    ReplayWriter.save(file, papers.complete(), recording, papers.metrics(), heard);
                    return Messages.text(
                            "replay.saved",
                            Figures.whole(moments),
                            file.toString(),
                            size(Files.size(file)));
                },
                messages::say,
                e -> messages.say(Messages.text("replay.unsaved", file.toString(), words(e))));
    }

    /// Asks where to write the recording as a table, and writes it.
    void export() {
        FileChooser chooser = chooser(Messages.text("replay.export"), TABLE);
        chooser.setInitialFileName(sessions.now().world().name() + TABLE);
        File file = chooser.showSaveDialog(scene.getWindow());
        if (file != null) {
            export(file.toPath());
        }
    }

    /// Writes the recording as it is now as a table of comma-separated values.
    void export(Path file) {
        Session session = sessions.now();
        Recording recording = session.watched().recording();
        Papers papers = Papers.of(session);
        errand.run(
                Messages.text("replay.exporting", file.getFileName().toString()),
                heard -> {
                    table(file, papers.complete(), recording, heard);
                    return Messages.text(
                            "replay.exported", file.toString(), size(Files.size(file)));
                },
                messages::say,
                e -> messages.say(Messages.text("replay.unsaved", file.toString(), words(e))));
    }

    /// Writes the whole table or nothing.
    private static void table(
            Path file, ReplayHeader header, Recording recording, DoubleConsumer heard)
            throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        long first = recording.oldest();
        double span = recording.newest() + 1.0 - first;
        try {
            try (Writer out = Files.newBufferedWriter(draft)) {
                ReplayTable table = new ReplayTable(header, recording.spec(), out);
                recording.forEach(frame -> {
                    table.add(frame);
                    heard.accept(Math.min(1, (frame.moment + 1 - first) / span));
                });
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

    private static String words(Exception problem) {
        return problem instanceof IOException e ? FileTrouble.words(e) : problem.toString();
    }

    private static String size(long bytes) {
        return bytes < MEGABYTE
                ? Messages.text("size.kb", Figures.whole(Math.max(1, bytes >> 10)))
                : Messages.text("size.mb", Figures.fixed((double) bytes / MEGABYTE, 1));
    }

    /// Asks which file to open, and opens it.
    void open() {
        File file =
                chooser(Messages.text("replay.open"), EXTENSION).showOpenDialog(scene.getWindow());
        if (file != null) {
            open(file.toPath());
        }
    }

    /// Opens a file in place of the session in the window.
    void open(Path file) {
        open(List.of(file), file.getFileName().toString());
    }

    /// Opens files that go on from one another, under this name.
    void open(List<Path> files, String name) {
        long room = sessions.room().get();
        errand.run(
                Messages.text("replay.opening", name),
                heard -> new Opened(name, files, Replay.read(files, room, heard)),
                sessions::open,
                e -> messages.say(e.getMessage() == null ? e.toString() : e.getMessage()));
    }

    /// Ends what goes on.
    ///
    /// @return true when something did
    boolean cancel() {
        boolean busy = errand.busy();
        errand.cancel();
        return busy;
    }

    private void arrived(Session now) {
        Opened opened = now.opened();
        if (opened != null) {
            String seed = opened.replay().header().about().getOrDefault("seed", "");
            if (seed.matches("\\d{1,9}")) {
                now.transport().seed().set(Long.parseLong(seed));
            }
            if (opened.replay().damage() != null) {
                messages.say(opened.replay().damage());
            }
        }
    }

    /// Says what has come up. Ten times a second.
    void telemetry() {
        errand.telemetry();
        Session session = sessions.now();
        Recording recording = session.watched().recording();
        if (recording != saidFull && recording.oldestStride() > 1) {
            saidFull = recording;
            full(recording);
        }
        String stuck = session.watched().takeProblem();
        if (stuck != null) {
            session.transport().watching().set(false);
            messages.say(Messages.text("replay.stuck", stuck));
        }
        String problem = session.takeRecorderProblem();
        if (problem != null) {
            messages.say(Messages.text("recovery.stopped", problem));
        }
    }

    private void full(Recording recording) {
        long room = sessions.room().get();
        String sentence =
                Messages.text(
                        "replay.full",
                        Figures.whole(room / MEGABYTE),
                        ordinal(recording.oldestStride()));
        long larger = Math.max(LARGER, 2 * room);
        messages.say(
                sentence,
                new MessageBar.Action(
                        Messages.text("replay.full.more", Figures.whole(larger / MEGABYTE)),
                        () -> sessions.room().set(larger)));
    }

    private static String ordinal(int number) {
        return number + (number % 10 == 2 && number % 100 != 12 ? "nd" : "th");
    }
}
