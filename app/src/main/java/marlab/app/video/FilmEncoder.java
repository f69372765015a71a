package marlab.app.video;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/// Writes frames, one after another, into a draft. Owned by one thread.
interface FilmEncoder extends AutoCloseable {

    /// Writes the next frame.
    ///
    /// @param frame as {@link FilmPainter#canvas} makes it; free again afterwards
    void add(BufferedImage frame) throws IOException;

    /// Completes the draft and waits until the disk has it.
    void finish() throws IOException;

    /// Lets go of everything, whether the draft is complete or not.
    @Override
    void close();

    /// An encoder of this format.
    ///
    /// @param draft where to
    static FilmEncoder open(FilmFormat format, Film film, Path draft) throws IOException {
        return switch (format) {
            case MP4 -> new Mp4Encoder(film, draft);
            case GIF -> new GifEncoder(film, draft);
            case PNG -> new PngEncoder(film, draft);
        };
    }

    /// The pixels of a frame, row after row.
    static int[] pixels(BufferedImage frame) {
        return ((java.awt.image.DataBufferInt) frame.getRaster().getDataBuffer()).getData();
    }
}
