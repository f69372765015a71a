package marlab.sim.env;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

    @Test
    void everyPartRunsExactlyOnce() {
        for (int threads = 1; threads <= 4; threads++) {
            try (Workers workers = new Workers(threads)) {
                assertEquals(threads, workers.count());
                for (int parts = 0; parts < 40; parts++) {
                    AtomicIntegerArray runs = new AtomicIntegerArray(parts);
                    workers.run(parts, runs::incrementAndGet);
                    for (int part = 0; part < parts; part++) {
                        assertEquals(1, runs.get(part), "part " + part + " of " + parts);
                    }
                }
            }
        }
    }

    @Test
    void anExceptionReachesTheCallerAfterAllPartsWereTried() {
        for (int threads = 1; threads <= 3; threads++) {
            try (Workers workers = new Workers(threads)) {
                AtomicIntegerArray runs = new AtomicIntegerArray(10);
                RuntimeException broken = new RuntimeException("part 3 is broken");
                var thrown =
                        assertThrows(
                                IllegalStateException.class,
                                () -> workers.run(10, part -> fail(part, runs, broken)));
                assertSame(broken, thrown.getCause());
                for (int part = 0; part < 10; part++) {
                    assertEquals(1, runs.get(part));
                }
                workers.run(10, runs::incrementAndGet); // and they work on
                assertEquals(2, runs.get(3));
            }
        }
    }

    private static void fail(int part, AtomicIntegerArray runs, RuntimeException broken) {
        runs.incrementAndGet(part);
        if (part == 3) {
            throw broken;
        }
    }

    @Test
    void manyShortRoundsLoseNothing() {
        int rounds = 20_000;
        int parts = 7;
        AtomicIntegerArray runs = new AtomicIntegerArray(parts);
        try (Workers workers = new Workers(3)) {
            for (int round = 1; round <= rounds; round++) {
                workers.run(parts, runs::incrementAndGet);
                for (int part = 0; part < parts; part++) {
                    assertEquals(round, runs.get(part));
                }
            }
        }
    }

    @Test
    void plainWritesOfTheWorkersAreSeenByTheCaller() {
        int[] plain = new int[64];
        try (Workers workers = new Workers(2)) {
            for (int round = 1; round <= 2_000; round++) {
                int value = round;
                workers.run(plain.length, part -> plain[part] = value);
                for (int each : plain) {
                    assertEquals(round, each);
                }
            }
        }
    }

    @Test
    void closedWorkersRefuseWork() {
        Workers workers = new Workers(2);
        workers.close();
        assertThrows(IllegalStateException.class, () -> workers.run(2, part -> {}));
    }
}
