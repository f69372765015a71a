package marlab.app.video;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/// A folder of numbered PNGs, each with the film's title and provenance.
final class PngEncoder implements FilmEncoder {

    private static final String TREE = "javax_imageio_png_1.0";
    private static final float QUICK = 0.7f; // of 1, which is least and fastest compression

    private final Path folder;
    private final ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    private final ImageWriteParam how = writer.getDefaultWriteParam();
    private final IIOMetadata metadata;
    private int count;

    PngEncoder(Film film, Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectory(folder);
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionQuality(QUICK);
        metadata =
                writer.getDefaultImageMetadata(
                        ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_INT_RGB),
                        how);
        IIOMetadataNode texts = new IIOMetadataNode("iTXt");
        texts.appendChild(text("Title", film.title()));
        texts.appendChild(text("Comment", film.provenance()));
        IIOMetadataNode root = new IIOMetadataNode(TREE);
        root.appendChild(texts);
        metadata.mergeTree(TREE, root);
    }

    /// True where a folder holds nothing that was not made here: it may be replaced.
    static boolean wrote(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.allMatch(f ->
                    f.getFileName().toString().matches("\\d{6}\\.png") && Files.isRegularFile(f));
        }
    }

    private static IIOMetadataNode text(String keyword, String text) {
        IIOMetadataNode node = new IIOMetadataNode("iTXtEntry");
        node.setAttribute("keyword", keyword);
        node.setAttribute("compressionFlag", "FALSE");
        node.setAttribute("compressionMethod", "0");
        node.setAttribute("languageTag", "");
        node.setAttribute("translatedKeyword", "");
        node.setAttribute("text", text);
        return node;
    }

    @Override
    public void add(BufferedImage frame) throws IOException {
        Path file = folder.resolve(String.format(Locale.ROOT, "%06d.png", ++count));
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            if (out == null) {
                throw new IOException(file + " can't be created");
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(frame, null, metadata), how);
        }
    }

    @Override
    public void finish() {}

    @Override
    public void close() {
        writer.dispose();
    }
}
