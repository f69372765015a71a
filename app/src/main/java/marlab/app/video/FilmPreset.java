package marlab.app.video;

/// What a film's frames hold, and how large they are.
public enum FilmPreset {
    /// The world alone, square, for messages and slides.
    SQUARE("square", 1080, 1080),

    /// The world, the learning curve and a caption, for a projector.
    HD("1080p", 1920, 1080),

    /// Two worlds in step, on one clock.
    SIDE_BY_SIDE("side-by-side", 1920, 1080);

    private final String word;
    private final int width;
    private final int height;

    FilmPreset(String word, int width, int height) {
        this.word = word;
        this.width = width;
        this.height = height;
    }

    /// What the command line calls it.
    public String word() {
        return word;
    }

    /// Usual width in pixels.
    public int width() {
        return width;
    }

    /// Usual height in pixels.
    public int height() {
        return height;
    }

    @Override
    public String toString() {
        return word;
    }
}
