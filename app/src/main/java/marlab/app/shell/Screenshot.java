package marlab.app.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javafx.animation.PauseTransition;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.util.Duration;
import marlab.app.fx.PngFile;

/// Takes one picture of the window and quits, with `-Dmarlab.screenshot=file.png,delayMillis`: for
/// documentation and reviews. FX thread.
final class Screenshot {

    private final Scene scene;

    Screenshot(Scene scene) {
        this.scene = scene;
    }

    void schedule() {
        String wanted = System.getProperty("marlab.screenshot");
        if (wanted == null) {
            return;
        }
        String[] parts = wanted.split(",");
        PauseTransition wait = new PauseTransition(Duration.millis(Double.parseDouble(parts[1])));
        wait.setOnFinished(event -> take(Path.of(parts[0])));
        wait.play();
    }

    private void take(Path file) {
        WritableImage image = scene.snapshot(null);
        try {
            PngFile.write(image, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        scene.getWindow().hide();
    }
}
