package marlab.sim.snapshot;

import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import marlab.sim.env.EnvSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FrameExchangeTest {

    private static final EnvSpec SPEC = WORLD.create(WORLD.defaults()).spec();

    @Test
    void theNewestFrameWins() {
        FrameExchange exchange = new FrameExchange(SPEC);
        assertFalse(exchange.hasNew());
        for (int step = 1; step <= 3; step++) {
            exchange.back().step = step;
            exchange.publish();
        }
        assertTrue(exchange.hasNew());
        assertEquals(3, exchange.newest().step);
        assertFalse(exchange.hasNew());
    }

    @Test
    void aFrameStaysTheReadersUntilItAsksAgain() {
        FrameExchange exchange = new FrameExchange(SPEC);
        exchange.back().step = 1;
        exchange.publish();
        Frame held = exchange.newest();
        for (int step = 2; step < 50; step++) {
            exchange.back().step = step;
            exchange.publish();
            assertEquals(1, held.step);
        }
        assertEquals(49, exchange.newest().step);
        assertSame(exchange.newest(), exchange.newest());
    }

    /// Every frame is filled with one number throughout; a torn one would hold two.
    @Test
    @Timeout(60)
    void framesAreNeverTornNorOlderThanTheLastOne() throws InterruptedException {
        FrameExchange exchange = new FrameExchange(SPEC);
        AtomicBoolean seenEnough = new AtomicBoolean();
        Thread writer =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int round = 1; !seenEnough.get(); round++) {
                                Frame frame = exchange.back();
                                frame.step = round;
                                Arrays.fill(frame.state, round);
                                Arrays.fill(frame.terms, round);
                                frame.seed = round;
                                exchange.publish();
                            }
                        });
        try {
            int last = 0;
            for (int different = 0; different < 300; ) {
                Frame frame = exchange.newest();
                int now = frame.step;
                assertTrue(now >= last, now + " after " + last);
                for (double number : frame.state) {
                    assertEquals(now, number);
                }
                for (double number : frame.terms) {
                    assertEquals(now, number);
                }
                assertEquals(now, frame.seed);
                if (now > last) {
                    different++;
                } else {
                    Thread.yield();
                }
                last = now;
            }
        } finally {
            seenEnough.set(true);
            writer.join();
        }
    }
}
