package marlab.learning.algo;

import java.util.Arrays;
import marlab.learning.buffer.ReplayMemory;
import marlab.learning.net.Network;

/// One unit's part of a minibatch from the replay memory, with its action values now and next.
/// Drawn are single transitions; where networks have a memory, whole chunks, which are run through
/// from the memory they began with. Owned by one thread at a time.
///
/// In a chunk what is seen after an episode's last step, or after the chunk's, is a row of its own
/// right behind that step's: an episode that begins with the next row carries nothing over, so this
/// disturbs nothing, and each transition's next row follows its own.
final class QBatch {

    private final EpsilonGreedy head;
    private final ReplayMemory memory;
    private final ReplayMemory.Part part;
    private final boolean chunks;
    private final int steps;
    private final int members;
    private final int inputs;
    private final int outputs;
    private final int carry;
    private final float[] input;
    private final float[] nextInput;
    private final float[] output;
    private final float[] online;
    private final float[] target;
    private final float[] gradient;
    private final float[] start;
    private final float[] carried;
    private final boolean[] begins;
    private final int[] transition;
    private final int[] last;
    private final int[] row;
    private final int[] nextRow;
    private int transitions;
    private int drawn;
    private int rows;
    private int[] from;
    private int fromAt;
    private float[] picking;

    /// @param unit index of the unit
    /// @param steps n of n-step returns
    /// @param items most transitions, or chunks, of the part
    QBatch(Setup setup, int unit, ReplayMemory memory, int steps, int items) {
        this.memory = memory;
        this.steps = steps;
        head = (EpsilonGreedy) setup.head(setup.units().get(unit));
        part = memory.part(unit);
        chunks = setup.network().memory() > 0;
        members = part.members;
        inputs = part.inputs;
        outputs = head.outputs();
        int capacity = capacity(setup, unit, items);
        int most = items * (chunks ? memory.length() : 1);
        input = new float[capacity * inputs];
        nextInput = new float[chunks ? 0 : capacity * inputs];
        output = new float[capacity * outputs];
        online = chunks ? output : new float[capacity * outputs];
        target = new float[capacity * outputs];
        gradient = new float[capacity * outputs];
        carry = members * setup.network().memory();
        start = new float[items * carry];
        carried = new float[start.length];
        begins = new boolean[chunks ? capacity : 0];
        transition = new int[most];
        last = new int[most];
        row = new int[most];
        nextRow = new int[most];
    }

    /// Rows that a network takes at once for so many transitions, or chunks.
    static int capacity(Setup setup, int unit, int items) {
        int members = setup.units().get(unit).members().size();
        return items * members * (setup.network().memory() > 0 ? 2 * setup.length() : 1);
    }

    /// Fetches what was drawn.
    ///
    /// @param drawn transitions, or chunks
    /// @param at the first of this part
    /// @param count how many are in it
    void gather(int[] drawn, int at, int count) {
        from = drawn;
        fromAt = at;
        this.drawn = count;
        if (chunks) {
            gatherChunks();
        } else {
            gatherTransitions();
        }
    }

    private void gatherTransitions() {
        transitions = drawn;
        rows = drawn * members;
        int width = members * inputs;
        for (int b = 0; b < drawn; b++) {
            int first = from[fromAt + b];
            transition[b] = first;
            last[b] = memory.last(first, steps);
            row[b] = b * members;
            nextRow[b] = b * members;
            System.arraycopy(part.input, first * width, input, b * width, width);
            System.arraycopy(part.next, last[b] * width, nextInput, b * width, width);
        }
    }

    private void gatherChunks() {
        int length = memory.length();
        int lanes = drawn * members;
        transitions = drawn * length;
        Arrays.fill(begins, false);
        int longest = 0;
        for (int j = 0; j < drawn; j++) {
            int chunk = from[fromAt + j];
            System.arraycopy(part.memory, chunk * carry, start, j * carry, carry);
            int slot = 0;
            for (int t = 0; t < length; t++) {
                int i = chunk * length + t;
                int to = slot * lanes + j * members;
                transition[j * length + t] = i;
                row[j * length + t] = to;
                Arrays.fill(begins, to, to + members, memory.begins[i]);
                put(part.input, i, to);
                slot++;
                if (memory.over[i] || t == length - 1) {
                    put(part.next, i, to + lanes);
                    slot++;
                }
            }
            longest = Math.max(longest, slot);
        }
        rows = longest * lanes; // shorter sequences end in rows that nobody reads
        for (int b = 0; b < transitions; b++) {
            last[b] = memory.last(transition[b], steps);
            nextRow[b] = row[b + last[b] - transition[b]] + lanes;
        }
    }

    private void put(float[] seen, int i, int to) {
        int width = members * inputs;
        System.arraycopy(seen, i * width, input, to * inputs, width);
    }

    /// Computes the action values, and clears the gradient.
    ///
    /// @param learning the network that learns
    /// @param slow the target network
    /// @param doubled whether the network that learns picks the best next action
    void evaluate(Network learning, Network slow, boolean doubled) {
        if (chunks) {
            int lanes = drawn * members;
            run(slow, lanes, target);
            run(learning, lanes, output);
        } else {
            slow.forward(nextInput, 0, rows, target);
            if (doubled) {
                learning.forward(nextInput, 0, rows, online);
            }
            learning.forward(input, 0, rows, output); // last: it is the one to go back through
        }
        picking = doubled ? online : target;
        Arrays.fill(gradient, 0, rows * outputs, 0);
    }

    private void run(Network network, int lanes, float[] into) {
        System.arraycopy(start, 0, carried, 0, lanes / members * carry);
        network.forward(input, 0, rows / lanes, lanes, carried, begins, 0, into);
    }

    /// How many transitions there are.
    int transitions() {
        return transitions;
    }

    /// Index in the memory of a transition of this part.
    int transition(int b) {
        return transition[b];
    }

    /// Index in the memory of the last transition whose reward counts before values take over.
    int last(int b) {
        return last[b];
    }

    /// Value of the action that a member took.
    float value(int b, int member) {
        return head.q(output, (row[b] + member) * outputs, action(b, member));
    }

    /// Value of the best action after the last transition.
    float nextValue(int b, int member) {
        int at = (nextRow[b] + member) * outputs;
        return head.q(target, at, head.best(picking, at));
    }

    private int action(int b, int member) {
        return (int) part.action[transition[b] * members + member];
    }

    /// Takes the loss's gradient with respect to {@link #value}.
    void slope(int b, int member, float slope) {
        head.differentiate(slope, action(b, member), gradient, (row[b] + member) * outputs);
    }

    /// Computes the gradient of the weights.
    void backward(Network learning) {
        learning.backward(gradient, rows);
    }
}
