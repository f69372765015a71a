package marlab.app.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimeAxisTest {

    private final TimeAxis axis = new TimeAxis();

    @BeforeEach
    void place() {
        axis.place(40, 600);
    }

    @Test
    void everyMomentHasItsColumnsAndEveryColumnItsMoment() {
        for (long newest : new long[] {3, 199, 5_000, 300_000}) {
            axis.extent(0, newest);
            axis.whole();
            assertEquals(40, axis.x(0), 1e-9);
            assertTrue(axis.x(newest + 1.0) <= 640 + 1e-9);
            for (long moment = 0; moment <= newest; moment += Math.max(1, newest / 97)) {
                assertEquals(moment, axis.moment(axis.x(moment + 0.5)));
            }
            assertEquals(0, axis.moment(0), "left of everything");
            assertEquals(newest, axis.moment(10_000), "right of everything");
        }
    }

    @Test
    void theEndGoesOnInLeaps() {
        axis.extent(0, 1_000);
        double early = axis.x(500);
        int other = 0;
        for (long newest = 1_001; newest < 2_000; newest++) {
            axis.extent(0, newest);
            other += axis.x(500) == early ? 0 : 1;
            early = axis.x(500);
            assertTrue(axis.x(newest + 1.0) > 40 + 600 / 1.3, "most of the room is used");
        }
        assertTrue(other > 1 && other < 6, other + " leaps");
    }

    @Test
    void zoomingKeepsTheMomentUnderThePointer() {
        axis.extent(0, 9_999);
        double x = axis.x(4_000.5);
        for (int k = 0; k < 6; k++) {
            axis.zoom(0.5, x);
            assertEquals(4_000, axis.moment(x));
            assertEquals(x, axis.x(4_000.5), 1e-6);
        }
        assertTrue(axis.zoomed());
        assertTrue(axis.pixelsPerMoment() > 2);
        for (int k = 0; k < 40; k++) {
            axis.zoom(0.5, x);
        }
        assertTrue(axis.last() - axis.first() >= 8, "some moments always stay");
        for (int k = 0; k < 40; k++) {
            axis.zoom(2, x);
        }
        assertFalse(axis.zoomed());
        assertEquals(40, axis.x(0), 1e-9);
    }

    @Test
    void aZoomedViewStaysWithinWhatThereIs() {
        axis.extent(1_000, 5_000);
        axis.zoom(0.1, 40);
        axis.pan(-5_000);
        assertEquals(1_000, axis.first());
        axis.pan(50_000);
        assertTrue(axis.x(5_000) >= 40 && axis.x(5_001) <= 640);
        axis.reveal(2_000);
        assertTrue(axis.contains(axis.x(2_000)));
    }

    @Test
    void aZoomedViewFollowsTheNewestMomentOnlyWhereItWasInView() {
        axis.extent(0, 9_999);
        axis.zoom(0.02, axis.x(9_990));
        for (long newest = 10_000; newest < 12_000; newest++) {
            axis.extent(0, newest);
        }
        assertTrue(axis.contains(axis.x(11_999)));
        axis.reveal(500);
        long first = axis.first();
        axis.extent(0, 13_000);
        assertEquals(first, axis.first());
    }
}
