package marlab.app.theme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import marlab.sim.draw.Ink;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Can everybody read it?
class TokensTest {

    private static final double TEXT = 4.5;
    private static final double MARK = 3;

    private static void atLeast(double least, Palette palette, String mark, String on) {
        double ratio = Contrast.ratio(palette.colour(mark), palette.colour(on));
        assertTrue(ratio >= least, palette.scheme() + " " + mark + " on " + on + ": " + ratio);
    }

    @ParameterizedTest
    @EnumSource
    void textStandsOutFromEveryGround(Scheme scheme) {
        Palette palette = Palette.of(scheme);
        for (String ground : new String[] {"-c-bg", "-c-surface", "-c-inset", "-c-hover"}) {
            atLeast(TEXT, palette, "-c-fg", ground);
            atLeast(TEXT, palette, "-c-fg-muted", ground);
            atLeast(TEXT, palette, "-c-accent", ground);
        }
        atLeast(TEXT, palette, "-c-on-accent", "-c-accent");
        atLeast(TEXT, palette, "-c-on-accent", "-c-accent-hover");
        atLeast(TEXT, palette, "-c-accent", "-c-accent-soft");
        atLeast(TEXT, palette, "-c-fg", "-c-warn-soft");
        atLeast(TEXT, palette, "-c-warn", "-c-surface");
    }

    @ParameterizedTest
    @EnumSource
    void marksStandOutFromTheCanvas(Scheme scheme) {
        Palette palette = Palette.of(scheme);
        atLeast(MARK, palette, "-c-fg", "-c-inset");
        for (int k = 0; k < 4; k++) {
            atLeast(MARK, palette, "-c-line-" + k, "-c-inset");
        }
    }

    @ParameterizedTest
    @EnumSource
    void lettersStandOutFromTheirAgents(Scheme scheme) {
        ColourRegistry colours = new ColourRegistry(Palette.of(scheme));
        for (int agent = 0; agent < 7; agent++) {
            double ratio =
                    Contrast.ratio(
                            colours.colour(new Ink.OnAgent(agent)),
                            colours.colour(new Ink.Agent(agent)));
            assertTrue(ratio >= TEXT, scheme + " agent " + agent + ": " + ratio);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothSheetsHaveTheSameTokens(Scheme scheme) {
        assertEquals(
                Palette.of(Scheme.LIGHT).colours().keySet(), Palette.of(scheme).colours().keySet());
    }

    @ParameterizedTest
    @EnumSource
    void anAgentKeepsItsColourRoundTheAlphabet(Scheme scheme) {
        ColourRegistry colours = new ColourRegistry(Palette.of(scheme));
        assertEquals(colours.colour(new Ink.Agent(2)), colours.colour(new Ink.Agent(9)));
    }
}
