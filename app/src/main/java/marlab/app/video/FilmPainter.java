package marlab.app.video;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import marlab.app.chart.ChartFonts;
import marlab.app.theme.ColourRegistry;
import marlab.app.theme.Palette;
import marlab.sim.draw.Bounds;

/// Paints the frames of a film, in any order; forwards is fastest. The same film and frame give the
/// same pixels, whatever was painted before. Needs no display. Owned by one thread.
public final class FilmPainter {

    private final Film film;
    private final FilmLayout layout;
    private final ColourRegistry colours;
    private final ChartFonts fonts = new ChartFonts();
    private final Lettering letters;
    private final FilmWords words;
    private final BufferedImage backdrop; // what does not change within a scene or card
    private final List<WorldPane> worlds = new ArrayList<>();
    private CurvePane curve;
    private boolean growsBySteps;
    private Object onBackdrop;

    FilmPainter(Film film) {
        this.film = film;
        colours = new ColourRegistry(Palette.of(film.plan().look().theme()));
        layout = FilmLayout.of(film.plan(), FilmWords.any(film));
        letters = new Lettering(fonts, colours);
        words = new FilmWords(film, layout, letters);
        backdrop = canvas();
    }

    /// A picture that frames can be painted into.
    public BufferedImage canvas() {
        return new BufferedImage(film.width(), film.height(), BufferedImage.TYPE_INT_RGB);
    }

    /// Paints a frame over what is there.
    ///
    /// @param frame from 0 to {@link Film#frames} − 1
    /// @param into as {@link #canvas} makes it
    public void paint(int frame, BufferedImage into) {
        Scene scene = film.sceneAt(frame);
        Object wanted = scene != null ? scene : frame < film.titleFrames() ? "title" : "end";
        if (!wanted.equals(onBackdrop)) {
            prepare(scene, wanted);
            onBackdrop = wanted;
        }
        System.arraycopy(
                FilmEncoder.pixels(backdrop),
                0,
                FilmEncoder.pixels(into),
                0,
                film.width() * film.height());
        if (scene != null) {
            paint(scene, frame, into);
        }
    }

    private void prepare(Scene scene, Object card) {
        if (scene == null) {
            CardPainter cards = new CardPainter(film, layout, letters);
            if (card.equals("title")) {
                cards.title(backdrop);
            } else {
                cards.end(backdrop);
            }
            return;
        }
        worlds.clear();
        for (int k = 0; k < scene.strips().size(); k++) {
            Rectangle box = layout.worlds().get(k);
            worlds.add(
                    new WorldPane(
                            scene.strips().get(k),
                            box.width,
                            box.height,
                            layout.unit(),
                            film.plan().look(),
                            colours,
                            fonts));
        }
        Graphics2D pen = backdrop.createGraphics();
        letters.on(pen);
        pen.setColor(letters.colour("-c-bg"));
        pen.fillRect(0, 0, film.width(), film.height());
        words.begin(scene);
        words.still();
        layout.worlds().forEach(box -> frame(pen, box));
        if (layout.chart() != null) {
            chart(pen, scene);
        }
        pen.dispose();
    }

    private void frame(Graphics2D pen, Rectangle box) {
        int thick = thickness();
        pen.setColor(letters.colour("-c-border"));
        pen.fillRect(box.x - thick, box.y - thick, box.width + 2 * thick, box.height + 2 * thick);
    }

    private int thickness() {
        return Math.max(1, Math.round(layout.pixels(2)));
    }

    private void chart(Graphics2D pen, Scene scene) {
        Rectangle box = layout.chart();
        frame(pen, box);
        pen.setColor(letters.colour("-c-surface"));
        pen.fill(box);
        FilmCurve of = FilmCurve.of(scene);
        growsBySteps = of.bySteps();
        words.chartHead(of, box);
        Rectangle plot = plotBox();
        curve =
                of.points().isEmpty()
                        ? null
                        : new CurvePane(
                                of.points(),
                                of.references(),
                                of.label(),
                                plot.width,
                                plot.height,
                                layout.unit(),
                                colours,
                                fonts);
    }

    private Rectangle plotBox() {
        Rectangle box = layout.chart();
        int head = Math.round(layout.pixels(FilmWords.CHART_HEAD));
        return new Rectangle(box.x, box.y + head, box.width, box.height - head);
    }

    private void paint(Scene scene, int frame, BufferedImage into) {
        for (int k = 0; k < worlds.size(); k++) {
            Strip strip = scene.strips().get(k);
            worlds.get(k).moveTo(Math.min(scene.position(frame), strip.length()));
        }
        for (int k = 0; k < worlds.size(); k++) {
            Bounds bounds = film.isSameStart() ? everywhere() : worlds.get(k).bounds();
            copy(worlds.get(k).paint(bounds), into, layout.worlds().get(k));
        }
        Graphics2D pen = into.createGraphics();
        letters.on(pen);
        if (curve != null) {
            Rectangle plot = plotBox();
            double steps =
                    growsBySteps
                            ? scene.strips().getFirst().steps()[0] + scene.position(frame)
                            : scene.curve(frame);
            curve.paint(pen, plot.x, plot.y, steps);
        }
        words.moving(frame, worlds.stream().map(WorldPane::exact).toList());
        pen.dispose();
    }

    /// Worlds that are compared are shown alike large.
    private Bounds everywhere() {
        return worlds.stream().map(WorldPane::bounds).reduce(FilmPainter::both).orElseThrow();
    }

    private static Bounds both(Bounds a, Bounds b) {
        return new Bounds(
                Math.min(a.minX(), b.minX()),
                Math.min(a.minY(), b.minY()),
                Math.max(a.maxX(), b.maxX()),
                Math.max(a.maxY(), b.maxY()));
    }

    /// Opaque onto opaque: row by row, without blending.
    private static void copy(BufferedImage from, BufferedImage into, Rectangle at) {
        int[] source = FilmEncoder.pixels(from);
        int[] target = FilmEncoder.pixels(into);
        for (int y = 0; y < at.height; y++) {
            System.arraycopy(
                    source, y * at.width, target, (at.y + y) * into.getWidth() + at.x, at.width);
        }
    }
}
