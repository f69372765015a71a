package marlab.learning.algo;

import static marlab.learning.algo.Minibatches.gather;

import java.util.Arrays;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Network;

/// A part of a roll-out that a network learns from at once. Networks without memory take rows, in
/// any order. Networks with memory take whole lanes, all steps of each, so that {@link
/// Network#backward} can go back through time; rows in which the agent was gone are passed through
/// and do not count. Owned by one thread at a time.
final class Minibatch {

    private final Network network;
    private final int length;
    private final boolean sequences;

    /// Room for inputs, [capacity × inputs].
    final float[] input;

    /// Outputs of the rows that count, [rows × outputs].
    final float[] output;

    /// Room for the loss's gradient with respect to them.
    final float[] gradient;

    private int[] index;
    private int at;
    private int rows;

    // of sequences: everything that went through the network
    private final float[] whole;
    private final float[] memory;
    private final boolean[] begins;
    private final int[] counting; // the roll-out's rows that count
    private final int[] place; // where they stand in the whole
    private int all;

    /// @param length steps of a roll-out
    Minibatch(Network network, int length) {
        this.network = network;
        this.length = length;
        sequences = network.memory() > 0;
        int room = network.capacity();
        input = new float[room * network.inputs()];
        output = new float[room * network.outputs()];
        gradient = new float[room * network.outputs()];
        int more = sequences ? room : 0;
        whole = new float[more * network.outputs()];
        memory = new float[more * network.memory()];
        begins = new boolean[more];
        counting = new int[more];
        place = new int[more];
    }

    /// Most rows of one of so many parts of a roll-out: what the network must have room for. With
    /// memory there must also be room for one step of all lanes.
    static int capacity(int parts, int length, int lanes, int memory) {
        return memory > 0
                ? Math.max(lanes, length * ((lanes + parts - 1) / parts))
                : (length * lanes + parts - 1) / parts;
    }

    /// How many pieces a roll-out is divided into: rows that count, or lanes.
    int pieces(Rollout rollout) {
        return sequences ? rollout.width() : rollout.liveRows();
    }

    /// A piece: the k-th row that counts, or lane.
    int piece(Rollout rollout, int k) {
        return sequences ? k : rollout.live[k];
    }

    /// Runs the network over some pieces.
    ///
    /// @param inputs of all rows of the roll-out
    /// @param start what was carried into its first step, [lanes × memory]; unused without memory
    /// @param order of pieces, of which those from `from` to before `to` are taken
    void forward(Rollout rollout, float[] inputs, float[] start, int[] order, int from, int to) {
        if (sequences) {
            forwardLanes(rollout, inputs, start, order, from, to - from);
            return;
        }
        index = order;
        at = from;
        rows = to - from;
        gather(inputs, network.inputs(), order, from, rows, input);
        network.forward(input, 0, rows, output);
    }

    private void forwardLanes(
            Rollout rollout, float[] inputs, float[] start, int[] order, int from, int lanes) {
        int width = network.inputs();
        int outputs = network.outputs();
        all = 0;
        rows = 0;
        for (int t = 0; t < length; t++) {
            for (int k = 0; k < lanes; k++, all++) {
                int row = t * rollout.width() + order[from + k];
                System.arraycopy(inputs, row * width, input, all * width, width);
                begins[all] = rollout.begins[row];
                if (!rollout.gone(row)) {
                    place[rows] = all;
                    counting[rows++] = row;
                }
            }
        }
        gather(start, network.memory(), order, from, lanes, memory);
        network.forward(input, 0, length, lanes, memory, begins, 0, whole);
        gather(whole, outputs, place, 0, rows, output);
        index = counting;
        at = 0;
    }

    /// Rows that count.
    int rows() {
        return rows;
    }

    /// Copies what belongs to the rows that count side by side.
    ///
    /// @param from [all rows of the roll-out × width]
    void take(float[] from, int width, float[] into) {
        gather(from, width, index, at, rows, into);
    }

    /// Gradient with respect to the weights, from {@link #gradient}.
    void backward() {
        if (!sequences) {
            network.backward(gradient, rows);
            return;
        }
        int outputs = network.outputs();
        Arrays.fill(whole, 0, all * outputs, 0);
        for (int k = 0; k < rows; k++) {
            System.arraycopy(gradient, k * outputs, whole, place[k] * outputs, outputs);
        }
        network.backward(whole, all);
    }
}
