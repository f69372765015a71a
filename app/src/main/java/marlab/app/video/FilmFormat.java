package marlab.app.video;

/// What a film is written as.
public enum FilmFormat {
    /// H.264 in MP4: plays everywhere.
    MP4("mp4", 1, Integer.MAX_VALUE),

    /// An animated picture, for pages and chats; best short and small.
    GIF("gif", 2, 50),

    /// A folder of numbered pictures, for other programs.
    PNG("", 1, Integer.MAX_VALUE);

    private final String suffix;
    private final int shrink;
    private final int mostFps;

    FilmFormat(String suffix, int shrink, int mostFps) {
        this.suffix = suffix;
        this.shrink = shrink;
        this.mostFps = mostFps;
    }

    /// How names of its files end, without the dot; "" where it is a folder.
    public String suffix() {
        return suffix;
    }

    /// What the usual width and height of a preset are divided by: GIFs are large.
    public int shrink() {
        return shrink;
    }

    /// The frame rate that it can keep exactly and that is nearest below this one: clocks of GIFs
    /// count hundredths of a second.
    ///
    /// @param asked frames per second, at least 1
    public int fps(int asked) {
        int fps = Math.min(asked, mostFps);
        while (this == GIF && 100 % fps != 0) {
            fps--;
        }
        return fps;
    }
}
