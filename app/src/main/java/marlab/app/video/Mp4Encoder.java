package marlab.app.video;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import marlab.learning.train.BadInput;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/// MP4 with H.264 through the LGPL build of FFmpeg: constant frame rate, 4:2:0, its index in front,
/// so that it plays while it is still being fetched.
final class Mp4Encoder implements FilmEncoder {

    private static final double BITS_PER_PIXEL = 0.11;
    private static final int LEAST_BITS = 600_000;

    private final Path draft;
    private final int width;
    private final int height;
    private final FFmpegFrameRecorder recorder;
    private final ByteBuffer bytes;
    private final IntBuffer pixels;

    Mp4Encoder(Film film, Path draft) throws IOException {
        String problem = VideoSupport.problem();
        if (problem != null) {
            throw new BadInput(problem);
        }
        this.draft = draft;
        width = film.width();
        height = film.height();
        bytes = ByteBuffer.allocateDirect(4 * width * height).order(ByteOrder.nativeOrder());
        pixels = bytes.asIntBuffer();
        recorder = new FFmpegFrameRecorder(draft.toFile(), width, height);
        recorder.setFormat("mp4");
        recorder.setVideoCodecName(VideoSupport.ENCODER);
        recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
        recorder.setFrameRate(film.fps());
        recorder.setGopSize(2 * film.fps());
        recorder.setMaxBFrames(0);
        double bits = BITS_PER_PIXEL * width * height * film.fps();
        recorder.setVideoBitrate((int) Math.clamp(bits, LEAST_BITS, 40_000_000));
        recorder.setOption("movflags", "+faststart");
        colours();
        recorder.setMetadata("title", film.title());
        recorder.setMetadata("comment", film.provenance());
        try {
            recorder.start();
        } catch (FFmpegFrameRecorder.Exception e) {
            close();
            throw failed(e);
        }
    }

    /// What FFmpeg's conversion makes of RGB, so that players show the colours of the screen.
    private void colours() {
        recorder.setVideoOption("colorspace", "smpte170m");
        recorder.setVideoOption("color_primaries", "bt709");
        recorder.setVideoOption("color_trc", "bt709");
        recorder.setVideoOption("color_range", "tv");
    }

    @Override
    public void add(BufferedImage frame) throws IOException {
        pixels.clear().put(FilmEncoder.pixels(frame), 0, width * height);
        try {
            recorder.recordImage(
                    width, height, Frame.DEPTH_UBYTE, 4, 4 * width, avutil.AV_PIX_FMT_BGR0, bytes);
        } catch (FFmpegFrameRecorder.Exception e) {
            throw failed(e);
        }
    }

    @Override
    public void finish() throws IOException {
        try {
            recorder.stop();
        } catch (FFmpegFrameRecorder.Exception e) {
            throw failed(e);
        }
        try (FileChannel file = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }

    private static IOException failed(FFmpegFrameRecorder.Exception e) {
        return new IOException("FFmpeg says: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            recorder.release();
        } catch (FFmpegFrameRecorder.Exception e) {
            // the draft goes anyway
        }
    }
}
