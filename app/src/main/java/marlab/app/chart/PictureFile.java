package marlab.app.chart;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import marlab.learning.store.AtomicFile;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;

/// The learning curve as a picture file, without a window: the same chart as on screen, with a
/// title that says what it shows.
public final class PictureFile {

    private static final int SCALE = 2;

    private PictureFile() {}

    /// Writes a PNG at twice the request's size; whole or not at all.
    ///
    /// @param title dialect, n and interval
    public static void write(Path file, ChartRequest request, String title) throws IOException {
        ChartFonts fonts = new ChartFonts();
        JFreeChart chart = new ReturnChart(request, fonts.regular, fonts.bold).build();
        TextTitle text = new TextTitle(title, fonts.bold);
        text.setHorizontalAlignment(HorizontalAlignment.LEFT);
        text.setPadding(new RectangleInsets(8, 8, 4, 8));
        text.setPaint(foreground(request));
        chart.setTitle(text);
        chart.setPadding(new RectangleInsets(4, 8, 8, 8));
        BufferedImage image =
                chart.createBufferedImage(
                        (int) request.width() * SCALE,
                        (int) request.height() * SCALE,
                        request.width(),
                        request.height(),
                        null);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ChartUtils.writeBufferedImageAsPNG(bytes, image);
        AtomicFile.write(file, bytes.toByteArray());
    }

    private static Color foreground(ChartRequest request) {
        var fg = request.colours().palette().colour("-c-fg");
        return new Color((float) fg.getRed(), (float) fg.getGreen(), (float) fg.getBlue());
    }
}
