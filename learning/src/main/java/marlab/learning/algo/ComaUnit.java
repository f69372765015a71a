package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.NetworkConfig;
import marlab.learning.net.Replicas;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;

/// One unit's actor and critic in {@link Coma}. Rows are worked on in two parts, a thread each,
/// which changes no result.
final class ComaUnit {

    static final int PARTS = 2;

    private final int unit;
    private final int members;
    private final int choices;
    private final ComaConfig config;
    private final JointInput[] views;
    private final Replicas actor;
    private final CounterfactualCritic critic;
    private final Behaviour behaviour;
    private final Part[] parts = new Part[PARTS];
    private final float[] criticInput;
    private final int[] criticFrame;
    private final int[] chosen; // per row the action taken, in the critic's frame
    private final float[] choice;
    private final float[] nextInput;
    private final float[] nextPolicy;
    private final int[] nextFrame;
    private Experience experience;
    private Coma.Joint joint;
    private Rollout rollout;

    /// Scratch space and sums of one part.
    private static final class Part {
        final Categorical distribution;
        final float[] input;
        final float[] output;
        final float[] gradient;
        final float[] criticInput;
        final int[] rows;
        final int[] frames;
        final float[] own;
        double loss;
        double entropy;
        double size;

        Part(int room, int inputs, int criticInputs, int choices) {
            distribution = new Categorical(choices);
            input = new float[room * inputs];
            output = new float[room * choices];
            gradient = new float[room * choices];
            criticInput = new float[room * criticInputs];
            rows = new int[room];
            frames = new int[room];
            own = new float[choices];
        }
    }

    /// @param index of the unit
    /// @param views one for each part
    ComaUnit(Setup setup, int index, ComaConfig config, JointInput[] views) {
        unit = index;
        this.config = config;
        this.views = views;
        Unit who = setup.units().get(index);
        members = who.members().size();
        choices = who.groupIn(setup.spec()).action().size();
        int rows = setup.length() * setup.lanes(who);
        int room = (rows + PARTS - 1) / PARTS;
        int width = views[0].size(index);
        actor = new Replicas(PARTS, 1e-5, part -> setup.actor(who, room));
        NetworkConfig.initialise(actor.main(), 0.01, setup.seeds().stream("actor", index));
        actor.spread();
        critic = new CounterfactualCritic(setup, index, config, width, choices, rows);
        behaviour = new Behaviour(actor.main());
        for (int part = 0; part < PARTS; part++) {
            parts[part] = new Part(room, actor.main().inputs(), width, choices);
        }
        criticInput = new float[rows * width];
        criticFrame = new int[rows];
        chosen = new int[rows];
        choice = new float[choices];
        nextInput = new float[room * actor.main().inputs()];
        nextPolicy = new float[rows * choices];
        nextFrame = new int[rows];
    }

    Behaviour behaviour() {
        return behaviour;
    }

    /// The critic's advantages of all own actions, A_k = Q_k − Σ_j π_j Q_j, which are 0 on the
    /// policy's average.
    ///
    /// @param q values of all own actions; replaced by their advantages
    static void counterfactual(float[] q, float[] policy) {
        double mean = 0;
        double mass = 0;
        for (int k = 0; k < q.length; k++) {
            mean += (double) policy[k] * q[k];
            mass += policy[k];
        }
        mean /= mass; // probabilities in floats add up to 1 within rounding only
        for (int k = 0; k < q.length; k++) {
            q[k] = (float) (q[k] - mean);
        }
    }

    /// Puts what the members did into the joint action.
    void join(Experience from, Coma.Joint into) {
        experience = from;
        joint = into;
        rollout = from.rollout(unit);
        rollout.findLive();
        for (int row = 0; row < rollout.rows(); row++) {
            put((int) rollout.action[row], row, rollout.frame[row], joint.taken);
        }
    }

    /// Draws what the members do after the ends of {@link Coma.Joint}, and keeps with what
    /// probability they do what. Rows are end · members + member.
    void joinNext(RandomStream drawing) {
        int inputs = actor.main().inputs();
        Part scratch = parts[0];
        int rows = joint.endCount * members;
        for (int from = 0; from < rows; from += actor.main().capacity()) {
            int count = Math.min(actor.main().capacity(), rows - from);
            for (int k = 0; k < count; k++) {
                rollout.nextActor(row(from + k), nextInput, k * inputs);
            }
            actor.main().forward(nextInput, 0, count, scratch.output);
            for (int k = 0; k < count; k++) {
                int next = from + k;
                int state = joint.ends[next / members] * experience.stateSize();
                nextFrame[next] = views[0].frame(unit, next % members, experience.nextState, state);
                scratch.distribution.sample(scratch.output, k * choices, drawing, scratch.own, 0);
                put((int) scratch.own[0], next, nextFrame[next], joint.next);
                float[] p = scratch.distribution.probabilities(scratch.output, k * choices);
                System.arraycopy(p, 0, nextPolicy, next * choices, choices);
            }
        }
    }

    /// Row of the roll-out that an end's row follows.
    private int row(int next) {
        return joint.ends[next / members] * members + next % members;
    }

    private void put(int action, int row, int frame, float[] into) {
        choice[action] = 1;
        int at = row / members * views[0].jointWidth();
        views[0].put(unit, row % members, frame, choice, 0, into, at);
        choice[action] = 0;
    }

    /// Learns, when all units have joined.
    List<Figure> update(double progress, Workers workers, String who) {
        IntConsumer look = this::look;
        workers.run(PARTS, look);
        Advantages.estimate(rollout, config.discount(), config.lambda());
        double explained = explained();
        double left = Schedule.linear(1, config.finalRate(), progress);
        double valueLoss =
                critic.learn(criticInput, chosen, rollout, config.criticRate() * left, workers);
        double bonus = Schedule.linear(config.entropy(), config.finalEntropy(), progress);
        IntConsumer improve = part -> improve(part, bonus);
        workers.run(PARTS, improve);
        actor.step(PARTS, config.learningRate() * left, config.maxNorm());
        double count = rollout.liveRows();
        return List.of(
                new Figure("policy_loss", who, (parts[0].loss + parts[1].loss) / count),
                new Figure("value_loss", who, valueLoss),
                new Figure("entropy", who, (parts[0].entropy + parts[1].entropy) / count),
                new Figure("advantage", who, (parts[0].size + parts[1].size) / count),
                new Figure("explained_variance", who, explained));
    }

    private static int share(int count, int part) {
        return (int) ((long) count * part / PARTS);
    }

    /// The critic's view of a part's rows, and the target's values of what was done and, where the
    /// next row does not tell, of what may be done next.
    private void look(int part) {
        Part mine = parts[part];
        JointInput view = views[part];
        int width = view.size(unit);
        int first = share(rollout.rows(), part);
        int count = share(rollout.rows(), part + 1) - first;
        for (int row = first; row < first + count; row++) {
            int m = row % members;
            int at = row / members;
            criticFrame[row] =
                    view.write(
                            unit,
                            m,
                            experience.state,
                            at * experience.stateSize(),
                            joint.taken,
                            at * view.jointWidth(),
                            criticInput,
                            row * width);
            view.hideOwn(unit, m, criticInput, row * width);
            int action = (int) rollout.action[row];
            chosen[row] = view.choice(unit, m, rollout.frame[row], criticFrame[row], action);
        }
        float[] q = critic.target(part, criticInput, first * width, count);
        for (int k = 0; k < count; k++) {
            rollout.value[first + k] = q[k * choices + chosen[first + k]];
        }
        lookAhead(mine, part);
    }

    private void lookAhead(Part mine, int part) {
        JointInput view = views[part];
        int width = view.size(unit);
        int last = share(joint.endCount * members, part + 1);
        int count = 0;
        for (int next = share(joint.endCount * members, part); next < last; next++) {
            if (rollout.needsNext(row(next))) {
                int e = next / members;
                mine.rows[count] = next;
                mine.frames[count] =
                        view.write(
                                unit,
                                next % members,
                                experience.nextState,
                                joint.ends[e] * experience.stateSize(),
                                joint.next,
                                e * view.jointWidth(),
                                mine.criticInput,
                                count * width);
                view.hideOwn(unit, next % members, mine.criticInput, count * width);
                count++;
            }
        }
        float[] q = count == 0 ? null : critic.target(part, mine.criticInput, 0, count);
        for (int k = 0; k < count; k++) {
            int next = mine.rows[k];
            double value = 0;
            for (int a = 0; a < choices; a++) {
                int place = view.choice(unit, next % members, nextFrame[next], mine.frames[k], a);
                value += (double) nextPolicy[next * choices + a] * q[k * choices + place];
            }
            rollout.next[row(next)] = (float) value;
        }
    }

    /// Gradient of −mean(A·log π + c·H) over a part's live rows.
    private void improve(int part, double bonus) {
        Part mine = parts[part];
        JointInput view = views[part];
        int width = view.size(unit);
        int inputs = actor.main().inputs();
        int first = share(rollout.liveRows(), part);
        int count = share(rollout.liveRows(), part + 1) - first;
        Minibatches.gather(rollout.input, inputs, rollout.live, first, count, mine.input);
        Minibatches.gather(criticInput, width, rollout.live, first, count, mine.criticInput);
        actor.part(part).forward(mine.input, 0, count, mine.output);
        float[] q = critic.values(part, mine.criticInput, 0, count);
        float share = 1f / rollout.liveRows();
        mine.loss = 0;
        mine.entropy = 0;
        mine.size = 0;
        for (int k = 0; k < count; k++) {
            int row = rollout.live[first + k];
            for (int a = 0; a < choices; a++) {
                int place =
                        view.choice(unit, row % members, rollout.frame[row], criticFrame[row], a);
                mine.own[a] = q[k * choices + place];
            }
            float logP =
                    mine.distribution.logProbability(mine.output, k * choices, rollout.action, row);
            counterfactual(mine.own, mine.distribution.probabilities(mine.output, k * choices));
            float advantage = mine.own[(int) rollout.action[row]];
            rollout.advantage[row] = advantage;
            mine.distribution.gradient(
                    -share * advantage, (float) -bonus * share, mine.gradient, k * choices);
            mine.loss -= logP * advantage;
            mine.entropy += mine.distribution.entropy();
            mine.size += Math.abs(advantage);
        }
        actor.part(part).backward(mine.gradient, count);
    }

    /// Share of the returns' variance that the target's values explain.
    private double explained() {
        double sum = 0;
        double squares = 0;
        double left = 0;
        int count = rollout.liveRows();
        for (int k = 0; k < count; k++) {
            int row = rollout.live[k];
            sum += rollout.target[row];
            squares += (double) rollout.target[row] * rollout.target[row];
            left += (double) rollout.advantage[row] * rollout.advantage[row];
        }
        double variance = squares - sum * sum / count;
        return variance <= 0 ? 0 : 1 - left / variance;
    }

    /// @param name prefix of all names
    void persist(Persistence state, String name) throws IOException {
        state.network(name + ".actor", actor.main());
        state.adam(name + ".actor", actor.adam());
        critic.persist(state, name + ".action_value");
        actor.spread();
    }
}
