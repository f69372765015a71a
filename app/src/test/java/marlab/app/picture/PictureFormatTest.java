package marlab.app.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import marlab.app.theme.ColourRegistry;
import marlab.app.theme.Palette;
import marlab.app.theme.Scheme;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class PictureFormatTest {

    private static final int SIDE = 240;
    private static final Provenance FROM =
            Provenance.of("Simple Spread", "1.0").with("Seed", 7).with("Note", "π is ≥ 3");

    private static WorldPicture painter() {
        return new WorldPicture(new ColourRegistry(Palette.of(Scheme.LIGHT)), 1);
    }

    private static Drawing drawing(String world) {
        WorldProvider provider = Worlds.named(world);
        return painter().drawing(provider, provider.defaults(), SIDE, 1, 12);
    }

    /// Mean difference of the channels, 0 to 255, of means over 4 × 4 pixels: crowds of marks are
    /// put on whole pixels, vectors are not.
    private static double difference(BufferedImage one, BufferedImage other) {
        assertEquals(one.getWidth(), other.getWidth());
        assertEquals(one.getHeight(), other.getHeight());
        double sum = 0;
        for (int y = 0; y + 4 <= one.getHeight(); y += 4) {
            for (int x = 0; x + 4 <= one.getWidth(); x += 4) {
                for (int shift = 0; shift < 24; shift += 8) {
                    sum += Math.abs(mean(one, x, y, shift) - mean(other, x, y, shift));
                }
            }
        }
        return sum * 16 / 3 / one.getWidth() / one.getHeight();
    }

    private static double mean(BufferedImage image, int left, int top, int shift) {
        int sum = 0;
        for (int k = 0; k < 16; k++) {
            sum += image.getRGB(left + k % 4, top + k / 4) >> shift & 0xFF;
        }
        return sum / 16.0;
    }

    /// Round things, grids, crowds: as vectors they look as they do pixel by pixel.
    @ParameterizedTest
    @CsvSource({
        "simple_spread, 0.5",
        "vicsek, 4", // 300 birds, up to half a pixel beside where they are
        "kuramoto, 1",
        "cleanup, 0.5",
        "pogema, 0.5",
        "network_dilemma, 0.5"
    })
    void vectorsLookLikePixels(String world, double most) throws IOException {
        WorldProvider provider = Worlds.named(world);
        BufferedImage pixels = painter().of(provider, provider.defaults(), SIDE, 1, 12);
        BufferedImage vectors = PictureFormat.image(drawing(world), 1);
        keep(world, vectors, pixels);
        assertTrue(difference(pixels, vectors) < most, world + ": " + difference(pixels, vectors));
    }

    private static void keep(String name, BufferedImage... images) throws IOException {
        String folder = System.getProperty("marlab.keep");
        for (int k = 0; folder != null && k < images.length; k++) {
            ImageIO.write(images[k], "png", Path.of(folder, name + k + ".png").toFile());
        }
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    void theSamePictureIsTheSameBytes(PictureFormat format) throws Exception {
        byte[] first = format.bytes(drawing("simple_spread"), 2, FROM);
        Thread.sleep(1_100); // a date with seconds in it would show
        assertArrayEquals(first, format.bytes(drawing("simple_spread"), 2, FROM));
    }

    @Test
    void aPdfShowsWhatItShould() throws IOException {
        Drawing drawing = drawing("simple_spread");
        byte[] bytes = PictureFormat.PDF.bytes(drawing, 1, FROM);
        try (PDDocument document = Loader.loadPDF(bytes)) {
            assertEquals("Simple Spread", document.getDocumentInformation().getTitle());
            assertEquals("Marlab 1.0", document.getDocumentInformation().getCreator());
            assertEquals("7", document.getDocumentInformation().getCustomMetadataValue("Seed"));
            BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, 96);
            BufferedImage image = PictureFormat.image(drawing, 1);
            keep("pdf", page, image);
            assertTrue(difference(image, page) < 2.5, "" + difference(image, page));
        }
    }

    @Test
    void anSvgKeepsTextAndProvenance() throws IOException {
        String svg =
                new String(
                        PictureFormat.SVG.bytes(drawing("simple_spread"), 1, FROM),
                        StandardCharsets.UTF_8);
        assertTrue(svg.contains(">A</text>"), svg.substring(0, 2_000));
        assertTrue(svg.contains("Inter, 'Segoe UI'"));
        assertTrue(svg.contains("<marlab:Seed>7</marlab:Seed>"));
        assertTrue(svg.contains("<title>Simple Spread</title>"));
        assertTrue(svg.contains("viewBox=\"0 0 240 240\""));
    }

    @Test
    void aPngSaysWhereItComesFrom() throws IOException {
        byte[] bytes = PictureFormat.PNG.bytes(drawing("simple_spread"), 2, FROM);
        assertEquals(2 * SIDE, ImageIO.read(new ByteArrayInputStream(bytes)).getWidth());
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("tEXtSoftware\0Marlab 1.0"));
        assertTrue(text.contains("iTXtNote\0"));
    }

    /// 10,000 birds are one path per ink, not 10,000 elements.
    @Test
    void aFlockIsAHandfulOfPaths() throws IOException {
        WorldProvider vicsek = Worlds.named("vicsek");
        Drawing flock =
                painter().drawing(vicsek, vicsek.configure(Map.of("agents", "10000")), 900, 1, 3);
        long start = System.nanoTime();
        byte[] svg = PictureFormat.SVG.bytes(flock, 1, FROM);
        long svgNanos = System.nanoTime() - start;
        byte[] pdf = PictureFormat.PDF.bytes(flock, 1, FROM);
        long pdfNanos = System.nanoTime() - start - svgNanos;
        System.out.printf(
                "10,000 birds: SVG %,d bytes in %d ms, PDF %,d bytes in %d ms%n",
                svg.length, svgNanos / 1_000_000, pdf.length, pdfNanos / 1_000_000);
        int elements = new String(svg, StandardCharsets.UTF_8).split("<path").length - 1;
        assertTrue(elements < 300, elements + " paths");
        assertTrue(svg.length < 1_500_000, svg.length + " bytes");
        String folder = System.getProperty("marlab.keep");
        if (folder != null) {
            Files.write(Path.of(folder, "flock.svg"), svg);
            Files.write(Path.of(folder, "flock.pdf"), pdf);
        }
    }
}
