package marlab.app.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/// Writes drawings and pictures of pixels as PNG, with what is known about them as text chunks.
final class PngDocument {

    private static final String FORMAT = "javax_imageio_png_1.0";

    private PngDocument() {}

    /// @param zoom pixels per pixel at 100 %
    static byte[] bytes(Drawing drawing, double zoom, Provenance provenance) throws IOException {
        return bytes(image(drawing, zoom), provenance);
    }

    static BufferedImage image(Drawing drawing, double zoom) {
        int width = (int) Math.ceil(drawing.width() * zoom);
        int height = (int) Math.ceil(drawing.height() * zoom);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        GraphicsBrush.smooth(graphics);
        graphics.scale(zoom, zoom);
        drawing.draw(graphics);
        graphics.dispose();
        return image;
    }

    static byte[] bytes(BufferedImage image, Provenance provenance) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0); // as small as can be
        IIOMetadata metadata =
                writer.getDefaultImageMetadata(
                        ImageTypeSpecifier.createFromRenderedImage(image), parameters);
        metadata.mergeTree(FORMAT, texts(provenance));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, metadata), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /// Text chunks are Latin-1 or, where that does not do, international ones.
    private static IIOMetadataNode texts(Provenance provenance) {
        IIOMetadataNode plain = new IIOMetadataNode("tEXt");
        IIOMetadataNode international = new IIOMetadataNode("iTXt");
        add(plain, international, "Title", provenance.title());
        for (Map.Entry<String, String> fact : provenance.facts().entrySet()) {
            add(plain, international, fact.getKey(), fact.getValue());
        }
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        root.appendChild(plain);
        if (international.hasChildNodes()) {
            root.appendChild(international);
        }
        return root;
    }

    private static void add(
            IIOMetadataNode plain, IIOMetadataNode international, String name, String value) {
        if (value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            IIOMetadataNode entry = new IIOMetadataNode("tEXtEntry");
            entry.setAttribute("keyword", name);
            entry.setAttribute("value", value);
            plain.appendChild(entry);
            return;
        }
        IIOMetadataNode entry = new IIOMetadataNode("iTXtEntry");
        entry.setAttribute("keyword", name);
        entry.setAttribute("compressionFlag", "FALSE");
        entry.setAttribute("compressionMethod", "0");
        entry.setAttribute("languageTag", "en");
        entry.setAttribute("translatedKeyword", name);
        entry.setAttribute("text", value);
        international.appendChild(entry);
    }
}
