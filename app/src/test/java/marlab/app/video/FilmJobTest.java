package marlab.app.video;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Films as files: read back by FFmpeg, ffprobe and ImageIO, which did not write them for us.
class FilmJobTest {

    @TempDir Path folder;

    private static Film film(FilmPreset preset) {
        FilmPlan plan = Recorded.small(preset).worded("Wer teilt? – «Spread»", List.of("Caption"));
        return Film.of(plan, List.of(Recorded.spread("coordinated", 1, 5)));
    }

    private Path make(Film film, FilmFormat format, String name) throws IOException {
        Path file = folder.resolve(name);
        FilmJob job = new FilmJob(film, format, file, false);
        job.run();
        assertEquals(film.frames(), job.progress().done());
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    all.filter(f -> f.getFileName().toString().endsWith(".tmp")).toList());
        }
        return file;
    }

    @Test
    void mp4IsWhatThePlanSays() throws Exception {
        Film film = film(FilmPreset.HD);
        Path file = make(film, FilmFormat.MP4, "film.mp4");
        BufferedImage canvas = film.painter().canvas();
        FilmPainter painter = film.painter();
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
            grabber.setPixelFormat(avutil.AV_PIX_FMT_BGRA);
            grabber.start();
            assertEquals(avcodec.AV_CODEC_ID_H264, grabber.getVideoCodec());
            assertEquals(320, grabber.getImageWidth());
            assertEquals(180, grabber.getImageHeight());
            assertEquals(10, grabber.getVideoFrameRate());
            assertEquals(film.seconds(), grabber.getLengthInTime() * 1e-6, 1e-3);
            assertEquals("Wer teilt? – «Spread»", grabber.getMetadata("title"));
            Map<?, ?> from = Json.object(grabber.getMetadata("comment"));
            assertEquals("simple_spread", from.get("world"));
            assertEquals("1", from.get("seed"));
            assertEquals(List.of("coordinated.marlab-replay"), from.get("replays"));
            int count = 0;
            for (Frame f = grabber.grabImage(); f != null; f = grabber.grabImage()) {
                assertEquals(count * 100_000L, f.timestamp, 1_000, "constant frame rate");
                painter.paint(count, canvas);
                double off = difference(FilmEncoder.pixels(canvas), f);
                assertTrue(off < 4, "frame " + count + " is " + off + " off, of 255");
                count++;
            }
            assertEquals(film.frames(), count);
        }
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertTrue(bytes.indexOf("moov") < bytes.indexOf("mdat"), "its index comes first");
    }

    private static double difference(int[] pixels, Frame frame) {
        ByteBuffer got = (ByteBuffer) frame.image[0];
        long sum = 0;
        for (int k = 0; k < pixels.length; k++) {
            int at = k / 320 * frame.imageStride + k % 320 * 4;
            for (int c = 0; c < 3; c++) {
                sum += Math.abs((pixels[k] >> 8 * c & 0xFF) - (got.get(at + c) & 0xFF));
            }
        }
        return sum / 3.0 / pixels.length;
    }

    @Test
    void ffprobeAgrees() throws Exception {
        Film film = film(FilmPreset.SQUARE);
        Path file = make(film, FilmFormat.MP4, "film.mp4");
        Process probe = null;
        try {
            probe =
                    new ProcessBuilder(
                                    "ffprobe",
                                    "-v",
                                    "error",
                                    "-count_frames",
                                    "-show_entries",
                                    "stream=codec_name,width,height,pix_fmt,r_frame_rate,"
                                            + "avg_frame_rate,duration,nb_read_frames",
                                    "-of",
                                    "default=nw=1",
                                    file.toString())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            Assumptions.abort("no ffprobe here to agree: " + e.getMessage());
        }
        String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(
                List.of(
                        "codec_name=h264",
                        "width=180",
                        "height=180",
                        "pix_fmt=yuv420p",
                        "r_frame_rate=10/1",
                        "avg_frame_rate=10/1",
                        "duration=" + String.format(java.util.Locale.ROOT, "%.6f", film.seconds()),
                        "nb_read_frames=" + film.frames()),
                said.lines().toList());
    }

    @Test
    void gifKeepsItsColoursAndItsTime() throws IOException {
        Film film = film(FilmPreset.SQUARE);
        Path file = make(film, FilmFormat.GIF, "film.gif");
        FilmPainter painter = film.painter();
        BufferedImage canvas = painter.canvas();
        BufferedImage shown = new BufferedImage(180, 180, BufferedImage.TYPE_INT_RGB);
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
            reader.setInput(in);
            assertEquals(film.frames(), reader.getNumImages(true));
            for (int k = 0; k < film.frames(); k++) {
                IIOMetadataNode tree =
                        tree(reader.getImageMetadata(k), "javax_imageio_gif_image_1.0");
                assertEquals("10", attribute(tree, "GraphicControlExtension", "delayTime"));
                int x = Integer.parseInt(attribute(tree, "ImageDescriptor", "imageLeftPosition"));
                int y = Integer.parseInt(attribute(tree, "ImageDescriptor", "imageTopPosition"));
                shown.createGraphics().drawImage(reader.read(k), x, y, null);
                painter.paint(k, canvas);
                double off = difference(FilmEncoder.pixels(canvas), FilmEncoder.pixels(shown));
                assertTrue(off < 2, "frame " + k + " is " + off + " off, of 255");
            }
            reader.dispose();
        }
    }

    private static double difference(int[] one, int[] other) {
        long sum = 0;
        for (int k = 0; k < one.length; k++) {
            for (int shift = 0; shift < 24; shift += 8) {
                sum += Math.abs((one[k] >> shift & 0xFF) - (other[k] >> shift & 0xFF));
            }
        }
        return sum / 3.0 / one.length;
    }

    private static IIOMetadataNode tree(IIOMetadata metadata, String format) {
        return (IIOMetadataNode) metadata.getAsTree(format);
    }

    private static String attribute(IIOMetadataNode tree, String node, String name) {
        return ((IIOMetadataNode) tree.getElementsByTagName(node).item(0)).getAttribute(name);
    }

    @Test
    void picturesAreExactAndSayWhereTheyComeFrom() throws IOException {
        Film film = film(FilmPreset.HD);
        Path made = make(film, FilmFormat.PNG, "frames");
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(made)) {
            all.sorted().forEach(files::add);
        }
        assertEquals(film.frames(), files.size());
        assertEquals("000001.png", files.getFirst().getFileName().toString());
        FilmPainter painter = film.painter();
        BufferedImage canvas = painter.canvas();
        painter.paint(15, canvas);
        BufferedImage read = ImageIO.read(files.get(15).toFile());
        for (int y = 0; y < 180; y++) {
            for (int x = 0; x < 320; x++) {
                assertEquals(canvas.getRGB(x, y), read.getRGB(x, y));
            }
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(files.get(15).toFile())) {
            ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
            reader.setInput(in);
            IIOMetadataNode tree = tree(reader.getImageMetadata(0), "javax_imageio_png_1.0");
            var entries = tree.getElementsByTagName("iTXtEntry");
            assertEquals("Title", ((IIOMetadataNode) entries.item(0)).getAttribute("keyword"));
            assertEquals(
                    film.provenance(), ((IIOMetadataNode) entries.item(1)).getAttribute("text"));
            reader.dispose();
        }
    }

    @Test
    void whatIsThereIsReplacedOnlyWhenAsked() throws IOException {
        Path file = Files.writeString(folder.resolve("film.gif"), "mine");
        Film film = film(FilmPreset.SQUARE);
        assertThrows(BadInput.class, () -> new FilmJob(film, FilmFormat.GIF, file, false).run());
        assertEquals("mine", Files.readString(file));
        new FilmJob(film, FilmFormat.GIF, file, true).run();
        assertEquals(
                "GIF89a", new String(Files.readAllBytes(file), 0, 6, StandardCharsets.US_ASCII));
        Path pictures = Files.createDirectory(folder.resolve("holiday"));
        Files.writeString(pictures.resolve("letter.txt"), "dear");
        assertThrows(BadInput.class, () -> new FilmJob(film, FilmFormat.PNG, pictures, true).run());
        assertEquals("dear", Files.readString(pictures.resolve("letter.txt")));
        Path nowhere = folder.resolve("no/film.gif");
        assertThrows(BadInput.class, () -> new FilmJob(film, FilmFormat.GIF, nowhere, false).run());
    }

    @Test
    void cancelledFilmsLeaveNothing() throws Exception {
        Film film =
                Film.of(
                        Recorded.small(FilmPreset.SQUARE).paced(new FilmPlan.Pace(100, 0.5, 0)),
                        List.of(Recorded.spread("random", 1, 25)));
        for (FilmFormat format : FilmFormat.values()) {
            FilmJob job = new FilmJob(film, format, folder.resolve("film"), false);
            Thread canceller =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (job.progress().done() < 20) {
                                    Thread.onSpinWait();
                                }
                                job.cancel();
                            });
            assertThrows(CancellationException.class, job::run, format.toString());
            canceller.join();
            assertTrue(job.progress().done() < film.frames());
            try (Stream<Path> all = Files.list(folder)) {
                assertEquals(List.of(), all.toList(), format.toString());
            }
        }
    }

    @Test
    void aFilmThatFailsLeavesNothing() {
        FilmEncoder broken =
                new FilmEncoder() {
                    @Override
                    public void add(BufferedImage frame) throws IOException {
                        throw new IIOException("disk full");
                    }

                    @Override
                    public void finish() {}

                    @Override
                    public void close() {}
                };
        BufferedImage canvas = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
        IOException e =
                assertThrows(
                        IOException.class,
                        () -> {
                            try (EncoderThread thread = new EncoderThread(broken, () -> canvas)) {
                                for (int k = 0; k < 10; k++) {
                                    thread.add(thread.free());
                                }
                                thread.finish();
                            }
                        });
        assertEquals("disk full", e.getMessage());
    }

    @Test
    void theEncoderIsThere() {
        assertNull(VideoSupport.problem());
        assertTrue(VideoSupport.describe().contains("LGPL"), VideoSupport.describe());
    }

    @Test
    void fewColoursStayAsTheyAre() {
        int[] pixels = {0xFF0000, 0x00FF00, 0x0000FF, 0x123456, 0x123457};
        GifPalette.Census census = new GifPalette.Census();
        census.count(pixels);
        GifPalette palette = census.palette();
        byte[] indices = new byte[pixels.length];
        palette.indices(pixels, indices);
        int[] back = new int[pixels.length];
        for (int k = 0; k < back.length; k++) {
            back[k] = palette.model().getRGB(indices[k] & 0xFF) & 0xFFFFFF;
        }
        assertArrayEquals(pixels, back);
    }
}
