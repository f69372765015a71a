package marlab.app.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {

    @Test
    void onlyTheButtonYouWantNextIsColoured() {
        TransportModel model = new TransportModel(7);
        assertEquals(TransportModel.Wanted.TRAIN, model.wanted());
        model.training().set(TransportModel.Training.ON);
        assertEquals(TransportModel.Wanted.NOTHING, model.wanted());
        model.watching().set(false);
        assertEquals(TransportModel.Wanted.WATCH, model.wanted());
    }

    @Test
    void aLockedSeedStays() {
        TransportModel model = new TransportModel(7);
        model.locked().set(true);
        assertEquals(7, model.seedForSetup());
        model.locked().set(false);
        assertEquals(8, model.seedForSetup());
        assertEquals(8, model.seed().get());
    }

    @Test
    void speedSaysWhenTheComputerCannotKeepUp() {
        assertEquals("4\u00d7", Speed.X4.text(40));
        assertEquals("4\u00d7", Speed.X4.text(0));
        assertEquals("4\u00d7 \u2192 2.7\u00d7", Speed.X4.text(27));
        assertEquals("64\u00d7 \u2192 31\u00d7", Speed.X64.text(310));
        assertEquals(Speed.X64, Speed.X64.plus(1));
        assertEquals(Speed.QUARTER, Speed.QUARTER.plus(-1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "seven", "-1", "1.5", "12345678901", "NaN"})
    void textThatIsNoSeed(String text) {
        assertNotNull(SeedText.read(text).problem());
    }

    @Test
    void textThatIsASeed() {
        assertNull(SeedText.read(" 12 ").problem());
        assertEquals(12, SeedText.read(" 12 ").seed());
    }
}
