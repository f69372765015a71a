package marlab.learning.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import marlab.learning.algo.ActionDistribution;
import marlab.learning.algo.Ppo;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.LinearAlgebra;
import marlab.learning.net.Network;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AutoResetMode;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.VectorEnv;
import marlab.sim.env.Workers;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.CanonicalView;

/// Lets the current policies act in many copies and writes down what happened. The copies are split
/// into a fixed number of slices, whatever the number of threads, so that the same seed gives the
/// same bytes on one core and on two.
final class Collector {

    private static final int SLICES = 2;

    private final RunConfig config;
    private final EnvSpec spec;
    private final List<Unit> units;
    private final List<Ppo> learners;
    private final List<Slice> slices = new ArrayList<>();
    private final int copies;
    private RewardWeights weights;

    Collector(
            RunConfig config,
            List<Unit> units,
            List<Ppo> learners,
            LinearAlgebra algebra,
            Seeds seeds) {
        this.config = config;
        this.units = units;
        this.learners = learners;
        spec = config.spec();
        copies = config.training().copies();
        int parts = Math.min(SLICES, copies);
        for (int s = 0; s < parts; s++) {
            int from = (int) ((long) copies * s / parts);
            int to = (int) ((long) copies * (s + 1) / parts);
            slices.add(new Slice(from, to - from, algebra, seeds));
        }
    }

    /// Episodes that ended during a roll-out.
    static final class Episodes {
        final List<double[]> metrics = new ArrayList<>();
        final List<Integer> lengths = new ArrayList<>();
        final List<double[]> returns = new ArrayList<>();

        double[] dialect(ReturnDialect dialect, int agents) {
            double[] figures = new double[metrics.size()];
            for (int e = 0; e < figures.length; e++) {
                figures[e] =
                        dialect.value()
                                .applyAsDouble(
                                        new ReturnDialect.Episode(
                                                metrics.get(e), agents, lengths.get(e)));
            }
            return figures;
        }

        double metric(int m) {
            return metrics.stream().mapToDouble(x -> x[m]).average().orElse(Double.NaN);
        }

        double agentReturn(int agent) {
            return returns.stream().mapToDouble(x -> x[agent]).average().orElse(Double.NaN);
        }
    }

    /// Starts new episodes everywhere.
    void reset() {
        slices.forEach(s -> s.env.reset());
    }

    /// Fills the learners' roll-outs.
    Episodes collect(RewardWeights inForce, Workers workers) {
        weights = inForce;
        IntConsumer work = s -> slices.get(s).collect();
        workers.run(slices.size(), work);
        Episodes all = new Episodes();
        for (Slice slice : slices) {
            all.metrics.addAll(slice.episodes.metrics);
            all.lengths.addAll(slice.episodes.lengths);
            all.returns.addAll(slice.episodes.returns);
        }
        return all;
    }

    /// Some of the copies, with networks and scratch space of their own. Owned by one thread at a
    /// time.
    private final class Slice {
        final int first;
        final VectorEnv env;
        final RandomStream[] streams;
        final List<Actor> actors = new ArrayList<>();
        final double[] rewards;
        final boolean[] gone;
        Episodes episodes = new Episodes();

        Slice(int first, int count, LinearAlgebra algebra, Seeds seeds) {
            this.first = first;
            boolean central = config.algorithm().centralCritic();
            env =
                    new VectorEnv(
                            config.provider(),
                            config.envOptions(),
                            count,
                            first,
                            AutoResetMode.SAME_STEP,
                            seeds,
                            central);
            streams = new RandomStream[count];
            Arrays.setAll(streams, c -> seeds.stream("exploration", first + c));
            rewards = new double[count * spec.agentCount()];
            gone = new boolean[rewards.length];
            for (int u = 0; u < units.size(); u++) {
                actors.add(new Actor(this, units.get(u), learners.get(u), algebra));
            }
        }

        void collect() {
            episodes = new Episodes();
            actors.forEach(Actor::takeWeights);
            int length = config.training().rollout();
            for (int t = 0; t < length; t++) {
                for (Actor actor : actors) {
                    actor.act(t);
                }
                noteGone();
                env.step();
                for (int c = 0; c < env.count(); c++) {
                    int agents = spec.agentCount();
                    weights.combine(
                            env.terms(),
                            c * agents * spec.terms().size(),
                            agents,
                            rewards,
                            c * agents);
                    if (env.over()[c]) {
                        note(c);
                    }
                }
                for (Actor actor : actors) {
                    actor.learnOutcome(t, t == length - 1);
                }
            }
        }

        /// Whose task was over before this step, while the episode goes on.
        private void noteGone() {
            for (int c = 0; c < env.count(); c++) {
                for (int i = 0; i < spec.agentCount(); i++) {
                    int place = c * spec.agentCount() + i;
                    gone[place] = !env.over()[c] && env.terminated()[place];
                }
            }
        }

        private void note(int c) {
            int metrics = spec.metrics().size();
            episodes.metrics.add(
                    Arrays.copyOfRange(env.finishedMetrics(), c * metrics, (c + 1) * metrics));
            episodes.lengths.add(env.finishedSteps()[c]);
            double[] returns = new double[spec.agentCount()];
            weights.combine(
                    env.finishedTerms(),
                    c * returns.length * spec.terms().size(),
                    returns.length,
                    returns,
                    0);
            episodes.returns.add(returns);
        }
    }

    /// One unit's acting in one slice.
    private final class Actor {
        final Slice slice;
        final Unit unit;
        final AgentGroup group;
        final Ppo learner;
        final Rollout rollout;
        final Network network;
        final CanonicalView actorView;
        final CanonicalView criticView;
        final ActionDistribution distribution;
        final boolean central;
        final float[] outputs;
        final int[] frames;
        final int lanes;

        Actor(Slice slice, Unit unit, Ppo learner, LinearAlgebra algebra) {
            this.slice = slice;
            this.unit = unit;
            this.learner = learner;
            rollout = learner.rollout();
            group = unit.groupIn(spec);
            central = config.algorithm().centralCritic();
            actorView = unit.actorView(spec, config.network(), null);
            criticView = unit.criticView(spec, config.network(), central, null);
            distribution = ActionDistribution.of(group.action());
            lanes = slice.env.count() * unit.members().size();
            network = config.network().build(algebra, actorView, distribution.outputs(), lanes);
            outputs = new float[lanes * distribution.outputs()];
            frames = new int[lanes];
        }

        void takeWeights() {
            float[] from = learner.actor().parameters().values();
            System.arraycopy(from, 0, network.parameters().values(), 0, from.length);
            network.parameters().valuesChanged();
        }

        private int row(int t) {
            return t * rollout.width() + slice.first * unit.members().size();
        }

        void act(int t) {
            int row = row(t);
            float[] own = slice.env.observations(unit.group());
            float[] everything = slice.env.central(unit.group());
            int lane = 0;
            for (int c = 0; c < slice.env.count(); c++) {
                for (int m = 0; m < unit.members().size(); m++, lane++) {
                    int place = c * group.size() + unit.members().get(m);
                    frames[lane] =
                            actorView.view(
                                    own,
                                    place * group.observation().size(),
                                    rollout.input,
                                    (row + lane) * rollout.inputs());
                    if (central) {
                        criticView.view(
                                everything,
                                place * group.central().size(),
                                rollout.criticInput,
                                (row + lane) * rollout.criticInputs());
                    }
                }
            }
            network.forward(rollout.input, row * rollout.inputs(), lanes, outputs);
            lane = 0;
            for (int c = 0; c < slice.env.count(); c++) {
                for (int m = 0; m < unit.members().size(); m++, lane++) {
                    choose(c, group.agents().get(unit.members().get(m)).index(), lane, row + lane);
                }
            }
        }

        private void choose(int c, int agent, int lane, int row) {
            int at = row * rollout.actionSize();
            rollout.logProbability[row] =
                    distribution.sample(
                            outputs,
                            lane * distribution.outputs(),
                            slice.streams[c],
                            rollout.action,
                            at);
            switch (group.action()) {
                case ActionSpace.Discrete _ -> {
                    int choice = actorView.toWorld(frames[lane], (int) rollout.action[at]);
                    slice.env.actions(c).choose(agent, choice);
                }
                case ActionSpace.Box box -> {
                    for (int k = 0; k < rollout.actionSize(); k++) {
                        int part = actorView.toWorld(frames[lane], k);
                        slice.env.actions(c).box(agent, part, box.clip(rollout.action[at + k]));
                    }
                }
            }
        }

        void learnOutcome(int t, boolean last) {
            int lane = row(t);
            VectorEnv env = slice.env;
            for (int c = 0; c < env.count(); c++) {
                for (int m = 0; m < unit.members().size(); m++, lane++) {
                    int agent = group.agents().get(unit.members().get(m)).index();
                    int place = c * spec.agentCount() + agent;
                    rollout.reward[lane] = (float) slice.rewards[place];
                    rollout.gone(lane, slice.gone[place]);
                    rollout.end(lane, env.over()[c], env.terminated()[place]);
                    if (env.over()[c]) {
                        next(
                                c,
                                m,
                                lane,
                                central
                                        ? env.finalCentral(unit.group())
                                        : env.finalObservations(unit.group()));
                    } else if (last) {
                        next(
                                c,
                                m,
                                lane,
                                central
                                        ? env.central(unit.group())
                                        : env.observations(unit.group()));
                    }
                }
            }
        }

        private void next(int c, int m, int row, float[] from) {
            int place = c * group.size() + unit.members().get(m);
            int size = central ? group.central().size() : group.observation().size();
            criticView.view(from, place * size, rollout.nextInput, row * rollout.criticInputs());
        }
    }

    /// State of all copies, slice after slice, and of the exploration streams, [copies × 2].
    record Saved(List<VectorEnv.Saved> slices, long[] streams) {}

    Saved save() {
        long[] streams = new long[2 * copies];
        for (Slice slice : slices) {
            for (int c = 0; c < slice.streams.length; c++) {
                slice.streams[c].save(streams, 2 * (slice.first + c));
            }
        }
        return new Saved(slices.stream().map(s -> s.env.save()).toList(), streams);
    }

    void load(Saved saved) {
        for (int s = 0; s < slices.size(); s++) {
            Slice slice = slices.get(s);
            slice.env.load(saved.slices.get(s));
            for (int c = 0; c < slice.streams.length; c++) {
                slice.streams[c].load(saved.streams, 2 * (slice.first + c));
            }
        }
    }

    /// Copies in each slice, in order.
    int[] sliceSizes() {
        return slices.stream().mapToInt(s -> s.env.count()).toArray();
    }
}
