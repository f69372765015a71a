package marlab.app.video;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Map;

/// The cards at both ends of a film. Owned by one thread.
final class CardPainter {

    private static final int TITLE = 92;
    private static final int SUBTITLE = 42;
    private static final int SMALL = 32;
    private static final int LEFT = 120;
    private static final int BAR = 10;

    private final Film film;
    private final FilmLayout layout;
    private final Lettering letters;

    CardPainter(Film film, FilmLayout layout, Lettering letters) {
        this.film = film;
        this.layout = layout;
        this.letters = letters;
    }

    /// What is shown, who acts, from which seed, how long.
    void title(BufferedImage into) {
        Graphics2D pen = blank(into);
        float left = layout.pixels(LEFT);
        float wide = layout.width() - 2 * left;
        float size = layout.pixels(TITLE);
        while (letters.width(film.title(), true, size) > 2 * wide && size > layout.pixels(48)) {
            size *= 0.9f;
        }
        int lines = letters.wrap(film.title(), wide, 3, true, size).size();
        float high = lines * 1.25f * size + 2 * layout.pixels(SUBTITLE) * 1.4f;
        float top = (layout.height() - high) / 2;
        Color fg = letters.colour("-c-fg");
        Color muted = letters.colour("-c-fg-muted");
        float y = letters.writeWrapped(film.title(), left, top + size, wide, 3, true, size, fg);
        String below = film.story().subtitle();
        float end =
                letters.writeWrapped(
                        below, left, y, wide, 2, false, layout.pixels(SUBTITLE), muted);
        bar(pen, top, end - layout.pixels(SUBTITLE));
        sign();
        pen.dispose();
    }

    /// Where the film comes from.
    void end(BufferedImage into) {
        Graphics2D pen = blank(into);
        float left = layout.pixels(LEFT);
        float size = layout.pixels(SMALL + 4);
        float second = left + layout.pixels(210);
        float wide = layout.width() - second - layout.pixels(60);
        Map<String, String> lines = film.story().credits();
        float head = layout.pixels(56);
        float high = head * 1.8f + lines.size() * 1.6f * size;
        float top = (layout.height() - high) / 2;
        Color fg = letters.colour("-c-fg");
        Color muted = letters.colour("-c-fg-muted");
        String title = letters.fitted(film.title(), layout.width() - 2 * left, true, head);
        letters.write(title, left, top + head, true, head, fg);
        float y = top + 1.8f * head + size;
        for (Map.Entry<String, String> line : lines.entrySet()) {
            letters.write(line.getKey(), left, y, false, size, muted);
            letters.write(
                    letters.fitted(line.getValue(), wide, false, size), second, y, false, size, fg);
            y += 1.6f * size;
        }
        bar(pen, top + 0.2f * head, y - 1.4f * size);
        pen.dispose();
    }

    private Graphics2D blank(BufferedImage into) {
        Graphics2D pen = into.createGraphics();
        letters.on(pen);
        pen.setColor(letters.colour("-c-bg"));
        pen.fillRect(0, 0, layout.width(), layout.height());
        return pen;
    }

    private void bar(Graphics2D pen, float from, float to) {
        pen.setColor(letters.colour("-c-accent"));
        pen.fillRect(
                Math.round(layout.pixels(LEFT - 4 * BAR)),
                Math.round(from),
                Math.max(2, Math.round(layout.pixels(BAR))),
                Math.round(to - from));
    }

    private void sign() {
        letters.write(
                "Marlab",
                layout.pixels(LEFT),
                layout.height() - layout.pixels(64),
                true,
                layout.pixels(SMALL),
                letters.colour("-c-accent"));
    }
}
