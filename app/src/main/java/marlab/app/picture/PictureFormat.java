package marlab.app.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import marlab.learning.store.AtomicFile;

/// What pictures can be saved as.
public enum PictureFormat {
    /// Pixels.
    PNG,
    /// Vectors for the web and for drawing programs.
    SVG,
    /// Vectors for papers and printers.
    PDF;

    /// Pixels per pixel at 100 %, where nobody says otherwise.
    public static final double ZOOM = 2;

    /// The format that a file's name asks for by its end.
    public static Optional<PictureFormat> of(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        for (PictureFormat format : values()) {
            if (name.endsWith("." + format.suffix())) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /// How names of such files end, for instance `png`.
    public String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The file's bytes; the same for the same drawing. Any thread, the FX thread excepted.
    ///
    /// @param zoom pixels per pixel at 100 %; matters to PNG only
    public byte[] bytes(Drawing drawing, double zoom, Provenance provenance) throws IOException {
        return switch (this) {
            case PNG -> PngDocument.bytes(drawing, zoom, provenance);
            case SVG -> SvgDocument.bytes(drawing, provenance);
            case PDF -> PdfDocument.bytes(drawing, provenance);
        };
    }

    /// Writes the file, whole or not at all.
    public void write(Path file, Drawing drawing, double zoom, Provenance provenance)
            throws IOException {
        AtomicFile.write(file, bytes(drawing, zoom, provenance));
    }

    /// The drawing as pixels.
    public static BufferedImage image(Drawing drawing, double zoom) {
        return PngDocument.image(drawing, zoom);
    }

    /// Writes pixels as PNG, whole or not at all.
    public static void write(Path file, BufferedImage image, Provenance provenance)
            throws IOException {
        AtomicFile.write(file, PngDocument.bytes(image, provenance));
    }
}
