package marlab.app.video;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

/// Where things are in the frames of a film. Everything grows with the shorter side: at 1080 pixels
/// the smallest type has 28. Immutable.
///
/// @param unit pixels per pixel at 1080
/// @param head title and read-out
/// @param worlds from left to right
/// @param chart of the learning curve; null where there is none
/// @param captions below the worlds or the chart, as many as worlds
record FilmLayout(
        double unit,
        int width,
        int height,
        Rectangle head,
        List<Rectangle> worlds,
        Rectangle chart,
        List<Rectangle> captions) {

    private static final int MARGIN = 40;
    private static final int HEAD = 60;
    private static final int GAP = 24;
    private static final int CAPTION = 112;
    private static final double CHART_PART = 0.66;
    private static final double WORLD_PART = 0.58;

    /// @param captioned true where there is anything to say below the world
    static FilmLayout of(FilmPlan plan, boolean captioned) {
        double unit = Math.min(plan.width(), plan.height()) / 1080.0;
        int margin = (int) Math.round(MARGIN * unit);
        int gap = (int) Math.round(GAP * unit);
        int headHeight = (int) Math.round(HEAD * unit);
        int inner = plan.width() - 2 * margin;
        Rectangle head = new Rectangle(margin, margin - gap / 2, inner, headHeight);
        int top = head.y + head.height + gap / 2;
        Rectangle body = new Rectangle(margin, top, inner, plan.height() - margin - top);
        FilmLayout empty =
                new FilmLayout(unit, plan.width(), plan.height(), head, List.of(), null, List.of());
        return switch (plan.preset()) {
            case SQUARE -> empty.columns(body, 1, gap, captioned);
            case SIDE_BY_SIDE -> empty.columns(body, 2, gap, captioned);
            case HD -> empty.withChart(body, gap);
        };
    }

    private FilmLayout columns(Rectangle body, int count, int gap, boolean captioned) {
        int caption = captioned ? (int) Math.round(CAPTION * unit) : 0;
        int between = captioned ? gap / 2 : 0;
        List<Rectangle> boxes = new ArrayList<>();
        List<Rectangle> below = new ArrayList<>();
        int wide = (body.width - (count - 1) * gap) / count;
        for (int k = 0; k < count; k++) {
            int x = body.x + k * (wide + gap);
            int high = body.height - caption - between;
            boxes.add(new Rectangle(x, body.y, wide, high));
            below.add(new Rectangle(x, body.y + high + between, wide, caption));
        }
        return new FilmLayout(unit, width, height, head, boxes, null, below);
    }

    /// The world at the left, the chart beside it and the caption below the chart, where it hides
    /// nothing.
    private FilmLayout withChart(Rectangle body, int gap) {
        int wide = Math.min(body.height, (int) (WORLD_PART * body.width));
        Rectangle world = new Rectangle(body.x, body.y, wide, body.height);
        int x = body.x + wide + gap;
        int rest = body.x + body.width - x;
        int high = (int) (CHART_PART * body.height);
        Rectangle plot = new Rectangle(x, body.y, rest, high);
        int y = body.y + high + gap;
        Rectangle words = new Rectangle(x, y, rest, body.y + body.height - y);
        return new FilmLayout(unit, width, height, head, List.of(world), plot, List.of(words));
    }

    /// Pixels for so many at 1080.
    float pixels(double at1080) {
        return (float) (at1080 * unit);
    }
}
