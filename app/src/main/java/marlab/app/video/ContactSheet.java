package marlab.app.video;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;

/// A dozen frames of a film on one picture, to see at a glance what it shows.
public final class ContactSheet {

    private static final int FRAMES = 12;
    private static final int WIDE = 640;
    private static final int GAP = 8;

    private ContactSheet() {}

    /// Frames evenly out of the film, cards included.
    public static BufferedImage of(Film film) {
        int columns = film.width() > film.height() ? 3 : 4;
        int rows = FRAMES / columns;
        int high = WIDE * film.height() / film.width();
        BufferedImage sheet =
                new BufferedImage(
                        columns * (WIDE + GAP) + GAP,
                        rows * (high + GAP) + GAP,
                        BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        FilmPainter painter = film.painter();
        BufferedImage canvas = painter.canvas();
        for (int k = 0; k < FRAMES; k++) {
            painter.paint((int) ((long) k * (film.frames() - 1) / (FRAMES - 1)), canvas);
            int x = GAP + k % columns * (WIDE + GAP);
            int y = GAP + k / columns * (high + GAP);
            Image small = canvas.getScaledInstance(WIDE, high, Image.SCALE_AREA_AVERAGING);
            pen.drawImage(small, x, y, null);
        }
        pen.dispose();
        return sheet;
    }
}
