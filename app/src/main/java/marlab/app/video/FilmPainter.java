package marlab.app.video;

import java.awt.image.BufferedImage;

/// Paints the frames of a film, in any order; forwards is fastest. Owned by one thread.
public final class FilmPainter {

    private final Film film;

    FilmPainter(Film film) {
        this.film = film;
    }

    /// A picture that frames can be painted into.
    public BufferedImage canvas() {
        return new BufferedImage(film.width(), film.height(), BufferedImage.TYPE_INT_ARGB_PRE);
    }

    /// Paints a frame over what is there.
    ///
    /// @param frame from 0 to {@link Film#frames} − 1
    /// @param into as {@link #canvas} makes it
    public void paint(int frame, BufferedImage into) {}
}
