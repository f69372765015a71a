package marlab.learning.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import marlab.learning.algo.Persistence;
import marlab.learning.algo.ValueNorm;
import marlab.learning.net.Adam;
import marlab.learning.net.Network;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;

/// Two units, of two agents and of one, in three copies, roll-outs of four steps. Every number says
/// where it is from: roll-out · 1000 + step · 100 + copy · 10 + member.
class ReplayMemoryTest {

    private static final int LENGTH = 4;
    private static final int COPIES = 3;
    private static final int[] MEMBERS = {2, 1};

    private final Experience experience = experience(2, 1);

    private static Experience experience(int inputs, int stateSize) {
        List<Rollout> rollouts =
                Arrays.stream(MEMBERS)
                        .mapToObj(
                                m -> new Rollout(LENGTH, COPIES * m, inputs, 0, 1, false, true, 1))
                        .toList();
        return new Experience(rollouts, LENGTH, COPIES, stateSize);
    }

    /// Episodes of copy 1 end with step 1, by the time limit but for the first unit's member 1, who
    /// is done with step 0 and gone in step 1.
    private void play(int number) {
        for (int t = 0; t < LENGTH; t++) {
            for (int c = 0; c < COPIES; c++) {
                boolean over = c == 1 && t == 1;
                int row = t * COPIES + c;
                experience.over[row] = over;
                experience.state[row] = number * 1000 + t * 100 + c * 10 + 0.25f;
                experience.nextState[row] =
                        experience.endsHere(row) ? experience.state[row] + 0.5f : Float.NaN;
                for (int u = 0; u < MEMBERS.length; u++) {
                    fill(experience.rollout(u), MEMBERS[u], number, t, c, over);
                }
            }
        }
    }

    private static void fill(Rollout r, int members, int number, int t, int c, boolean over) {
        for (int m = 0; m < members; m++) {
            int row = t * COPIES * members + c * members + m;
            float here = number * 1000 + t * 100 + c * 10 + m;
            boolean leaves = c == 1 && m == 1 && t == 0;
            boolean gone = c == 1 && m == 1 && t == 1;
            r.input[2 * row] = here;
            r.input[2 * row + 1] = -here;
            boolean kept = over || t == LENGTH - 1;
            r.nextActor[2 * row] = kept ? here + 0.5f : Float.NaN;
            r.nextActor[2 * row + 1] = kept ? -here - 0.5f : Float.NaN;
            r.action[row] = here + 0.1f;
            r.reward[row] = here + 0.2f;
            r.frame[row] = (byte) (t + c);
            r.begins[row] = t == 0 && c == 2 || t == 2 && c == 1;
            r.gone(row, gone);
            r.end(row, over, leaves || gone);
            r.memory[c * members + m] = number * 1000 + c * 10 + m;
        }
    }

    private ReplayMemory filled(int rollouts, int room) {
        ReplayMemory memory = new ReplayMemory(experience, room);
        for (int number = 1; number <= rollouts; number++) {
            play(number);
            assertEquals((number - 1) % (memory.capacity() / 12), memory.add(experience));
        }
        return memory;
    }

    @Test
    void transitionsOfACopyStandInARowAndTheOldestRollOutMakesRoom() {
        ReplayMemory memory = filled(5, 3 * 12);
        assertEquals(36, memory.size());
        int[] held = {4, 5, 3}; // the fourth took the first one's place
        for (int i = 0; i < 36; i++) {
            int t = i % LENGTH;
            int c = i / LENGTH % COPIES;
            float here = held[i / 12] * 1000 + t * 100 + c * 10;
            assertEquals(here + 0.25f, memory.state[i]);
            for (int u = 0; u < MEMBERS.length; u++) {
                ReplayMemory.Part part = memory.part(u);
                for (int m = 0; m < MEMBERS[u]; m++) {
                    int row = i * MEMBERS[u] + m;
                    assertEquals(here + m, part.input[2 * row]);
                    assertEquals(-here - m, part.input[2 * row + 1]);
                    assertEquals(here + m + 0.1f, part.action[row]);
                    assertEquals(here + m + 0.2f, part.reward[row]);
                    assertEquals(t + c, part.frame[row]);
                }
            }
            assertEquals(c == 1 && t == 1, memory.over[i]);
            assertEquals(t == 0 && c == 2 || t == 2 && c == 1, memory.begins[i]);
        }
    }

    @Test
    void whatComesNextIsOfTheSameEpisode() {
        ReplayMemory memory = filled(2, 24);
        for (int i = 0; i < 24; i++) {
            boolean ends = i % LENGTH == 3 || memory.over[i];
            float state = ends ? memory.state[i] + 0.5f : memory.state[i + 1];
            assertEquals(state, memory.nextState[i]);
            for (int u = 0; u < MEMBERS.length; u++) {
                ReplayMemory.Part part = memory.part(u);
                for (int row = i * MEMBERS[u]; row < (i + 1) * MEMBERS[u]; row++) {
                    float next = ends ? part.input[2 * row] + 0.5f : 0;
                    next = ends ? next : part.input[2 * (row + MEMBERS[u])];
                    boolean nothing = part.terminated[row] || part.gone[row];
                    assertEquals(nothing ? 0 : next, part.next[2 * row], "row " + row);
                    assertEquals(nothing ? 0 : -next, part.next[2 * row + 1] + 0f);
                }
            }
        }
    }

    @Test
    void whoIsDoneIsDoneWhateverTheOthersDo() {
        ReplayMemory.Part part = filled(1, 12).part(0);
        for (int row = 0; row < 24; row++) {
            int copyOne = LENGTH * 2; // its first row
            assertEquals(row == copyOne + 1 || row == copyOne + 3, part.terminated[row]);
            assertEquals(row == copyOne + 3, part.gone[row]);
        }
    }

    @Test
    void returnsReachToTheEndOfTheEpisodeOrOfTheChunk() {
        ReplayMemory memory = filled(1, 12);
        assertArrayEquals(
                new int[] {2, 3, 3, 3, 5, 5, 7, 7, 10, 11, 11, 11},
                java.util.stream.IntStream.range(0, 12).map(i -> memory.last(i, 3)).toArray());
        assertEquals(6, memory.last(6, 1));
    }

    @Test
    void chunksKnowWhatWasCarriedIntoThem() {
        ReplayMemory memory = filled(3, 24);
        ReplayMemory.Part part = memory.part(0);
        assertArrayEquals(new float[] {3000, 3001, 3010, 3011, 3020, 3021}, firstSix(part));
        assertEquals(2000, part.memory[6]);
    }

    private static float[] firstSix(ReplayMemory.Part part) {
        return Arrays.copyOf(part.memory, 6);
    }

    @Test
    void allThatIsHeldIsDrawnEquallyOftenAndNothingElse() {
        ReplayMemory memory = filled(2, 5 * 12);
        RandomStream random = new RandomStream(2);
        int[] transitions = new int[60];
        int[] chunks = new int[15];
        for (int k = 0; k < 24_000; k++) {
            transitions[memory.draw(random)]++;
            chunks[memory.drawChunk(random)]++;
        }
        for (int i = 0; i < 60; i++) {
            assertEquals(i < 24 ? 1000 : 0, transitions[i], i < 24 ? 150 : 0);
        }
        for (int i = 0; i < 15; i++) {
            assertEquals(i < 6 ? 4000 : 0, chunks[i], i < 6 ? 300 : 0);
        }
    }

    @Test
    void roomIsInWholeRollOutsAtLeastOneAndWithinBounds() {
        assertEquals(12, new ReplayMemory(experience, 1).capacity());
        assertEquals(24, new ReplayMemory(experience, 35).capacity());
        Experience wide = experience(100_000, 0); // 600 000 numbers a transition
        assertEquals(156, new ReplayMemory(wide, 10_000_000).capacity()); // below 100 million
    }

    /// Keeps everything by name.
    private static final class Shelf implements Persistence {
        final Map<String, Object> held = new HashMap<>();
        boolean saving = true;

        @Override
        public void network(String name, Network network) {
            throw new AssertionError(name);
        }

        @Override
        public void norm(String name, ValueNorm norm) {
            throw new AssertionError(name);
        }

        @Override
        public void adam(String name, Adam adam) {
            throw new AssertionError(name);
        }

        @Override
        public void stream(String name, RandomStream stream) {
            throw new AssertionError(name);
        }

        @Override
        public void doubles(String name, double[] values) {
            throw new AssertionError(name);
        }

        @Override
        public void longs(String name, long[] values) {
            if (saving) {
                assertFalse(held.containsKey(name));
                held.put(name, values.clone());
            } else {
                System.arraycopy(held.get(name), 0, values, 0, values.length);
            }
        }

        @Override
        public void floats(String name, float[] values, int count) {
            assertTrue(name.startsWith("replay."));
            if (saving) {
                assertFalse(held.containsKey(name));
                held.put(name, Arrays.copyOf(values, count));
            } else {
                System.arraycopy(held.get(name), 0, values, 0, count);
            }
        }
    }

    @Test
    void whatIsSavedIsTakenUpAgain() throws IOException {
        ReplayMemory memory = filled(4, 3 * 12);
        Shelf shelf = new Shelf();
        memory.persist(shelf);
        ReplayMemory other = new ReplayMemory(experience, 3 * 12);
        shelf.saving = false;
        other.persist(shelf);
        assertEquals(36, other.size());
        play(5);
        assertEquals(memory.add(experience), other.add(experience));
        assertArrayEquals(memory.state, other.state);
        assertArrayEquals(memory.nextState, other.nextState);
        assertArrayEquals(memory.over, other.over);
        assertArrayEquals(memory.begins, other.begins);
        for (int u = 0; u < MEMBERS.length; u++) {
            ReplayMemory.Part one = memory.part(u);
            ReplayMemory.Part two = other.part(u);
            assertArrayEquals(one.input, two.input);
            assertArrayEquals(one.next, two.next);
            assertArrayEquals(one.action, two.action);
            assertArrayEquals(one.reward, two.reward);
            assertArrayEquals(one.terminated, two.terminated);
            assertArrayEquals(one.gone, two.gone);
            assertArrayEquals(one.frame, two.frame);
            assertArrayEquals(one.memory, two.memory);
        }
    }

    @Test
    void aDamagedCounterIsToldAsSuch() {
        Shelf shelf = new Shelf();
        shelf.saving = false;
        shelf.held.put("replay_added", new long[] {-1});
        assertThrows(IOException.class, () -> new ReplayMemory(experience, 12).persist(shelf));
    }
}
