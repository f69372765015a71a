package marlab.app.curves;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.FileChooser;
import marlab.app.chart.ChartRequest;
import marlab.app.chart.CurveTable;
import marlab.app.chart.PictureFile;
import marlab.app.fx.Fx;
import marlab.app.text.Messages;
import marlab.learning.store.AtomicFile;

/// The menu behind a right click on the chart. FX thread; files are written elsewhere.
final class CurveExport {

    private final ChartArtist artist;
    private final Supplier<ChartRequest> request;
    private final Supplier<String> caption;
    private final Node chart;
    private final Consumer<String> messages;
    private ContextMenu menu;

    CurveExport(
            ChartArtist artist,
            Supplier<ChartRequest> request,
            Supplier<String> caption,
            Node chart,
            Consumer<String> messages) {
        this.artist = artist;
        this.request = request;
        this.caption = caption;
        this.chart = chart;
        this.messages = messages;
    }

    ContextMenu menu() {
        if (menu == null) {
            menu =
                    new ContextMenu(
                            item("curves.save.csv", () -> save("csv")),
                            item("curves.save.png", () -> save("png")),
                            item("curves.copy", this::copy));
        }
        return menu;
    }

    private static MenuItem item(String key, Runnable action) {
        MenuItem item = new MenuItem(Messages.text(key));
        item.setOnAction(event -> action.run());
        return item;
    }

    private void save(String kind) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Messages.text("curves.save." + kind));
        chooser.setInitialFileName("return." + kind);
        File file = chooser.showSaveDialog(chart.getScene().getWindow());
        if (file != null) {
            save(file.toPath(), kind);
        }
    }

    /// Writes the file; a sentence about the outcome follows.
    void save(Path file, String kind) {
        ChartRequest now = request.get();
        Consumer<IOException> done =
                problem ->
                        Fx.later(() ->
                                messages.accept(
                                        problem == null
                                                ? Messages.text("curves.saved", file.toString())
                                                : Messages.text(
                                                        "curves.unsaved",
                                                        file.toString(),
                                                        reason(problem))));
        if (kind.equals("csv")) {
            artist.errand(() -> AtomicFile.write(file, CurveTable.text(now.points())), done);
        } else {
            String title = caption.get();
            artist.errand(() -> PictureFile.write(file, now, title), done);
        }
    }

    private static String reason(IOException problem) {
        return problem.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .replace(" Exception", "")
                .toLowerCase(java.util.Locale.ROOT);
    }

    private void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putImage(chart.snapshot(null, null));
        Clipboard.getSystemClipboard().setContent(content);
    }
}
