package marlab.learning.buffer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.learning.algo.Persistence;
import marlab.sim.seed.RandomStream;

/// The newest transitions of all units, aligned: what off-policy algorithms learn from. A
/// *transition* is one step of one copy; a *chunk* is the steps of one copy in one roll-out, kept
/// together and in order, so that sequences can be drawn too: transition = chunk · length + step.
/// When it is full the oldest roll-out is overwritten.
///
/// Flat arrays, written by the learner between updates, read by any thread during one.
public final class ReplayMemory {

    /// Floats that a memory may hold, 400 MB; a larger one is cut down to it.
    private static final long MOST_FLOATS = 100_000_000;

    /// What is kept of one unit.
    public static final class Part {
        /// Agents of the unit.
        public final int members;

        /// Numbers per policy input.
        public final int inputs;

        /// Numbers per action.
        public final int actionSize;

        /// Inputs of the policy, [transitions × members × inputs].
        public final float[] input;

        /// Inputs of the policy after the step, of the episode that the step belongs to; zeros
        /// where nothing follows for the agent.
        public final float[] next;

        /// Actions as the network sees them, [transitions × members × action size].
        public final float[] action;

        /// Rewards, [transitions × members].
        public final float[] reward;

        /// The task was over for the agent with this step, so that nothing follows.
        public final boolean[] terminated;

        /// The agent had ended before this step: nothing to learn.
        public final boolean[] gone;

        /// Symmetry that each input was seen under.
        public final byte[] frame;

        /// What recurrent policies carried into a chunk, [chunks × members × memory].
        public final float[] memory;

        final int memorySize;

        Part(Rollout like, int copies, int transitions, int chunks) {
            members = like.width() / copies;
            inputs = like.inputs();
            actionSize = like.actionSize();
            memorySize = like.memorySize();
            int rows = transitions * members;
            input = new float[rows * inputs];
            next = new float[rows * inputs];
            action = new float[rows * actionSize];
            reward = new float[rows];
            terminated = new boolean[rows];
            gone = new boolean[rows];
            frame = new byte[rows];
            memory = new float[chunks * members * memorySize];
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final int length;
    private final int copies;
    private final int rollouts;
    private final int stateSize;
    private long added;

    /// Global states, [transitions × state size].
    public final float[] state;

    /// Global states after the step.
    public final float[] nextState;

    /// The episode ended with this step, [transitions].
    public final boolean[] over;

    /// An episode begins with this transition.
    public final boolean[] begins;

    /// @param like what will be added, see {@link marlab.learning.algo.Setup#experience}
    /// @param wanted transitions to keep; rounded to whole roll-outs, at least one, at most what
    ///   400 MB hold
    public ReplayMemory(Experience like, int wanted) {
        length = like.length();
        copies = like.copies();
        stateSize = like.stateSize();
        int perRollout = length * copies;
        long floats = 2L * stateSize;
        for (Rollout r : like.rollouts()) {
            floats += (long) r.width() / copies * (2L * r.inputs() + r.actionSize() + 3);
        }
        long most = Math.min(wanted, MOST_FLOATS / floats);
        rollouts = (int) Math.max(1, most / perRollout);
        int transitions = rollouts * perRollout;
        for (Rollout r : like.rollouts()) {
            parts.add(new Part(r, copies, transitions, rollouts * copies));
        }
        state = new float[transitions * stateSize];
        nextState = new float[state.length];
        over = new boolean[transitions];
        begins = new boolean[transitions];
    }

    /// One unit's part.
    public Part part(int unit) {
        return parts.get(unit);
    }

    /// Steps of a chunk.
    public int length() {
        return length;
    }

    /// Numbers of the global state.
    public int stateSize() {
        return stateSize;
    }

    /// Transitions held.
    public int size() {
        return (int) Math.min(added, rollouts) * length * copies;
    }

    /// Transitions there is room for.
    public int capacity() {
        return rollouts * length * copies;
    }

    /// Any transition held, each as likely as the others.
    public int draw(RandomStream random) {
        return (int) (random.nextDouble() * size());
    }

    /// Any chunk held.
    public int drawChunk(RandomStream random) {
        return (int) (random.nextDouble() * (size() / length));
    }

    /// The last of up to `steps` transitions from this one on that are in the same chunk and
    /// episode.
    ///
    /// @param steps at least 1
    public int last(int transition, int steps) {
        int end = transition - transition % length + length - 1; // of the chunk
        int last = Math.min(end, transition + steps - 1);
        for (int k = transition; k < last; k++) {
            if (over[k]) {
                return k;
            }
        }
        return last;
    }

    /// Keeps a roll-out.
    ///
    /// @return which of the roll-outs that there is room for it is now: its transitions are those
    ///   from that number · length · copies on
    public int add(Experience experience) {
        int slot = (int) (added % rollouts);
        for (int c = 0; c < copies; c++) {
            int chunk = slot * copies + c;
            for (int t = 0; t < length; t++) {
                int from = t * copies + c;
                int to = chunk * length + t;
                over[to] = experience.over[from];
                System.arraycopy(
                        experience.state, from * stateSize, state, to * stateSize, stateSize);
                if (stateSize > 0) {
                    experience.nextState(from, nextState, to * stateSize);
                }
                for (int u = 0; u < parts.size(); u++) {
                    copy(experience.rollout(u), parts.get(u), from, to);
                }
                begins[to] = experience.rollout(0).begins[from * parts.getFirst().members];
            }
            for (int u = 0; u < parts.size(); u++) {
                Part part = parts.get(u);
                int size = part.members * part.memorySize;
                System.arraycopy(
                        experience.rollout(u).memory, c * size, part.memory, chunk * size, size);
            }
        }
        added++;
        return slot;
    }

    private static void copy(Rollout r, Part part, int from, int to) {
        for (int m = 0; m < part.members; m++) {
            int source = from * part.members + m;
            int row = to * part.members + m;
            System.arraycopy(
                    r.input, source * part.inputs, part.input, row * part.inputs, part.inputs);
            if (r.terminated(source) || r.gone(source)) { // nothing follows, and nothing is kept
                Arrays.fill(part.next, row * part.inputs, (row + 1) * part.inputs, 0);
            } else {
                r.nextActor(source, part.next, row * part.inputs);
            }
            System.arraycopy(
                    r.action,
                    source * part.actionSize,
                    part.action,
                    row * part.actionSize,
                    part.actionSize);
            part.reward[row] = r.reward[source];
            part.terminated[row] = r.terminated(source);
            part.gone[row] = r.gone(source);
            part.frame[row] = r.frame[source];
        }
    }

    /// Shows everything held, so that a resumed run draws the same.
    ///
    /// @throws IOException where what was saved does not fit
    public void persist(Persistence state) throws IOException {
        long[] counters = {added};
        state.longs("replay_added", counters);
        added = counters[0];
        if (added < 0) {
            throw new IOException("replay_added is " + added);
        }
        int held = size();
        for (int u = 0; u < parts.size(); u++) {
            Part part = parts.get(u);
            String name = "replay." + u + ".";
            int rows = held * part.members;
            state.floats(name + "input", part.input, rows * part.inputs);
            state.floats(name + "next", part.next, rows * part.inputs);
            state.floats(name + "action", part.action, rows * part.actionSize);
            state.floats(name + "reward", part.reward, rows);
            state.floats(
                    name + "memory", part.memory, held / length * part.members * part.memorySize);
            flags(state, name + "terminated", part.terminated, rows);
            flags(state, name + "gone", part.gone, rows);
            frames(state, name + "frame", part.frame, rows);
        }
        state.floats("replay.state", this.state, held * stateSize);
        state.floats("replay.next_state", nextState, held * stateSize);
        flags(state, "replay.over", over, held);
        flags(state, "replay.begins", begins, held);
    }

    private static void flags(Persistence state, String name, boolean[] flags, int count)
            throws IOException {
        float[] numbers = new float[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = flags[k] ? 1 : 0;
        }
        state.floats(name, numbers, count);
        for (int k = 0; k < count; k++) {
            flags[k] = numbers[k] != 0;
        }
    }

    private static void frames(Persistence state, String name, byte[] frames, int count)
            throws IOException {
        float[] numbers = new float[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = frames[k];
        }
        state.floats(name, numbers, count);
        for (int k = 0; k < count; k++) {
            frames[k] = (byte) numbers[k];
        }
    }
}
