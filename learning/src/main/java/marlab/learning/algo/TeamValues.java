package marlab.learning.algo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.ReplayMemory;
import marlab.learning.net.MonotonicMixer;
import marlab.learning.net.Replicas;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;

/// Value decomposition: the values of everybody who learns, whatever their group, make up one value
/// of the team, Q_tot, which is learned by (double) Q-learning from the team's reward: y = Σ_{k<n}
/// γᵏ·r_{t+k} + γⁿ·Q′_tot(o′, argmax of each agent's own values). The whole of VDN, where Q_tot is
/// the sum, and of QMIX, where a {@link MonotonicMixer} makes it; both let every agent act by its
/// own value alone.
///
/// The team's reward is the mean over its agents of their rewards. Agents that are gone contribute
/// 0; where all are, nothing follows. Owned by the learner thread; the halves of a minibatch are
/// worked on by two threads, which changes no result.
final class TeamValues implements Learner {

    private static final int PARTS = 2;

    private final QConfig config;
    private final List<Unit> units;
    private final ReplayMemory memory;
    private final RandomStream drawing;
    private final List<QNets> nets = new ArrayList<>();
    private final Replicas mixer; // null: the sum
    private final Replicas mixerTarget;
    private final List<Team> teams = new ArrayList<>();
    private final int agents;
    private final RunningScale rewards = new RunningScale(1);
    private final RunningScale states;
    private final float[] earned;
    private final QSums sums;
    private final int[] drawn;
    private final int parts;
    private final boolean chunks;
    private final long[] gradientSteps = {0};
    private final IntConsumer work = this::learn;

    /// The team's side of one part of a minibatch.
    private final class Team {
        final int width = agents + (mixer == null ? 0 : memory.stateSize());
        final float[] now;
        final float[] next;
        final float[] total;
        final float[] nextTotal;
        final float[] slope;
        final float[] slopes;

        Team(int rows) {
            now = new float[rows * width];
            next = new float[rows * width];
            total = new float[rows];
            nextTotal = new float[rows];
            slope = new float[rows];
            slopes = new float[rows * agents];
        }
    }

    /// @param mixing whether a network mixes the agents' values, or they are added
    TeamValues(Setup setup, boolean mixing) {
        config = QConfig.of(setup.hyper());
        units = setup.units();
        Experience like = setup.experience();
        memory = new ReplayMemory(like, config.memory());
        drawing = setup.seeds().stream("replay", 0);
        chunks = setup.network().memory() > 0;
        drawn = new int[config.drawn(setup)];
        parts = Math.min(PARTS, drawn.length);
        int items = (drawn.length + parts - 1) / parts;
        int most = items * (chunks ? setup.length() : 1);
        agents = units.stream().mapToInt(u -> u.members().size()).sum();
        earned = new float[like.length() * like.copies()];
        sums = new QSums(parts);
        for (int u = 0; u < units.size(); u++) {
            nets.add(new QNets(setup, u, memory, config, parts, items));
        }
        states = new RunningScale(mixing ? memory.stateSize() : 0);
        mixer = mixing ? mixers(setup, most) : null;
        mixerTarget = mixing ? mixers(setup, most) : null;
        if (mixing) {
            ((MonotonicMixer) mixer.main()).initialise(setup.seeds().stream("mixer", 0));
            mixer.spread();
            mixerTarget.follow(mixer.main(), 1);
        }
        for (int part = 0; part < parts; part++) {
            teams.add(new Team(most));
        }
    }

    private Replicas mixers(Setup setup, int most) {
        return new Replicas(
                parts,
                1e-5,
                part -> new MonotonicMixer(setup.algebra(), agents, memory.stateSize(), most));
    }

    @Override
    public List<Behaviour> behaviours() {
        return nets.stream().map(n -> n.behaviour).toList();
    }

    @Override
    public List<Figure> update(Experience experience, double progress, Workers workers) {
        int slot = memory.add(experience);
        for (int k = 0; k < earned.length; k++) {
            earned[k] = reward(slot * earned.length + k);
        }
        rewards.add(earned, earned.length);
        if (mixer != null) {
            states.add(experience.state, earned.length);
        }
        sums.clear();
        nets.forEach(unit -> unit.behaviour.explore(config.epsilon(progress)));
        if (memory.size() >= Math.min(config.warmUp(), memory.capacity())) {
            for (int k = 0; k < config.gradientSteps(); k++) {
                step(config.rate(progress), workers);
            }
        }
        for (int u = 0; u < nets.size(); u++) {
            nets.get(u).observe(experience.rollout(u));
        }
        List<Figure> figures = new ArrayList<>(sums.figures(""));
        figures.add(new Figure("epsilon", "", config.epsilon(progress)));
        return figures;
    }

    /// One gradient step of everybody.
    private void step(double rate, Workers workers) {
        for (int k = 0; k < drawn.length; k++) {
            drawn[k] = chunks ? memory.drawChunk(drawing) : memory.draw(drawing);
        }
        workers.run(parts, work);
        gradientSteps[0]++;
        boolean follow = gradientSteps[0] % config.targetEvery() == 0;
        double squares = 0;
        for (QNets unit : nets) {
            squares += square(unit.online.step(parts, rate, config.maxNorm()));
            if (follow) {
                unit.target.follow(unit.online.main(), config.tau());
            }
        }
        if (mixer != null) {
            squares += square(mixer.step(parts, rate, config.maxNorm()));
            if (follow) {
                mixerTarget.follow(mixer.main(), config.tau());
            }
        }
        sums.step(Math.sqrt(squares));
    }

    private static double square(double x) {
        return x * x;
    }

    /// Gradients of one part of the minibatch.
    private void learn(int part) {
        int from = drawn.length * part / parts;
        int count = drawn.length * (part + 1) / parts - from;
        int rows = evaluate(part, drawn, from, count);
        Team team = teams.get(part);
        QBatch any = nets.getFirst().batch(part);
        float share = 1f / (drawn.length / (float) count * rows);
        for (int b = 0; b < rows; b++) {
            team.slope[b] = 0;
            if (anyoneThere(any.transition(b))) {
                float error = team.total[b] - target(part, b);
                team.slope[b] = config.slope(error) * share;
                sums.add(part, config.loss(error), error, team.total[b]);
            }
        }
        unmix(part, rows);
        int agent = 0;
        for (int u = 0; u < nets.size(); u++) {
            QBatch batch = nets.get(u).batch(part);
            ReplayMemory.Part kept = memory.part(u);
            for (int m = 0; m < kept.members; m++, agent++) {
                for (int b = 0; b < rows; b++) {
                    if (!kept.gone[batch.transition(b) * kept.members + m]) {
                        batch.slope(b, m, team.slopes[b * agents + agent]);
                    }
                }
            }
            batch.backward(nets.get(u).online.part(part));
        }
    }

    /// Computes Q_tot of the actions taken, and of the best ones next.
    ///
    /// @return how many transitions there are
    int evaluate(int part, int[] drawn, int from, int count) {
        Team team = teams.get(part);
        int agent = 0;
        int rows = 0;
        for (int u = 0; u < nets.size(); u++) {
            QBatch batch = nets.get(u).evaluate(part, drawn, from, count, config.doubled());
            ReplayMemory.Part kept = memory.part(u);
            rows = batch.transitions();
            for (int m = 0; m < kept.members; m++, agent++) {
                for (int b = 0; b < rows; b++) {
                    int now = batch.transition(b) * kept.members + m;
                    int last = batch.last(b) * kept.members + m;
                    boolean over = kept.gone[last] || kept.terminated[last];
                    team.now[b * team.width + agent] = kept.gone[now] ? 0 : batch.value(b, m);
                    team.next[b * team.width + agent] = over ? 0 : batch.nextValue(b, m);
                }
            }
        }
        mix(part, rows);
        return rows;
    }

    private void mix(int part, int rows) {
        Team team = teams.get(part);
        if (mixer == null) {
            add(team.now, rows, team.total);
            add(team.next, rows, team.nextTotal);
            return;
        }
        QBatch any = nets.getFirst().batch(part);
        int size = memory.stateSize();
        for (int b = 0; b < rows; b++) {
            int at = b * team.width + agents;
            states.scale(memory.state, any.transition(b) * size, team.now, at);
            states.scale(memory.nextState, any.last(b) * size, team.next, at);
        }
        mixerTarget.part(part).forward(team.next, 0, rows, team.nextTotal);
        mixer.part(part).forward(team.now, 0, rows, team.total);
    }

    private void add(float[] values, int rows, float[] total) {
        for (int b = 0; b < rows; b++) {
            float sum = 0;
            for (int i = 0; i < agents; i++) {
                sum += values[b * agents + i];
            }
            total[b] = sum;
        }
    }

    /// From slopes of Q_tot to those of the agents' values.
    private void unmix(int part, int rows) {
        Team team = teams.get(part);
        if (mixer == null) {
            for (int k = 0; k < rows * agents; k++) {
                team.slopes[k] = team.slope[k / agents];
            }
            return;
        }
        MonotonicMixer network = (MonotonicMixer) mixer.part(part);
        network.backward(team.slope, rows);
        System.arraycopy(network.valueGradient(), 0, team.slopes, 0, rows * agents);
    }

    /// The team's reward for a transition.
    private float reward(int transition) {
        float sum = 0;
        for (int u = 0; u < nets.size(); u++) {
            ReplayMemory.Part kept = memory.part(u);
            for (int m = 0; m < kept.members; m++) {
                int row = transition * kept.members + m;
                sum += kept.gone[row] ? 0 : kept.reward[row];
            }
        }
        return sum / agents;
    }

    private boolean anyoneThere(int transition) {
        for (int u = 0; u < nets.size(); u++) {
            ReplayMemory.Part kept = memory.part(u);
            for (int m = 0; m < kept.members; m++) {
                if (!kept.gone[transition * kept.members + m]) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The task is over for everybody with this transition, or was before.
    private boolean allDone(int transition) {
        for (int u = 0; u < nets.size(); u++) {
            ReplayMemory.Part kept = memory.part(u);
            for (int m = 0; m < kept.members; m++) {
                int row = transition * kept.members + m;
                if (!kept.gone[row] && !kept.terminated[row]) {
                    return false;
                }
            }
        }
        return true;
    }

    /// What Q_tot should have been: rewards up to the last transition that counts, then the value
    /// of what follows, if anything does.
    float target(int part, int b) {
        QBatch any = nets.getFirst().batch(part);
        float shift = config.shift() ? rewards.mean(0) : 0;
        float by = config.scale() ? rewards.deviation(0) : 1;
        double sum = 0;
        double weight = 1;
        for (int k = any.transition(b); k <= any.last(b); k++) {
            sum += weight * (reward(k) - shift) / by;
            weight *= config.discount();
            if (allDone(k)) {
                return (float) (sum + weight * config.afterwards(shift / by));
            }
        }
        return (float) (sum + weight * teams.get(part).nextTotal[b]);
    }

    /// Q_tot of every choice of two agents in a situation that is remembered, in the unit of the
    /// rewards.
    ///
    /// @param transition that the situation is from
    /// @return [first agent's choices][second agent's choices]
    /// @throws IllegalArgumentException where there are not two agents that learn
    double[][] jointValues(int transition) {
        if (agents != 2) {
            throw new IllegalArgumentException(agents + " agents learn, a table is for two");
        }
        List<float[]> values = new ArrayList<>();
        for (int u = 0; u < nets.size(); u++) {
            ReplayMemory.Part kept = memory.part(u);
            for (int m = 0; m < kept.members; m++) {
                values.add(nets.get(u).values(kept, transition * kept.members + m));
            }
        }
        double[][] joint = new double[values.get(0).length][values.get(1).length];
        for (int a = 0; a < joint.length; a++) {
            for (int b = 0; b < joint[a].length; b++) {
                joint[a][b] = total(transition, values.get(0)[a], values.get(1)[b]);
            }
        }
        return joint;
    }

    private double total(int transition, float first, float second) {
        Team team = teams.getFirst();
        team.now[0] = first;
        team.now[1] = second;
        if (mixer == null) {
            add(team.now, 1, team.total);
        } else {
            states.scale(memory.state, transition * memory.stateSize(), team.now, agents);
            mixer.main().forward(team.now, 0, 1, team.total);
        }
        float by = config.scale() ? rewards.deviation(0) : 1;
        float shift = config.shift() ? rewards.mean(0) : 0;
        return by * (double) team.total[0] - config.afterwards(shift);
    }

    /// γ.
    double discount() {
        return config.discount();
    }

    /// Transitions remembered.
    int remembered() {
        return memory.size();
    }

    /// Networks of one unit.
    QNets nets(int unit) {
        return nets.get(unit);
    }

    @Override
    public void persist(Persistence state) throws IOException {
        for (int u = 0; u < units.size(); u++) {
            nets.get(u).persist(state, units.get(u).name());
        }
        if (mixer != null) {
            state.network("mixer", mixer.main());
            state.network("mixer_target", mixerTarget.main());
            state.adam("mixer", mixer.adam());
            mixer.spread();
            mixerTarget.spread();
            states.persist(state, "state_scale");
        }
        rewards.persist(state, "reward_scale");
        state.stream("replay_draws", drawing);
        state.longs("gradient_steps", gradientSteps);
        memory.persist(state);
    }
}
