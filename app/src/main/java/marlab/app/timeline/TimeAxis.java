package marlab.app.timeline;

/// Which moments lie at which pixel columns: of the whole recording, or of a part of it that was
/// zoomed into. Moment m takes the room from m to m + 1. The right end of the whole goes on in
/// leaps, so that pictures of a growing recording do not shimmer.
final class TimeAxis {

    private static final double LEAST = 8; // moments in view at the deepest zoom
    private static final double SHORTEST = 200; // moments in view at the beginning
    private static final double LEAP = 1.25;
    private static final double ROOM_AHEAD = 0.1; // of a zoomed view, right of the newest moment

    private double left;
    private double width = 1;
    private long oldest;
    private long newest;
    private double from;
    private double to = SHORTEST;
    private boolean zoomed;

    /// The pixel columns that there are.
    void place(double newLeft, double newWidth) {
        left = newLeft;
        width = Math.max(1, newWidth);
    }

    /// The moments that there are. What was zoomed into follows the newest moment where that was in
    /// view.
    void extent(long first, long last) {
        boolean follows = zoomed && newest < to && last >= to;
        oldest = first;
        newest = last;
        if (follows) {
            shift(last + 1 + ROOM_AHEAD * (to - from) - to);
        }
        if (!zoomed) {
            whole();
        } else {
            clamp();
        }
    }

    /// Shows everything.
    void whole() {
        zoomed = false;
        from = oldest;
        to = end();
    }

    private double end() {
        double span = SHORTEST;
        while (span < newest + 1 - oldest) {
            span = Math.ceil(span * LEAP);
        }
        return oldest + span;
    }

    /// True while a part is shown.
    boolean zoomed() {
        return zoomed;
    }

    /// Zooms around a pixel column, which keeps its moment.
    ///
    /// @param factor below 1 shows fewer moments
    void zoom(double factor, double x) {
        double fixed = at(x);
        double span = Math.max(LEAST, (to - from) * factor);
        if (span >= end() - oldest) {
            whole();
            return;
        }
        zoomed = true;
        double part = (fixed - from) / (to - from);
        from = fixed - part * span;
        to = from + span;
        clamp();
    }

    /// Moves a zoomed view by so many pixels.
    void pan(double pixels) {
        if (zoomed) {
            shift(pixels * (to - from) / width);
            clamp();
        }
    }

    /// Moves a zoomed view, if need be, until this moment is in it.
    void reveal(long moment) {
        if (zoomed && (moment < from || moment + 1 > to)) {
            shift(moment + 0.5 - (from + to) / 2);
            clamp();
        }
    }

    private void shift(double moments) {
        from += moments;
        to += moments;
    }

    private void clamp() {
        double most = Math.min(end(), newest + 1 + ROOM_AHEAD * (to - from));
        shift(Math.min(0, most - to));
        shift(Math.max(0, oldest - from));
    }

    /// First moment in view.
    long first() {
        return (long) Math.floor(from);
    }

    /// First moment after those in view.
    long last() {
        return (long) Math.ceil(to);
    }

    /// Pixels that one moment takes.
    double pixelsPerMoment() {
        return width / (to - from);
    }

    /// Pixel column where a moment begins.
    double x(double moment) {
        return left + (moment - from) * width / (to - from);
    }

    private double at(double x) {
        return from + (x - left) * (to - from) / width;
    }

    /// The moment at a pixel column, of those that there are.
    long moment(double x) {
        return Math.clamp((long) Math.floor(at(x)), oldest, newest);
    }

    /// True right of the newest moment.
    boolean after(double x) {
        return at(x) >= newest + 1;
    }

    /// True where the column lies among those that there are.
    boolean contains(double x) {
        return x >= left && x <= left + width;
    }
}
