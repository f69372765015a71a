package marlab.learning.algo;

import marlab.learning.buffer.ReplayMemory;
import marlab.sim.seed.RandomStream;

/// One part of a minibatch of joint transitions: what each unit's agents saw, did and got, and what
/// a critic sees of it. Filled and used by one thread.
final class JointBatch {

    /// What concerns one unit; rows are transition · members + member.
    static final class Side {
        final int members;
        final int width;
        final float[] input;
        final float[] next;
        final float[] target; // actions of target policies after the step
        final float[] proposal; // actions of the policy as it is now
        final float[] slope;
        final float[] reward;
        final boolean[] terminated;
        final boolean[] gone;
        final int[] frame;
        final int[] nextFrame;
        final int[] criticFrame;
        final float[] goal; // y of each row
        final float[] criticInput;
        final float[] criticSlope;

        Side(ReplayMemory.Part part, int width, int criticInputs, int transitions) {
            int rows = transitions * part.members;
            members = part.members;
            this.width = width;
            input = new float[rows * part.inputs];
            next = new float[rows * part.inputs];
            target = new float[rows * width];
            proposal = new float[rows * width];
            slope = new float[rows * width];
            reward = new float[rows];
            terminated = new boolean[rows];
            gone = new boolean[rows];
            frame = new int[rows];
            nextFrame = new int[rows];
            criticFrame = new int[rows];
            goal = new float[rows];
            criticInput = new float[rows * criticInputs];
            criticSlope = new float[rows * criticInputs];
        }
    }

    private final ReplayMemory memory;
    private final JointInput joint;
    private final Side[] sides;
    private final int[] drawn;
    private final float[] taken; // joint actions in the world's frame
    private final float[] targeted;
    private final float[] action;
    private final int capacity;

    /// @param widths numbers per action of each unit, see {@link RelaxedAction#width}
    /// @param transitions of this part
    JointBatch(ReplayMemory memory, JointInput joint, int[] widths, int transitions) {
        this.memory = memory;
        this.joint = joint;
        capacity = transitions;
        sides = new Side[widths.length];
        int widest = 0;
        for (int u = 0; u < widths.length; u++) {
            sides[u] = new Side(memory.part(u), widths[u], joint.size(u), transitions);
            widest = Math.max(widest, widths[u]);
        }
        drawn = new int[transitions];
        taken = new float[transitions * joint.jointWidth()];
        targeted = new float[taken.length];
        action = new float[widest];
    }

    /// Draws transitions; called for one part after the other.
    void draw(RandomStream random) {
        for (int b = 0; b < capacity; b++) {
            drawn[b] = memory.draw(random);
        }
    }

    /// One unit's side.
    Side side(int unit) {
        return sides[unit];
    }

    /// Rows of one unit.
    int rows(int unit) {
        return capacity * sides[unit].members;
    }

    /// Fetches what was drawn.
    ///
    /// @param actions how actions are shown to critics, per unit
    void gather(RelaxedAction[] actions) {
        for (int u = 0; u < sides.length; u++) {
            ReplayMemory.Part part = memory.part(u);
            Side side = sides[u];
            int inputs = part.inputs;
            for (int b = 0; b < capacity; b++) {
                for (int m = 0; m < side.members; m++) {
                    int row = b * side.members + m;
                    int from = drawn[b] * side.members + m;
                    System.arraycopy(part.input, from * inputs, side.input, row * inputs, inputs);
                    System.arraycopy(part.next, from * inputs, side.next, row * inputs, inputs);
                    side.reward[row] = part.reward[from];
                    side.terminated[row] = part.terminated[from];
                    side.gone[row] = part.gone[from];
                    side.frame[row] = part.frame[from];
                    side.nextFrame[row] =
                            joint.frame(u, m, memory.nextState, drawn[b] * joint.stateSize());
                    actions[u].taken(part.action, from * part.actionSize, action, 0);
                    joint.put(u, m, side.frame[row], action, 0, taken, b * joint.jointWidth());
                }
            }
        }
    }

    /// Joins the units' target actions, when all are there.
    void joinTargets() {
        for (int u = 0; u < sides.length; u++) {
            join(u, sides[u].target);
        }
    }

    /// Puts one unit's actions after the step into the joint target actions.
    void join(int u, float[] actions) {
        Side side = sides[u];
        for (int b = 0; b < capacity; b++) {
            for (int m = 0; m < side.members; m++) {
                int row = b * side.members + m;
                int at = b * joint.jointWidth();
                joint.put(u, m, side.nextFrame[row], actions, row * side.width, targeted, at);
            }
        }
    }

    /// Writes {@link Side#criticInput} as of after the step, with the target actions.
    float[] after(int unit) {
        return write(unit, memory.nextState, targeted);
    }

    /// Writes {@link Side#criticInput} as of the step, with the actions that were taken.
    float[] before(int unit) {
        return write(unit, memory.state, taken);
    }

    /// The same with every agent's own action replaced by its {@link Side#proposal}.
    float[] proposed(int unit) {
        before(unit);
        Side side = sides[unit];
        for (int row = 0; row < rows(unit); row++) {
            joint.putOwn(
                    unit,
                    row % side.members,
                    side.frame[row],
                    side.criticFrame[row],
                    side.proposal,
                    row * side.width,
                    side.criticInput,
                    row * joint.size(unit));
        }
        return side.criticInput;
    }

    private float[] write(int unit, float[] states, float[] actions) {
        Side side = sides[unit];
        for (int row = 0; row < rows(unit); row++) {
            int b = row / side.members;
            side.criticFrame[row] =
                    joint.write(
                            unit,
                            row % side.members,
                            states,
                            drawn[b] * joint.stateSize(),
                            actions,
                            b * joint.jointWidth(),
                            side.criticInput,
                            row * joint.size(unit));
        }
        return side.criticInput;
    }

    /// From {@link Side#criticSlope}, gradient with respect to the inputs of {@link #proposed},
    /// that with respect to the proposals.
    float[] slopeOfProposals(int unit) {
        Side side = sides[unit];
        for (int row = 0; row < rows(unit); row++) {
            joint.takeOwn(
                    unit,
                    row % side.members,
                    side.frame[row],
                    side.criticFrame[row],
                    side.criticSlope,
                    row * joint.size(unit),
                    side.slope,
                    row * side.width);
        }
        return side.slope;
    }
}
