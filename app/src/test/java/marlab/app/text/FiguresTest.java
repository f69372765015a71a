package marlab.app.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void thousandsAreApartAndMinusIsTrue() {
        assertEquals("1\u2009204", Figures.whole(1204));
        assertEquals("\u22121\u2009234\u2009567", Figures.whole(-1_234_567));
        assertEquals("7", Figures.whole(7));
    }

    @Test
    void weightsAreExact() {
        assertEquals("+0.5", Figures.weight(0.5));
        assertEquals("\u22120.05", Figures.weight(-0.05));
        assertEquals("0.0", Figures.weight(0));
        assertEquals("+2.0", Figures.weight(2));
        assertEquals("+0.1234567", Figures.weight(0.1234567));
    }

    @Test
    void zeroHasNoSign() {
        assertEquals("0.0", Figures.fixed(-0.001, 1));
        assertEquals("0.0", Figures.signed(0.0, 1));
    }

    @Test
    void countsInShort() {
        assertEquals("950", Figures.brief(950));
        assertEquals("9.5\u2009k", Figures.brief(9_500));
        assertEquals("41\u2009k", Figures.brief(41_200));
        assertEquals("1.20\u2009M", Figures.brief(1_200_000));
        assertEquals("1.00\u2009M", Figures.brief(999_900));
    }

    @Test
    void clocks() {
        assertEquals("00:41", Figures.clock(41.9));
        assertEquals("1:02:03", Figures.clock(3723));
    }
}
