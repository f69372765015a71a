package marlab.app.fx;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.stage.Window;
import marlab.app.raster.Raster;

/// The rasters that one canvas shows within its other drawing. A canvas only notes what to draw and
/// reads images later, so every layer of a picture has pixels of its own; they are reused from
/// picture to picture. FX thread, within a pulse.
final class RasterLayers {

    private record Layer(Raster raster, PixelBuffer<IntBuffer> buffer, WritableImage image) {}

    private final GraphicsContext gc;
    private final List<Layer> layers = new ArrayList<>();
    private double width;
    private double height;
    private double density = 1;
    private int used;
    private boolean open;

    RasterLayers(GraphicsContext gc) {
        this.gc = gc;
    }

    /// Begins a picture of this size in canvas units.
    void begin(double newWidth, double newHeight) {
        width = newWidth;
        height = newHeight;
        density = outputScale();
        used = 0;
        open = false;
    }

    private double outputScale() {
        if (gc.getCanvas().getScene() == null) {
            return 1;
        }
        Window window = gc.getCanvas().getScene().getWindow();
        return window == null ? 1 : window.getOutputScaleX();
    }

    /// Pixels per canvas unit.
    double density() {
        return density;
    }

    /// The raster to draw on now: above everything drawn so far.
    Raster top() {
        if (!open) {
            Layer layer = layer(used++);
            layer.raster.clear();
            open = true;
        }
        return layers.get(used - 1).raster;
    }

    private Layer layer(int k) {
        int columns = Math.max(1, (int) Math.ceil(width * density));
        int rows = Math.max(1, (int) Math.ceil(height * density));
        if (k < layers.size()) {
            Raster raster = layers.get(k).raster;
            if (raster.width() == columns && raster.height() == rows) {
                return layers.get(k);
            }
            layers.subList(k, layers.size()).clear();
        }
        IntBuffer pixels = IntBuffer.allocate(columns * rows);
        PixelBuffer<IntBuffer> buffer =
                new PixelBuffer<>(columns, rows, pixels, PixelFormat.getIntArgbPreInstance());
        Raster raster = new Raster(pixels.array(), columns, rows);
        layers.add(new Layer(raster, buffer, new WritableImage(buffer)));
        return layers.get(k);
    }

    /// Puts the open raster on the canvas: what is drawn next lies above it.
    void flush() {
        if (open) {
            open = false;
            Layer layer = layers.get(used - 1);
            layer.buffer.updateBuffer(all -> null);
            gc.drawImage(
                    layer.image,
                    0,
                    0,
                    layer.raster.width() / density,
                    layer.raster.height() / density);
        }
    }
}
