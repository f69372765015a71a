package marlab.learning.algo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.ReplayMemory;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;

/// DDPG: Lillicrap et al. 2016, Continuous control with deep reinforcement learning, for agents
/// that learn without regard to each other: the baseline of Lowe et al. 2017.
///
/// - Critic: (Q_i(o_i, a_i) − y)², y = r_i + γ Q_i′(o_i′, μ_i′(o_i′)); nothing follows where the
///   agent's task is over, but where only the time limit cut the episode.
/// - Actor: ∇ Q_i(o_i, μ_i(o_i)); choices as in {@link RelaxedAction}.
///
/// Everything is in the frame of the actors' views.
final class Ddpg implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "ddpg",
                    "DDPG",
                    "Lillicrap et al. 2016, Continuous control with deep reinforcement learning",
                    Profile.Critic.NONE,
                    true,
                    false,
                    Profile.Head.DETERMINISTIC,
                    false,
                    Maddpg.RECIPE,
                    DeterministicConfig.parameters(),
                    Ddpg::new,
                    "Every agent learns a deterministic action and a value of it from what it sees itself.",
                    "A critic learns what an action is worth where it is taken, and the actor climbs"
                            + " the critic's slope: made for real numbers, and thrifty, since old"
                            + " experience serves again. Each agent takes the others for a part of"
                            + " the world, which changes under it as they learn, and what it"
                            + " remembers of them is out of date; with many agents it falls behind"
                            + " MADDPG.");

    private final DeterministicConfig config;
    private final ReplayMemory memory;
    private final List<One> ones = new ArrayList<>();
    private final RandomStream drawing;
    private final double[] valueLoss = new double[Maddpg.PARTS];
    private final double[] value = new double[Maddpg.PARTS];
    private final int[][] drawn = new int[Maddpg.PARTS][];

    /// One unit.
    private final class One {
        final Unit unit;
        final ReplayMemory.Part part;
        final RelaxedActor actor;
        final ActionCritic critic;
        final Half[] halves = new Half[Maddpg.PARTS];
        final int rows;
        final int inputs;
        final int width;

        One(Setup setup, int index, int transitions) {
            unit = setup.units().get(index);
            part = memory.part(index);
            rows = transitions * part.members;
            inputs = part.inputs;
            actor = new RelaxedActor(setup, index, config, halves.length, rows);
            width = actor.actions(0).width();
            int joined = inputs + width;
            critic = new ActionCritic(setup, joined, "critic", index, halves.length, rows);
            Arrays.setAll(halves, _ -> new Half(rows, inputs, width));
        }

        void learnCritic(int p) {
            Half h = halves[p];
            gather(p);
            actor.target(p, h.next, rows, 0, 0, h.action);
            float[] q = critic.target(p, h.join(h.next), rows);
            ActionCritic.goals(h.reward, h.terminated, q, config.discount(), rows, h.goal);
            int all = rows * halves.length;
            System.arraycopy(h.taken, 0, h.action, 0, rows * width);
            valueLoss[p] += critic.learn(p, h.join(h.input), h.goal, h.gone, rows, all) / all;
        }

        void learnActor(int p) {
            Half h = halves[p];
            int all = rows * halves.length;
            actor.propose(p, h.input, rows, h.action);
            value[p] += critic.ascent(p, h.join(h.input), h.gone, rows, all, h.slope) / all;
            for (int row = 0; row < rows; row++) {
                int from = row * (inputs + width) + inputs;
                System.arraycopy(h.slope, from, h.action, row * width, width);
            }
            actor.backward(p, h.action, rows, config.regulariser(), all);
        }

        private void gather(int p) {
            Half h = halves[p];
            for (int row = 0; row < rows; row++) {
                int from = drawn[p][row / part.members] * part.members + row % part.members;
                System.arraycopy(part.input, from * inputs, h.input, row * inputs, inputs);
                System.arraycopy(part.next, from * inputs, h.next, row * inputs, inputs);
                actor.actions(p).taken(part.action, from * part.actionSize, h.taken, row * width);
                h.reward[row] = part.reward[from];
                h.terminated[row] = part.terminated[from];
                h.gone[row] = part.gone[from];
            }
        }
    }

    /// One unit's half of a minibatch.
    private static final class Half {
        final int inputs;
        final int width;
        final float[] input;
        final float[] next;
        final float[] taken;
        final float[] action;
        final float[] joined;
        final float[] slope;
        final float[] reward;
        final float[] goal;
        final boolean[] terminated;
        final boolean[] gone;

        Half(int rows, int inputs, int width) {
            this.inputs = inputs;
            this.width = width;
            input = new float[rows * inputs];
            next = new float[rows * inputs];
            taken = new float[rows * width];
            action = new float[rows * width];
            joined = new float[rows * (inputs + width)];
            slope = new float[joined.length];
            reward = new float[rows];
            goal = new float[rows];
            terminated = new boolean[rows];
            gone = new boolean[rows];
        }

        /// What is seen, and {@link #action}.
        float[] join(float[] seen) {
            for (int row = 0; row < reward.length; row++) {
                int at = row * (inputs + width);
                System.arraycopy(seen, row * inputs, joined, at, inputs);
                System.arraycopy(action, row * width, joined, at + inputs, width);
            }
            return joined;
        }
    }

    Ddpg(Setup setup) {
        config = DeterministicConfig.of(setup.hyper());
        memory = new ReplayMemory(setup.experience(), config.replay());
        drawing = setup.seeds().stream("replay", 0);
        int transitions = (config.batch() + Maddpg.PARTS - 1) / Maddpg.PARTS;
        Arrays.setAll(drawn, _ -> new int[transitions]);
        for (int u = 0; u < setup.units().size(); u++) {
            ones.add(new One(setup, u, transitions));
        }
    }

    @Override
    public List<Behaviour> behaviours() {
        return ones.stream().map(one -> one.actor.behaviour()).toList();
    }

    @Override
    public List<Figure> update(Experience experience, double progress, Workers workers) {
        memory.add(experience);
        Arrays.fill(valueLoss, 0);
        Arrays.fill(value, 0);
        boolean ready = config.ready(memory);
        ones.forEach(one -> one.actor.warmUp(!ready, config));
        if (ready) {
            double left = config.rateLeft(progress);
            IntConsumer critics = p -> ones.forEach(one -> one.learnCritic(p));
            IntConsumer actors = p -> ones.forEach(one -> one.learnActor(p));
            for (int step = 0; step < config.gradientSteps(); step++) {
                for (int[] half : drawn) {
                    for (int b = 0; b < half.length; b++) {
                        half[b] = memory.draw(drawing);
                    }
                }
                workers.run(Maddpg.PARTS, critics);
                for (One one : ones) {
                    one.critic.step(config.criticRate() * left, config.maxNorm());
                }
                workers.run(Maddpg.PARTS, actors);
                for (One one : ones) {
                    one.actor.step(config.learningRate() * left, config.maxNorm());
                    one.critic.follow(config.tau());
                    one.actor.follow(config.tau());
                }
            }
        }
        for (int u = 0; u < ones.size(); u++) {
            ones.get(u).actor.observe(experience.rollout(u));
        }
        double terms = (double) config.gradientSteps() * ones.size();
        return List.of(
                new Figure("value_loss", "", (valueLoss[0] + valueLoss[1]) / terms),
                new Figure("policy_loss", "", -(value[0] + value[1]) / terms));
    }

    @Override
    public void persist(Persistence state) throws IOException {
        for (One one : ones) {
            one.actor.persist(state, one.unit.name());
            one.critic.persist(state, one.unit.name() + ".action_value");
        }
        state.stream("replay_drawing", drawing);
        memory.persist(state);
        ones.forEach(one -> one.actor.warmUp(!config.ready(memory), config));
    }
}
