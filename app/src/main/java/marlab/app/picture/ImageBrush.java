package marlab.app.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import marlab.app.chart.ChartFonts;
import marlab.app.raster.Raster;
import marlab.app.raster.Stamps;
import marlab.app.theme.ColourRegistry;
import marlab.sim.draw.Ink;

/// A brush on a picture in memory, for files: needs no display. Tiles and sprites are put down
/// pixel by pixel, so that thousands of them cost no more than a few big things. Looks as {@link
/// marlab.app.fx.FxBrush} does. Owned by one thread.
public final class ImageBrush extends GraphicsBrush {

    private final BufferedImage image;
    private final Raster raster;
    private final Stamps stamps = new Stamps();

    /// A brush on a new picture, all canvas.
    ///
    /// @param width in pixels
    /// @param zoom pixels per pixel at 100 %: lines and type grow with it
    public ImageBrush(
            int width, int height, double zoom, ColourRegistry colours, ChartFonts fonts) {
        this(
                new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE),
                zoom,
                colours,
                fonts);
        canvas(0, 0, width, height);
    }

    /// A brush on a picture that is there already; what is on it stays.
    ///
    /// @param image of type INT_ARGB_PRE
    private ImageBrush(BufferedImage image, double zoom, ColourRegistry colours, ChartFonts fonts) {
        super(image.createGraphics(), zoom, colours, fonts);
        this.image = image;
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        raster = new Raster(pixels, image.getWidth(), image.getHeight());
    }

    /// The picture.
    public BufferedImage image() {
        return image;
    }

    @Override
    public void tiles(
            double minX,
            double maxY,
            double size,
            int rows,
            int columns,
            byte[] codes,
            Ink[] inks) {
        raster.tiles(pixelX(minX), pixelY(maxY), size * scale(), rows, columns, codes, argb(inks));
    }

    @Override
    public void sprites(
            Sprite shape,
            int count,
            double[] xs,
            double[] ys,
            double[] headings,
            double radius,
            byte[] codes,
            Ink[] inks) {
        int[] fills = argb(inks);
        int outline = argb(Ink.Role.FOREGROUND);
        stamps.use(shape, radius * scale());
        for (int k = 0; k < count; k++) {
            raster.stamp(
                    stamps.at(headings == null ? 0 : headings[k]),
                    pixelX(xs[k]),
                    pixelY(ys[k]),
                    fills[codes[k]],
                    outline);
        }
    }
}
