package marlab.app.timeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.theme.ColourRegistry;
import marlab.sim.draw.Ink;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayEvent;

/// Paints the lanes, from top to bottom: events, reward, episodes. FX thread.
final class Painter {

    /// Left of the lanes, for what they mean.
    static final double GUTTER = 40;

    private static final double END = 8; // right of the lanes
    private static final double GAP = 10; // between words
    private static final double MOST_ASIDE = 120; // of the words on thinning, or they are left out
    private static final double LINES_FROM = 5; // pixels per episode from which all have lines

    private final GraphicsContext gc;
    private final TimeAxis axis;
    private final Font font = Font.font("Inter", 12);
    private final Map<String, Double> widths = new HashMap<>();
    private ColourRegistry colours;
    private double width;
    private double top; // of the rewards
    private double bottom;
    private double height;

    Painter(GraphicsContext gc, TimeAxis axis, ColourRegistry colours) {
        this.gc = gc;
        this.axis = axis;
        this.colours = colours;
    }

    void colours(ColourRegistry now) {
        colours = now;
    }

    /// What is to be seen besides the lanes.
    ///
    /// @param shown the moment that is shown
    /// @param past whether that is one of the past
    /// @param loopFrom first moment of the range, −1 for none
    /// @param loopTo last moment of the range, −1 for none
    /// @param stride every how many steps the oldest moments are kept
    /// @param hovered pixel column of the pointer, NaN for none
    record Scene(
            long shown, boolean past, long loopFrom, long loopTo, int stride, double hovered) {}

    /// Makes room for a picture of this size.
    void size(double newWidth, double newHeight) {
        width = newWidth;
        height = newHeight;
        top = height >= 50 ? 17 : 14;
        bottom = height - 16;
        axis.place(GUTTER, width - GUTTER - END);
    }

    void paint(Lanes lanes, Scene scene) {
        gc.setFill(colours.colour(Ink.Role.CANVAS));
        gc.fillRect(0, 0, width, height);
        gc.setFont(font);
        gc.setTextBaseline(VPos.CENTER);
        gutter(lanes);
        gc.save();
        gc.beginPath();
        gc.rect(GUTTER - 7, 0, width - GUTTER + 7, height);
        gc.clip();
        range(scene);
        episodes(lanes);
        rewards(lanes);
        events(lanes, thinned(lanes, scene));
        hover(scene);
        cursor(scene);
        gc.restore();
    }

    /// Where zero is.
    private double zero(Lanes lanes) {
        if (lanes.above() == lanes.below()) {
            return Math.rint((top + bottom) / 2);
        }
        return lanes.above() ? bottom - 1 : top + 1;
    }

    private double perUnit(Lanes lanes) {
        double room = lanes.above() == lanes.below() ? (bottom - top) / 2 : bottom - top - 1;
        return room / lanes.scaleEnd();
    }

    private void gutter(Lanes lanes) {
        gc.setFill(colours.colour(Ink.Role.MUTED));
        gc.setTextAlign(TextAlignment.RIGHT);
        double x = GUTTER - 8;
        boolean roomy = bottom - top >= 24;
        if (lanes.above() || lanes.below()) {
            double end = lanes.scaleEnd();
            String up = lanes.above() ? signed(end) : "0";
            String down = lanes.below() ? signed(-end) : "0";
            if (roomy) {
                gc.fillText(up, x, top + 6);
                gc.fillText(down, x, bottom - 6);
            } else {
                gc.fillText(lanes.above() ? up : down, x, (top + bottom) / 2);
            }
        }
        gc.fillText(Messages.text("timeline.axis"), x, height - 7);
        gc.setStroke(colours.colour(Ink.Role.GRID));
        gc.setLineWidth(1);
        double zero = Math.floor(zero(lanes)) + 0.5;
        gc.strokeLine(GUTTER, zero, width - END, zero);
    }

    private static String signed(double value) {
        double size = Math.abs(value);
        int decimals = size >= 10 ? 0 : size >= 1 ? 1 : size >= 0.1 ? 2 : 3;
        String text = Figures.signed(value, decimals);
        while (text.contains(".") && (text.endsWith("0") || text.endsWith("."))) {
            text = text.substring(0, text.length() - 1);
        }
        return text;
    }

    private void range(Scene scene) {
        boolean whole = scene.loopFrom() >= 0 && scene.loopTo() >= 0;
        if (whole) {
            double from = axis.x(scene.loopFrom());
            double to = axis.x(scene.loopTo() + 1.0);
            gc.setFill(colours.palette().colour("-c-accent-soft"));
            gc.fillRect(from, top - 3, Math.max(2, to - from), bottom - top + 6);
        }
        gc.setFill(colours.colour(Ink.Role.ACCENT));
        if (scene.loopFrom() >= 0) {
            bracket(axis.x(scene.loopFrom()), 1);
        }
        if (scene.loopTo() >= 0) {
            bracket(axis.x(scene.loopTo() + 1.0), -1);
        }
    }

    private void bracket(double x, int inwards) {
        double edge = Math.rint(x);
        gc.fillRect(inwards > 0 ? edge : edge - 2, top - 3, 2, bottom - top + 6);
        gc.fillRect(inwards > 0 ? edge : edge - 6, top - 3, 6, 2);
        gc.fillRect(inwards > 0 ? edge : edge - 6, bottom + 1, 6, 2);
    }

    /// Lines where episodes begin, and as many numbers as can be read.
    private void episodes(Lanes lanes) {
        List<Recording.Place> starts = lanes.episodes();
        int from = lanes.episodeFrom(axis.first());
        int to = lanes.episodeFrom(axis.last());
        double room = (axis.x(axis.last()) - axis.x(axis.first())) / Math.max(1, to - from);
        long every = every(room);
        gc.setTextAlign(TextAlignment.LEFT);
        double free = GUTTER - 7;
        if (from > 0 && (to == from || axis.x(starts.get(from).moment()) > GUTTER + 50)) {
            free = number(starts.get(from - 1).episode(), GUTTER, free);
        }
        for (int k = from; k < to; k++) {
            Recording.Place start = starts.get(k);
            double x = Math.floor(axis.x(start.moment())) + 0.5;
            boolean round = start.episode() % every == 0;
            if (round || room >= LINES_FROM) {
                gc.setStroke(colours.colour(round ? Ink.Role.MUTED : Ink.Role.GRID));
                gc.setGlobalAlpha(round ? 0.45 : 1);
                gc.strokeLine(x, round ? top : bottom - 4, x, bottom + (round ? 4 : 2));
                gc.setGlobalAlpha(1);
            }
            if (round) {
                free = number(start.episode(), x + 3, free);
            }
        }
    }

    /// Every how many episodes one gets a number.
    private static long every(double pixels) {
        long unit = 1;
        while (true) {
            for (int factor : new int[] {1, 2, 5}) {
                if (factor * unit * pixels >= 52) {
                    return factor * unit;
                }
            }
            unit *= 10;
        }
    }

    /// @param free where the number before ends
    /// @return where this one ends
    private double number(int episode, double x, double free) {
        String text = Figures.whole(episode);
        double end = x + width(text);
        if (x < free || end > width) {
            return free;
        }
        gc.setFill(colours.colour(Ink.Role.MUTED));
        gc.fillText(text, x, height - 7);
        return end + GAP;
    }

    private void rewards(Lanes lanes) {
        double zero = zero(lanes);
        double unit = perUnit(lanes);
        boolean apart = axis.pixelsPerMoment() >= 4;
        Color up = colours.line(0);
        Color down = colours.line(1);
        for (int k = 0; k < lanes.spans(); k++) {
            float reward = lanes.reward(k);
            if (Float.isNaN(reward) || reward == 0) {
                continue;
            }
            double from = Math.rint(axis.x(lanes.begin(k)));
            double to = Math.rint(axis.x(lanes.begin(k + 1)));
            if (to <= GUTTER || to <= from) {
                continue;
            }
            double length = Math.max(1, Math.abs(reward) * unit);
            gc.setFill(reward > 0 ? up : down);
            gc.fillRect(
                    from, reward > 0 ? zero - length : zero, to - from - (apart ? 1 : 0), length);
        }
    }

    /// Says where moments were left out.
    ///
    /// @return where the words end
    private double thinned(Lanes lanes, Scene scene) {
        double x = axis.x(axis.first());
        if (scene.stride() <= 1 || x > GUTTER + 60) {
            return 0;
        }
        String text = Messages.text("timeline.thinned", Figures.whole(scene.stride()));
        gc.setFill(colours.colour(Ink.Role.MUTED));
        gc.setTextAlign(TextAlignment.LEFT);
        double from = GUTTER;
        for (ReplayEvent event : lanes.events()) { // the words begin after the markers there
            double marker = axis.x(event.moment() + 0.5);
            if (marker > from - GAP && marker < from + width(text) + GAP) {
                from = marker + GAP;
            }
        }
        if (from > GUTTER + MOST_ASIDE) {
            return 0;
        }
        gc.fillText(text, from, 7);
        return from + width(text) + GAP;
    }

    private void events(Lanes lanes, double taken) {
        List<ReplayEvent> events = lanes.events();
        double free = taken; // of words
        double marked = -10;
        gc.setTextAlign(TextAlignment.LEFT);
        for (int k = 0; k < events.size(); k++) {
            ReplayEvent event = events.get(k);
            double x = axis.x(event.moment() + 0.5);
            if (!axis.contains(x) || x - marked < 2) {
                continue;
            }
            marked = x;
            EventKind kind = EventKind.of(event);
            gc.setFill(kind.colour(colours));
            kind.paint(gc, x, 7);
            gc.setGlobalAlpha(0.55);
            gc.fillRect(Math.rint(x) - 0.5, 12, 1, bottom - 12);
            gc.setGlobalAlpha(1);
            String word = kind.word(event);
            double from = x + 8;
            double to = from + width(word);
            double next = after(events, k);
            if (x - 6 >= taken && from >= free && to < Math.min(next - 8, width)) {
                gc.setFill(colours.colour(Ink.Role.MUTED));
                gc.fillText(word, from, 7);
                free = to + GAP;
            }
        }
    }

    /// Pixel column of the next event that is not at the same place; the end where there is none.
    private double after(List<ReplayEvent> events, int k) {
        double here = axis.x(events.get(k).moment() + 0.5);
        for (ReplayEvent event : events.subList(k + 1, events.size())) {
            double x = axis.x(event.moment() + 0.5);
            if (x - here >= 2) {
                return x;
            }
        }
        return width;
    }

    private void hover(Scene scene) {
        if (axis.contains(scene.hovered())) {
            gc.setFill(colours.colour(Ink.Role.MUTED));
            gc.fillRect(Math.rint(scene.hovered()) - 0.5, top - 3, 1, bottom - top + 6);
        }
    }

    private void cursor(Scene scene) {
        double x = Math.rint(axis.x(scene.shown() + 0.5));
        if (x < GUTTER - 6 || x > width - END + 6) {
            return;
        }
        gc.setFill(colours.colour(scene.past() ? Ink.Role.WARNING : Ink.Role.FOREGROUND));
        gc.fillRect(x - 1, top - 4, 2, bottom - top + 8);
        double half = scene.past() ? 6 : 4;
        gc.fillPolygon(
                new double[] {x - half, x + half, x},
                new double[] {bottom + 4 + half, bottom + 4 + half, bottom + 4 - half / 2},
                3);
    }

    private double width(String text) {
        return widths.computeIfAbsent(
                text,
                words -> {
                    Text measured = new Text(words);
                    measured.setFont(font);
                    return measured.getLayoutBounds().getWidth();
                });
    }
}
