package marlab.learning.algo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.ReplayMemory;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;

/// Independent Q-learning with deep networks: every unit learns Q(o, a) of its members from their
/// own rewards by (double) Q-learning from a replay memory, y = Σ_{k<n} γᵏ·r_{t+k} + γⁿ·Q′(o′,
/// argmax_a Q(o′, a)). A time limit does not end anything: only where an agent's task was over
/// nothing follows. Owned by the learner thread; the halves of a minibatch are worked on by two
/// threads, which changes no result.
final class Iql implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "iql",
                    "IQL",
                    "Tan 1993, Multi-agent reinforcement learning: independent vs. cooperative agents; Mnih et al. 2015",
                    Profile.Critic.NONE,
                    true,
                    false,
                    Profile.Head.VALUES,
                    true,
                    QConfig.RECIPE,
                    QConfig.PARAMETERS,
                    Iql::new,
                    "Every agent learns action values from its own reward, as if it were alone.",
                    "Each agent predicts what each of its actions will earn it and mostly takes the best,"
                            + " treating everybody else as part of the world. Learning from a memory of past"
                            + " steps makes it thrifty with experience, and it shines where an agent's own"
                            + " reward tells it enough. The others change while they learn, so the memory grows"
                            + " stale, and nobody can tell their own share of a common reward: where success"
                            + " takes several at once it often settles for less.");

    private static final int PARTS = 2;

    private final QConfig config;
    private final List<Unit> units;
    private final ReplayMemory memory;
    private final RandomStream drawing;
    private final List<QNets> nets = new ArrayList<>();
    private final List<RunningScale> rewards = new ArrayList<>();
    private final List<QSums> sums = new ArrayList<>();
    private final int[] drawn;
    private final int parts;
    private final boolean chunks;
    private final long[] gradientSteps = {0};
    private final IntConsumer work = this::learn;

    Iql(Setup setup) {
        config = QConfig.of(setup.hyper());
        units = setup.units();
        memory = new ReplayMemory(setup.experience(), config.memory());
        drawing = setup.seeds().stream("replay", 0);
        chunks = setup.network().memory() > 0;
        drawn = new int[config.drawn(setup)];
        parts = Math.min(PARTS, drawn.length);
        int items = (drawn.length + parts - 1) / parts;
        for (int u = 0; u < units.size(); u++) {
            nets.add(new QNets(setup, u, memory, config, parts, items));
            rewards.add(new RunningScale(1));
            sums.add(new QSums(parts));
        }
    }

    @Override
    public List<Behaviour> behaviours() {
        return nets.stream().map(n -> n.behaviour).toList();
    }

    @Override
    public List<Figure> update(Experience experience, double progress, Workers workers) {
        memory.add(experience);
        for (int u = 0; u < units.size(); u++) {
            float[] reward = experience.rollout(u).reward;
            rewards.get(u).add(reward, reward.length);
            sums.get(u).clear();
            nets.get(u).behaviour.explore(config.epsilon(progress));
            nets.get(u)
                    .behaviour
                    .scaleValues(
                            shift(u) / (1 - config.discount()), // what all rewards ahead are
                            // short of
                            deviation(u));
        }
        if (memory.size() >= Math.min(config.warmUp(), memory.capacity())) {
            for (int k = 0; k < config.gradientSteps(); k++) {
                step(config.rate(progress), workers);
            }
        }
        for (int u = 0; u < nets.size(); u++) {
            nets.get(u).observe(experience.rollout(u));
        }
        List<Figure> figures = new ArrayList<>();
        for (int u = 0; u < units.size(); u++) {
            String who = units.size() == 1 ? "" : units.get(u).name();
            figures.addAll(sums.get(u).figures(who));
        }
        figures.add(new Figure("epsilon", "", config.epsilon(progress)));
        return figures;
    }

    /// One gradient step of every unit.
    private void step(double rate, Workers workers) {
        for (int k = 0; k < drawn.length; k++) {
            drawn[k] = chunks ? memory.drawChunk(drawing) : memory.draw(drawing);
        }
        workers.run(parts, work);
        gradientSteps[0]++;
        for (int u = 0; u < nets.size(); u++) {
            QNets unit = nets.get(u);
            sums.get(u).step(unit.online.step(parts, rate, config.maxNorm()));
            if (gradientSteps[0] % config.targetEvery() == 0) {
                unit.target.follow(unit.online.main(), config.tau());
            }
        }
    }

    /// Gradients of one part of the minibatch.
    private void learn(int part) {
        int from = drawn.length * part / parts;
        int count = drawn.length * (part + 1) / parts - from;
        for (int u = 0; u < nets.size(); u++) {
            QNets unit = nets.get(u);
            QBatch batch = unit.evaluate(part, drawn, from, count, config.doubled());
            ReplayMemory.Part kept = memory.part(u);
            float share = 1f / (drawn.length / (float) count * batch.transitions() * kept.members);
            for (int b = 0; b < batch.transitions(); b++) {
                for (int m = 0; m < kept.members; m++) {
                    if (kept.gone[batch.transition(b) * kept.members + m]) {
                        continue;
                    }
                    float value = batch.value(b, m);
                    float error = value - target(u, batch, b, m);
                    batch.slope(b, m, config.slope(error) * share);
                    sums.get(u).add(part, config.loss(error), error, value);
                }
            }
            batch.backward(unit.online.part(part));
        }
    }

    /// What a member's value should have been: rewards up to the last transition that counts, then
    /// the value of what follows, if anything does.
    float target(int unit, QBatch batch, int b, int member) {
        ReplayMemory.Part kept = memory.part(unit);
        float shift = shift(unit);
        float by = deviation(unit);
        double sum = 0;
        double weight = 1;
        for (int k = batch.transition(b); k <= batch.last(b); k++) {
            int row = k * kept.members + member;
            sum += weight * (kept.reward[row] - shift) / by;
            weight *= config.discount();
            if (kept.terminated[row]) {
                return (float) (sum + weight * config.afterwards(shift / by));
            }
        }
        return (float) (sum + weight * batch.nextValue(b, member));
    }

    /// Networks of one unit.
    QNets nets(int unit) {
        return nets.get(unit);
    }

    private float shift(int unit) {
        return config.shift() ? rewards.get(unit).mean(0) : 0;
    }

    private float deviation(int unit) {
        return config.scale() ? rewards.get(unit).deviation(0) : 1;
    }

    @Override
    public void persist(Persistence state) throws IOException {
        for (int u = 0; u < units.size(); u++) {
            String name = units.get(u).name();
            nets.get(u).persist(state, name);
            rewards.get(u).persist(state, name + ".reward_scale");
        }
        state.stream("replay_draws", drawing);
        state.longs("gradient_steps", gradientSteps);
        memory.persist(state);
    }
}
