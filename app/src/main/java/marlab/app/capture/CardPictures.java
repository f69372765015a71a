package marlab.app.capture;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.ContextMenuEvent;
import javafx.stage.FileChooser;
import marlab.app.card.Card;
import marlab.app.card.TableContent;
import marlab.app.fx.Fx;
import marlab.app.picture.Drawing;
import marlab.app.picture.PictureFormat;
import marlab.app.picture.Provenance;
import marlab.app.text.Messages;
import marlab.learning.store.AtomicFile;

/// Copies and saves any card of a scene as a picture, and its numbers as a table: by a right click
/// on it, or by key for the card that has the focus. What cards look like is noted down on the FX
/// thread, which takes a few milliseconds; pictures are made and written on a thread of their own,
/// "pictures".
public final class CardPictures implements AutoCloseable {

    private static final String CSV = "csv";

    private final Scene scene;
    private final Supplier<Card> otherwise;
    private final Function<String, Provenance> provenance;
    private final java.util.function.Consumer<String> messages;
    private final ContextMenu menu = new ContextMenu();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    task -> Thread.ofPlatform().daemon().name("pictures").unstarted(task));

    /// Listens to the scene from now on.
    ///
    /// @param otherwise the card that is meant when none has the focus; null where there is none
    /// @param provenance where a picture with this title comes from
    /// @param messages where sentences go
    public CardPictures(
            Scene scene,
            Supplier<Card> otherwise,
            Function<String, Provenance> provenance,
            java.util.function.Consumer<String> messages) {
        this.scene = scene;
        this.otherwise = otherwise;
        this.provenance = provenance;
        this.messages = messages;
        scene.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::asked);
    }

    /// Loads in the background what the first picture needs; call it when nothing is waited for.
    public void warmUp() {
        thread.execute(SceneSketch::warmUp);
    }

    private void asked(ContextMenuEvent event) {
        Card card = event.getTarget() instanceof Node node ? around(node) : null;
        if (card != null) {
            fill(card);
            menu.show(card, event.getScreenX(), event.getScreenY());
            event.consume();
        }
    }

    private void fill(Card card) {
        menu.getItems()
                .setAll(
                        item("picture.copy", () -> copy(card)),
                        item("picture.png", () -> choose(card, "png")),
                        item("picture.svg", () -> choose(card, "svg")),
                        item("picture.pdf", () -> choose(card, "pdf")));
        if (card instanceof TableContent content && content.table() != null) {
            menu.getItems().add(item("picture.csv", () -> choose(card, CSV)));
        }
    }

    private static MenuItem item(String key, Runnable action) {
        MenuItem item = new MenuItem(Messages.text(key));
        item.setId(key.replace('.', '-'));
        item.setOnAction(event -> action.run());
        return item;
    }

    /// The menu behind a right click, for tests.
    public ContextMenu menu() {
        return menu;
    }

    /// The card that a node is in; null when it is in none.
    private static Card around(Node node) {
        Node at = node;
        while (at != null && !(at instanceof Card)) {
            at = at.getParent();
        }
        return (Card) at;
    }

    /// The card that has the focus, else the one that is meant otherwise.
    private Card focused() {
        Card card = around(scene.getFocusOwner());
        return card == null ? otherwise.get() : card;
    }

    /// Copies the card that has the focus to the clipboard, at twice its size.
    public void copyFocused() {
        Card card = focused();
        if (card == null) {
            messages.accept(Messages.text("picture.none"));
        } else {
            copy(card);
        }
    }

    /// Asks where to, and saves the card that has the focus.
    public void saveFocused() {
        Card card = focused();
        if (card == null) {
            messages.accept(Messages.text("picture.none"));
        } else {
            choose(card, "png");
        }
    }

    private void copy(Card card) {
        String title = card.title();
        Drawing drawing = SceneSketch.of(card);
        thread.execute(() -> {
            WritableImage image = image(PictureFormat.image(drawing, PictureFormat.ZOOM));
            Fx.later(() -> {
                ClipboardContent content = new ClipboardContent();
                content.putImage(image);
                boolean copied = Clipboard.getSystemClipboard().setContent(content);
                messages.accept(
                        Messages.text(copied ? "picture.copied" : "picture.uncopied", title));
            });
        });
    }

    private static WritableImage image(BufferedImage pixels) {
        int width = pixels.getWidth();
        int height = pixels.getHeight();
        WritableImage image = new WritableImage(width, height);
        int[] argb = pixels.getRGB(0, 0, width, height, null, 0, width);
        image.getPixelWriter()
                .setPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
        return image;
    }

    private void choose(Card card, String suffix) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text("picture.save", card.title()));
        chooser.setInitialFileName(slug(card.title()) + "." + suffix);
        boolean table = suffix.equals(CSV);
        for (String each : table ? new String[] {CSV} : new String[] {"png", "svg", "pdf"}) {
            FileChooser.ExtensionFilter filter =
                    new FileChooser.ExtensionFilter(each.toUpperCase(Locale.ROOT), "*." + each);
            chooser.getExtensionFilters().add(filter);
            if (each.equals(suffix)) {
                chooser.setSelectedExtensionFilter(filter);
            }
        }
        File file = chooser.showSaveDialog(scene.getWindow());
        if (file != null) {
            FileChooser.ExtensionFilter filter = chooser.getSelectedExtensionFilter();
            String wanted =
                    filter == null ? suffix : filter.getExtensions().getFirst().substring(2);
            save(card, named(file.toPath(), wanted));
        }
    }

    /// The file with a suffix that says what is in it.
    private static Path named(Path file, String suffix) {
        boolean says = file.toString().endsWith("." + CSV) || PictureFormat.of(file).isPresent();
        return says ? file : file.resolveSibling(file.getFileName() + "." + suffix);
    }

    private static String slug(String title) {
        return title.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    /// Saves a card as what the end of the file's name says; a sentence about the outcome follows.
    public void save(Card card, Path file) {
        if (file.toString().endsWith("." + CSV) && card instanceof TableContent content) {
            Supplier<String> table = content.table();
            write(file, () -> AtomicFile.write(file, table.get()));
            return;
        }
        PictureFormat format = PictureFormat.of(file).orElse(PictureFormat.PNG);
        Provenance from = provenance.apply(card.title());
        Drawing drawing = SceneSketch.of(card);
        write(file, () -> format.write(file, drawing, PictureFormat.ZOOM, from));
    }

    /// Something to do with files.
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private void write(Path file, Writing writing) {
        thread.execute(() -> {
            String sentence;
            try {
                writing.run();
                sentence = Messages.text("picture.saved", file.toString());
            } catch (IOException e) {
                sentence = Messages.text("picture.unsaved", file.toString(), reason(file, e));
            }
            String said = sentence;
            Fx.later(() -> messages.accept(said));
        });
    }

    private static String reason(Path file, IOException problem) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            return Messages.text("picture.reason.folder");
        }
        if (folder != null && !Files.isWritable(folder)) {
            return Messages.text("picture.reason.rights");
        }
        return String.valueOf(problem.getMessage());
    }

    /// Writes what it has begun to write and no more after that.
    @Override
    public void close() {
        thread.shutdown();
    }
}
