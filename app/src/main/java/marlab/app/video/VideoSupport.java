package marlab.app.video;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;

/// Whether films in H.264 can be made on this computer. Any thread; the first question loads
/// FFmpeg, which takes a second.
public final class VideoSupport {

    static final String ENCODER = "libopenh264";

    private VideoSupport() {}

    /// One sentence on why MP4 can't be written here and what to write instead; null where it can.
    public static String problem() {
        try {
            FFmpegFrameRecorder.tryLoad();
            avutil.av_log_set_level(avutil.AV_LOG_FATAL); // what fails is told by exceptions
            if (avcodec.avcodec_find_encoder_by_name(ENCODER) == null) {
                return sentence("this FFmpeg has no " + ENCODER);
            }
            return null;
        } catch (FFmpegFrameRecorder.Exception | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return sentence(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static String sentence(String why) {
        return "The H.264 encoder can't be loaded here ("
                + why
                + "); write a GIF or pictures instead, with --format gif or --format png.";
    }

    /// What encodes, with its version.
    ///
    /// @throws IllegalStateException with {@link #problem}
    public static String describe() {
        String problem = problem();
        if (problem != null) {
            throw new IllegalStateException(problem);
        }
        return "H.264 in MP4 by FFmpeg "
                + avutil.av_version_info().getString()
                + " ("
                + ENCODER
                + ", "
                + avcodec.avcodec_license().getString()
                + "), GIF, PNG";
    }
}
