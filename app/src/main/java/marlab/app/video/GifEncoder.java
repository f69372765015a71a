package marlab.app.video;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/// An animated GIF that repeats for ever: one palette for the whole film, and of every frame only
/// what changed.
final class GifEncoder implements FilmEncoder {

    private static final String STREAM = "javax_imageio_gif_stream_1.0";
    private static final String IMAGE = "javax_imageio_gif_image_1.0";
    private static final int SAMPLES = 12;

    private final Path draft;
    private final int width;
    private final int height;
    private final int hundredths;
    private final String comment;
    private final GifPalette palette;
    private final ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    private final ImageOutputStream out;
    private final byte[] before;
    private final byte[] now;
    private boolean any;

    GifEncoder(Film film, Path draft) throws IOException {
        this.draft = draft;
        width = film.width();
        height = film.height();
        hundredths = 100 / film.fps();
        comment = film.title() + "\n" + film.provenance();
        palette = palette(film);
        before = new byte[width * height];
        now = new byte[width * height];
        out = ImageIO.createImageOutputStream(draft.toFile());
        if (out == null) {
            throw new IOException(draft + " can't be created");
        }
        writer.setOutput(out);
        writer.prepareWriteSequence(streamMetadata());
    }

    /// The colours of some frames from all over the film.
    private static GifPalette palette(Film film) {
        FilmPainter painter = film.painter();
        BufferedImage canvas = painter.canvas();
        GifPalette.Census census = new GifPalette.Census();
        int samples = Math.min(SAMPLES, film.frames());
        for (int k = 0; k < samples; k++) {
            int frame = (int) ((long) k * (film.frames() - 1) / Math.max(1, samples - 1));
            painter.paint(frame, canvas);
            census.count(FilmEncoder.pixels(canvas));
        }
        return census.palette();
    }

    private ImageTypeSpecifier type() {
        return new ImageTypeSpecifier(image(1, 1));
    }

    private BufferedImage image(int wide, int high) {
        return new BufferedImage(wide, high, BufferedImage.TYPE_BYTE_INDEXED, palette.model());
    }

    private IIOMetadata streamMetadata() throws IOException {
        IIOMetadata metadata = writer.getDefaultStreamMetadata(null);
        IIOMetadataNode root = new IIOMetadataNode(STREAM);
        IIOMetadataNode version = new IIOMetadataNode("Version");
        version.setAttribute("value", "89a");
        root.appendChild(version);
        IIOMetadataNode screen = new IIOMetadataNode("LogicalScreenDescriptor");
        screen.setAttribute("logicalScreenWidth", Integer.toString(width));
        screen.setAttribute("logicalScreenHeight", Integer.toString(height));
        screen.setAttribute("colorResolution", "8");
        screen.setAttribute("pixelAspectRatio", "0");
        root.appendChild(screen);
        IIOMetadataNode table = new IIOMetadataNode("GlobalColorTable");
        table.setAttribute("sizeOfGlobalColorTable", "256");
        table.setAttribute("backgroundColorIndex", "0");
        table.setAttribute("sortFlag", "FALSE");
        for (int k = 0; k < 256; k++) {
            IIOMetadataNode entry = new IIOMetadataNode("ColorTableEntry");
            entry.setAttribute("index", Integer.toString(k));
            entry.setAttribute("red", Integer.toString(palette.model().getRed(k)));
            entry.setAttribute("green", Integer.toString(palette.model().getGreen(k)));
            entry.setAttribute("blue", Integer.toString(palette.model().getBlue(k)));
            table.appendChild(entry);
        }
        root.appendChild(table);
        metadata.mergeTree(STREAM, root);
        return metadata;
    }

    @Override
    public void add(BufferedImage frame) throws IOException {
        palette.indices(FilmEncoder.pixels(frame), now);
        Rectangle changed = any ? changed() : new Rectangle(width, height);
        BufferedImage part = image(changed.width, changed.height);
        byte[] indices = ((DataBufferByte) part.getRaster().getDataBuffer()).getData();
        for (int y = 0; y < changed.height; y++) {
            int at = (changed.y + y) * width + changed.x;
            for (int x = 0; x < changed.width; x++, at++) {
                boolean same = any && now[at] == before[at];
                indices[y * changed.width + x] = same ? GifPalette.TRANSPARENT : now[at];
            }
        }
        writer.writeToSequence(new IIOImage(part, null, imageMetadata(changed)), null);
        System.arraycopy(now, 0, before, 0, now.length);
        any = true;
    }

    /// What differs from the frame before; one pixel where nothing does.
    private Rectangle changed() {
        Rectangle box = null;
        for (int y = 0; y < height; y++) {
            int from = y * width;
            int first =
                    java.util.Arrays.mismatch(now, from, from + width, before, from, from + width);
            if (first >= 0) {
                int last = width - 1;
                while (now[from + last] == before[from + last]) {
                    last--;
                }
                Rectangle row = new Rectangle(first, y, last - first + 1, 1);
                box = box == null ? row : box.union(row);
            }
        }
        return box == null ? new Rectangle(1, 1) : box;
    }

    private IIOMetadata imageMetadata(Rectangle at) throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(type(), null);
        IIOMetadataNode root = new IIOMetadataNode(IMAGE);
        IIOMetadataNode place = new IIOMetadataNode("ImageDescriptor");
        place.setAttribute("imageLeftPosition", Integer.toString(at.x));
        place.setAttribute("imageTopPosition", Integer.toString(at.y));
        place.setAttribute("imageWidth", Integer.toString(at.width));
        place.setAttribute("imageHeight", Integer.toString(at.height));
        place.setAttribute("interlaceFlag", "FALSE");
        root.appendChild(place);
        IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", "doNotDispose");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", any ? "TRUE" : "FALSE");
        control.setAttribute("delayTime", Integer.toString(hundredths));
        control.setAttribute(
                "transparentColorIndex", Integer.toString(GifPalette.TRANSPARENT & 0xFF));
        root.appendChild(control);
        if (!any) {
            root.appendChild(forEver());
            IIOMetadataNode comments = new IIOMetadataNode("CommentExtensions");
            IIOMetadataNode entry = new IIOMetadataNode("CommentExtension");
            entry.setAttribute("value", comment);
            comments.appendChild(entry);
            root.appendChild(comments);
        }
        metadata.mergeTree(IMAGE, root);
        return metadata;
    }

    private static IIOMetadataNode forEver() {
        IIOMetadataNode extension = new IIOMetadataNode("ApplicationExtension");
        extension.setAttribute("applicationID", "NETSCAPE");
        extension.setAttribute("authenticationCode", "2.0");
        extension.setUserObject(new byte[] {1, 0, 0});
        IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
        extensions.appendChild(extension);
        return extensions;
    }

    @Override
    public void finish() throws IOException {
        writer.endWriteSequence();
        out.close();
        try (FileChannel file = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }

    @Override
    public void close() {
        writer.dispose();
        try {
            out.close();
        } catch (IOException e) {
            // closed already, or the draft goes anyway
        }
    }
}
