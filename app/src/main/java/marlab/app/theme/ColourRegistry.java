package marlab.app.theme;

import javafx.scene.paint.Color;
import marlab.sim.draw.Ink;

/// Who has which colour, in every picture alike: Okabe and Ito's palette in a fixed order.
/// Immutable; any thread.
public final class ColourRegistry {

    private static final int AGENTS = 7;
    private static final int LINES = 4;
    private static final int LEVELS = 10;
    private static final int PHASES = 8;

    private final Palette palette;
    private final Color[] agents = new Color[AGENTS];
    private final Color[] onAgents = new Color[AGENTS];
    private final Color[] levels = new Color[LEVELS];
    private final Color[] phases = new Color[PHASES];
    private final Color[] roles = new Color[Ink.Role.values().length];

    /// Colours of this palette.
    public ColourRegistry(Palette palette) {
        this.palette = palette;
        for (int k = 0; k < AGENTS; k++) {
            agents[k] = palette.colour("-c-agent-" + k);
            onAgents[k] = readable(agents[k]);
        }
        for (int k = 0; k < LEVELS; k++) {
            levels[k] = palette.colour("-c-level-" + k);
        }
        for (int k = 0; k < PHASES; k++) {
            phases[k] = palette.colour("-c-phase-" + k);
        }
        for (Ink.Role role : Ink.Role.values()) {
            roles[role.ordinal()] = palette.colour(token(role));
        }
    }

    private Color readable(Color on) {
        Color dark = palette.colour("-c-ink-dark");
        Color light = palette.colour("-c-ink-light");
        return Contrast.ratio(dark, on) >= Contrast.ratio(light, on) ? dark : light;
    }

    private static String token(Ink.Role role) {
        return switch (role) {
            case FOREGROUND -> "-c-fg";
            case MUTED -> "-c-fg-muted";
            case GRID -> "-c-grid";
            case CANVAS -> "-c-inset";
            case ACCENT -> "-c-accent";
            case WARNING -> "-c-warn";
            case WALL -> "-c-wall";
            case FLOOR -> "-c-floor";
            case WATER -> "-c-water";
            case WASTE -> "-c-waste";
            case FOOD -> "-c-food";
            case SOIL -> "-c-soil";
            case GOAL -> "-c-goal";
            case BEAM -> "-c-beam";
            case SPRAY -> "-c-spray";
        };
    }

    /// The colour of an ink.
    public Color colour(Ink ink) {
        return switch (ink) {
            case Ink.Role role -> roles[role.ordinal()];
            case Ink.Agent agent -> agents[agent.index() % AGENTS];
            case Ink.OnAgent agent -> onAgents[agent.index() % AGENTS];
            case Ink.Level level -> between(levels, level.value() * (LEVELS - 1), LEVELS - 1);
            case Ink.Phase phase -> between(phases, phase.turns() * PHASES, PHASES);
        };
    }

    /// The same as opaque ARGB, for rasters.
    public int argb(Ink ink) {
        Color colour = colour(ink);
        int red = (int) Math.rint(255 * colour.getRed());
        int green = (int) Math.rint(255 * colour.getGreen());
        int blue = (int) Math.rint(255 * colour.getBlue());
        return 0xFF000000 | red << 16 | green << 8 | blue;
    }

    private static Color between(Color[] anchors, double at, int last) {
        double place = Math.clamp(at, 0, last);
        int below = (int) place;
        return anchors[below % anchors.length].interpolate(
                anchors[(below + 1) % anchors.length], place - below);
    }

    /// The colour of a line in a chart: only ones that stand out on the canvas.
    public Color line(int index) {
        return palette.colour("-c-line-" + index % LINES);
    }

    /// The tokens behind.
    public Palette palette() {
        return palette;
    }
}
