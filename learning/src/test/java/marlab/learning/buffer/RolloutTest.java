package marlab.learning.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RolloutTest {

    private final Rollout rollout = new Rollout(2, 2, 3, 5, 2, false);

    @Test
    void everyRowHasRoomForWhatIsWrittenThere() {
        assertEquals(4, rollout.rows());
        assertEquals(4 * 3, rollout.input.length);
        assertEquals(4 * 5, rollout.criticInput.length);
        assertEquals(4 * 5, rollout.nextInput.length);
        assertEquals(4 * 2, rollout.action.length);
    }

    @Test
    void aCriticThatSeesWhatThePolicySeesReadsTheSameNumbers() {
        Rollout shared = new Rollout(2, 2, 3, 3, 1, true);
        assertSame(shared.input, shared.criticInput);
        assertNotSame(rollout.input, rollout.criticInput);
    }

    @Test
    void withinAnEpisodeTheNextValueIsThatOfTheLanesNextRow() {
        rollout.end(0, false, false);
        rollout.end(1, false, false);
        rollout.value[2] = 7;
        rollout.value[3] = 8;
        rollout.next[0] = 99;
        assertEquals(7, rollout.nextValue(0));
        assertEquals(8, rollout.nextValue(1));
        assertFalse(rollout.needsNext(0));
    }

    @Test
    void afterTheLastStepTheNextValueIsComputed() {
        rollout.end(3, false, false);
        rollout.next[3] = 5;
        assertTrue(rollout.needsNext(3));
        assertEquals(5, rollout.nextValue(3));
    }

    @Test
    void anAgentThatIsDoneHasNoFutureEvenIfTheTimeLimitFallsOnTheSameStep() {
        rollout.end(1, true, true);
        rollout.next[1] = 5;
        assertFalse(rollout.needsNext(1));
        assertEquals(0, rollout.nextValue(1));
        assertTrue(rollout.over[1]);
    }

    @Test
    void anAgentThatIsDoneBeforeTheOthersEndsItsOwnLane() {
        rollout.end(0, false, true);
        assertTrue(rollout.over[0]);
        assertEquals(0, rollout.nextValue(0));
    }

    @Test
    void endsOfTheLastRollOutAreForgotten() {
        rollout.end(2, true, false);
        rollout.end(2, false, false);
        assertFalse(rollout.over[2]);
    }

    @Test
    void whatNobodyDidIsNotLearnedFrom() {
        Rollout rollout = new Rollout(2, 3, 1, 1, 1, true);
        rollout.gone(1, true);
        rollout.gone(4, true);
        rollout.end(4, true, true);
        assertEquals(4, rollout.findLive());
        assertArrayEquals(new int[] {0, 2, 3, 5}, java.util.Arrays.copyOf(rollout.live, 4));
        assertFalse(rollout.needsNext(4));
        rollout.gone(1, false);
        rollout.gone(4, false);
        assertEquals(6, rollout.findLive());
    }
}
