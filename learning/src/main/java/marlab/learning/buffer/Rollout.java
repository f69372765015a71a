package marlab.learning.buffer;

/// What a set of agents with one policy went through in a number of steps of many copies: flat
/// arrays, reused from roll-out to roll-out. A *lane* is one agent of one copy; row = step · lanes
/// + lane. Different lanes may be written by different threads.
public final class Rollout {

    private static final byte GOES_ON = 0;
    private static final byte CUT = 1;
    private static final byte ENDED = 2;

    /// Inputs of the policy, [rows × actor inputs].
    public final float[] input;

    /// Inputs of the critic, [rows × critic inputs]; the same array as {@link #input} where both
    /// see the same; empty where there is none.
    public final float[] criticInput;

    /// Inputs of the critic at the end of episodes that the time limit cut, [rows × critic inputs],
    /// and, in the last step's rows, after the roll-out's last step.
    public final float[] nextInput;

    /// Inputs of the policy after the step, [rows × actor inputs], where an algorithm wants them;
    /// filled only where an episode ended with the step and in the last step's rows, elsewhere they
    /// are the next step's {@link #input}.
    public final float[] nextActor;

    /// Symmetry that each row was seen under, see {@link marlab.sim.space.CanonicalView#view}.
    public final byte[] frame;

    /// What recurrent networks carried into the first step, [lanes × memory].
    public final float[] memory;

    /// An episode begins with this row, so that nothing is carried into it.
    public final boolean[] begins;

    /// Actions as the network sees them, [rows × action size].
    public final float[] action;

    /// Log-probability of each action under the policy that took it.
    public final float[] logProbability;

    /// Rewards under the weights in force.
    public final float[] reward;

    /// Values of the states, in the reward's unit.
    public final float[] value;

    /// Values of the states in {@link #nextInput}, where there are any.
    public final float[] next;

    /// The episode ended with this step, one way or the other.
    public final boolean[] over;

    /// Advantages.
    public final float[] advantage;

    /// Returns, the targets of the critic.
    public final float[] target;

    /// Rows in which the agent was still there when it acted, in order; see {@link #liveRows}.
    public final int[] live;

    private final boolean[] gone;
    private int liveRows;
    private final byte[] end;
    private final int length;
    private final int width;
    private final int inputs;
    private final int criticInputs;
    private final int actionSize;
    private final int memorySize;

    /// Room for feed-forward policies with critics.
    ///
    /// @param length steps
    /// @param width lanes
    /// @param shared true where the critic sees what the policy sees
    public Rollout(
            int length, int width, int inputs, int criticInputs, int actionSize, boolean shared) {
        this(length, width, inputs, criticInputs, actionSize, shared, false, 0);
    }

    /// @param criticInputs numbers per critic input; 0 without critic
    /// @param next whether {@link #nextActor} is wanted
    /// @param memorySize numbers that a recurrent policy carries from step to step
    public Rollout(
            int length,
            int width,
            int inputs,
            int criticInputs,
            int actionSize,
            boolean shared,
            boolean next,
            int memorySize) {
        this.length = length;
        this.width = width;
        this.inputs = inputs;
        this.criticInputs = criticInputs;
        this.actionSize = actionSize;
        this.memorySize = memorySize;
        int rows = length * width;
        input = new float[rows * inputs];
        criticInput = shared ? input : new float[rows * criticInputs];
        nextInput = new float[rows * criticInputs];
        nextActor = new float[next ? rows * inputs : 0];
        frame = new byte[rows];
        memory = new float[width * memorySize];
        begins = new boolean[rows];
        action = new float[rows * actionSize];
        logProbability = new float[rows];
        reward = new float[rows];
        value = new float[rows];
        this.next = new float[rows];
        over = new boolean[rows];
        end = new byte[rows];
        gone = new boolean[rows];
        live = new int[rows];
        advantage = new float[rows];
        target = new float[rows];
    }

    /// Says how the step of this row ended.
    ///
    /// @param episodeOver the episode is over
    /// @param agentDone the task is over for this agent, so that nothing follows
    public void end(int row, boolean episodeOver, boolean agentDone) {
        over[row] = episodeOver || agentDone;
        end[row] = agentDone ? ENDED : episodeOver ? CUT : GOES_ON;
    }

    /// Says that the agent had ended before the step of this row, while others went on: it was
    /// asked for an action that nobody took, and there is nothing to learn from it.
    public void gone(int row, boolean agentGone) {
        gone[row] = agentGone;
    }

    /// Whether the agent had ended before the step of this row.
    public boolean gone(int row) {
        return gone[row];
    }

    /// Whether the agent's task was over with the step of this row, so that nothing follows. False
    /// where only the time limit cut the episode.
    public boolean terminated(int row) {
        return end[row] == ENDED;
    }

    /// Copies the policy's input after a step, where it is kept.
    public void nextActor(int row, float[] into, int at) {
        boolean here = over[row] || row >= (length - 1) * width;
        float[] from = here ? nextActor : input;
        System.arraycopy(from, (here ? row : row + width) * inputs, into, at, inputs);
    }

    /// Lists {@link #live} anew, when all rows are filled.
    ///
    /// @return how many there are
    public int findLive() {
        liveRows = 0;
        for (int row = 0; row < gone.length; row++) {
            if (!gone[row]) {
                live[liveRows++] = row;
            }
        }
        return liveRows;
    }

    /// Rows that count, once they were found.
    public int liveRows() {
        return liveRows;
    }

    /// True where {@link #nextInput} of this row holds a state whose value is needed.
    public boolean needsNext(int row) {
        return !gone[row]
                && (end[row] == CUT || end[row] == GOES_ON && row >= (length - 1) * width);
    }

    /// Value of the state after this row's step.
    public float nextValue(int row) {
        return switch (end[row]) {
            case ENDED -> 0;
            case CUT -> next[row];
            default -> row >= (length - 1) * width ? next[row] : value[row + width];
        };
    }

    /// Steps.
    public int length() {
        return length;
    }

    /// Lanes: agents × copies.
    public int width() {
        return width;
    }

    /// Steps × lanes.
    public int rows() {
        return length * width;
    }

    /// Numbers per policy input.
    public int inputs() {
        return inputs;
    }

    /// Numbers per critic input.
    public int criticInputs() {
        return criticInputs;
    }

    /// Numbers per action.
    public int actionSize() {
        return actionSize;
    }

    /// Numbers that a recurrent policy carries from step to step, per lane.
    public int memorySize() {
        return memorySize;
    }
}
