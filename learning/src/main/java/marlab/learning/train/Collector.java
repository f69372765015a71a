package marlab.learning.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.learning.algo.ActionHead;
import marlab.learning.algo.Behaviour;
import marlab.learning.algo.Setup;
import marlab.learning.algo.Unit;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.InputView;
import marlab.learning.net.Network;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.AutoResetMode;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.VectorEnv;
import marlab.sim.env.Workers;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.space.ActionSpace;

/// Lets the current policies act in many copies and writes down what happened. The copies are split
/// into a fixed number of slices, whatever the number of threads, so that the same seed gives the
/// same bytes on one core and on two.
final class Collector {

    private static final int SLICES = 2;

    private final RunConfig config;
    private final Setup setup;
    private final EnvSpec spec;
    private final List<Unit> units;
    private final List<Behaviour> behaviours;
    private final List<Slice> slices = new ArrayList<>();
    private final int copies;
    private final boolean central;
    private final int ensemble;
    private final int[] groupOf;
    private final int[] placeOf;
    private RewardWeights weights; // of the roll-out that is going on
    private Experience experience;

    /// @param behaviours how the units act, as of each roll-out's beginning
    Collector(RunConfig config, Setup setup, List<Behaviour> behaviours) {
        this.config = config;
        this.setup = setup;
        this.behaviours = behaviours;
        units = setup.units();
        spec = setup.spec();
        copies = setup.copies();
        central = setup.algorithm().centralCritic();
        ensemble = units.isEmpty() ? 1 : setup.actorInput(units.getFirst()).ensemble();
        groupOf = new int[spec.agentCount()];
        placeOf = new int[spec.agentCount()];
        for (int g = 0; g < spec.groups().size(); g++) {
            int place = 0;
            for (AgentId agent : spec.groups().get(g).agents()) {
                groupOf[agent.index()] = g;
                placeOf[agent.index()] = place++;
            }
        }
        int parts = Math.min(SLICES, copies);
        for (int s = 0; s < parts; s++) {
            int from = (int) ((long) copies * s / parts);
            int to = (int) ((long) copies * (s + 1) / parts);
            slices.add(new Slice(from, to - from, setup.seeds()));
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
        slices.forEach(Slice::reset);
    }

    /// Acts for one roll-out, as the behaviours say now.
    ///
    /// @param into receives what happened
    Episodes collect(RewardWeights inForce, Experience into, Workers workers) {
        takeUp();
        begin(inForce, into);
        workers.run(parts(), this::act);
        return episodes();
    }

    /// Takes up the units' newest behaviours: what they become later changes nothing here.
    void takeUp() {
        slices.forEach(slice -> slice.actors.forEach(Actor::takeUp));
    }

    /// Begins a roll-out with the behaviours taken up last. Then each part is to {@link #act}.
    ///
    /// @param into receives what happens
    void begin(RewardWeights inForce, Experience into) {
        weights = inForce;
        experience = into;
        experience.weights = inForce;
        slices.forEach(slice -> slice.actors.forEach(Actor::begin));
    }

    /// Parts of a roll-out, which different threads may do at once.
    int parts() {
        return slices.size();
    }

    /// Does a part of the roll-out that was begun.
    void act(int part) {
        slices.get(part).collect();
    }

    /// Episodes that ended during the roll-out, whose parts are all done.
    Episodes episodes() {
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
        final FrozenGroups[] scripts;
        final RandomStream[] scriptStreams;
        final double[] rewards;
        final boolean[] gone;
        final boolean[] begins;
        final int[] subPolicy;
        final float[] smoothed; // see SocialReward
        Episodes episodes = new Episodes();

        Slice(int first, int count, Seeds seeds) {
            this.first = first;
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
            begins = new boolean[count];
            subPolicy = new int[rewards.length];
            smoothed = new float[config.social().comparesOverTime() ? rewards.length : 0];
            scripts = new FrozenGroups[config.frozen().isEmpty() ? 0 : count];
            scriptStreams = new RandomStream[scripts.length];
            for (int c = 0; c < scripts.length; c++) {
                scripts[c] =
                        FrozenGroups.of(
                                null, config.provider(), config.envOptions(), config.frozen());
                scriptStreams[c] = seeds.stream("scripts", first + c);
            }
            for (int u = 0; u < units.size(); u++) {
                actors.add(new Actor(this, u));
            }
        }

        void reset() {
            env.reset();
            for (int c = 0; c < env.count(); c++) {
                begin(c);
            }
        }

        /// A new episode has begun in this copy.
        private void begin(int c) {
            begins[c] = true;
            if (smoothed.length > 0) {
                int at = c * spec.agentCount();
                Arrays.fill(smoothed, at, at + spec.agentCount(), 0);
            }
            if (ensemble > 1) {
                for (int i = 0; i < spec.agentCount(); i++) {
                    subPolicy[c * spec.agentCount() + i] =
                            (int) (streams[c].nextDouble() * ensemble);
                }
            }
            if (scripts.length > 0) {
                scripts[c].episodeBegins(env.copy(c));
            }
        }

        void collect() {
            episodes = new Episodes();
            int length = setup.length();
            for (int t = 0; t < length; t++) {
                if (experience.stateSize() > 0) {
                    for (int c = 0; c < env.count(); c++) {
                        state(c, false, experience.state, t * copies + first + c);
                    }
                }
                for (Actor actor : actors) {
                    actor.act(t);
                }
                for (int c = 0; c < scripts.length; c++) {
                    scripts[c].act(env.copy(c), env.actions(c), scriptStreams[c]);
                }
                noteGone();
                env.step();
                boolean last = t == length - 1;
                for (int c = 0; c < env.count(); c++) {
                    int agents = spec.agentCount();
                    weights.combine(
                            env.terms(),
                            c * agents * spec.terms().size(),
                            agents,
                            rewards,
                            c * agents);
                    config.social().shape(rewards, c * agents, agents, smoothed);
                    int row = t * copies + first + c;
                    experience.over[row] = env.over()[c];
                    if (experience.stateSize() > 0 && (env.over()[c] || last)) {
                        state(c, env.over()[c], experience.nextState, row);
                    }
                    begins[c] = false;
                    if (env.over()[c]) {
                        note(c);
                    }
                }
                for (Actor actor : actors) {
                    actor.learnOutcome(t, last);
                }
                for (int c = 0; c < env.count(); c++) {
                    if (env.over()[c]) {
                        begin(c);
                    }
                }
            }
        }

        /// What all agents of a copy see, in agent order.
        private void state(int c, boolean ended, float[] into, int row) {
            int at = row * experience.stateSize();
            for (int i = 0; i < spec.agentCount(); i++) {
                int g = groupOf[i];
                AgentGroup group = spec.groups().get(g);
                int size = group.observation().size();
                float[] from = ended ? env.finalObservations(g) : env.observations(g);
                System.arraycopy(from, (c * group.size() + placeOf[i]) * size, into, at, size);
                at += size;
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
        final int index;
        final AgentGroup group;
        final Network network;
        final InputView actorView;
        final InputView criticView;
        final ActionHead head;
        final boolean critic;
        final float[] outputs;
        final float[] memory;
        final boolean[] begins;
        final int[] frames;
        final int lanes;
        double exploration;
        Rollout rollout;

        Actor(Slice slice, int index) {
            this.slice = slice;
            this.index = index;
            unit = units.get(index);
            group = unit.groupIn(spec);
            critic = setup.algorithm().hasCritic();
            actorView = setup.actorInput(unit);
            criticView = setup.criticInput(unit);
            head = setup.head(unit);
            lanes = slice.env.count() * unit.members().size();
            network = setup.actor(unit, lanes);
            outputs = new float[lanes * head.outputs()];
            memory = new float[lanes * network.memory()];
            begins = new boolean[lanes];
            frames = new int[lanes];
        }

        void takeUp() {
            Behaviour behaviour = behaviours.get(index);
            take(behaviour.network().parameters().values(), behaviour.exploration());
        }

        void take(float[] from, double amount) {
            System.arraycopy(from, 0, network.parameters().values(), 0, from.length);
            network.parameters().valuesChanged();
            exploration = amount;
            head.explore(amount);
        }

        void begin() {
            rollout = experience.rollout(index);
            int at = slice.first * unit.members().size() * network.memory();
            System.arraycopy(memory, 0, rollout.memory, at, memory.length);
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
                            actorView.write(
                                    own,
                                    place * group.observation().size(),
                                    m,
                                    subPolicy(c, m),
                                    rollout.input,
                                    (row + lane) * rollout.inputs());
                    rollout.frame[row + lane] = (byte) frames[lane];
                    begins[lane] = slice.begins[c];
                    rollout.begins[row + lane] = slice.begins[c];
                    if (central) {
                        criticView.write(
                                everything,
                                place * group.central().size(),
                                m,
                                0,
                                rollout.criticInput,
                                (row + lane) * rollout.criticInputs());
                    }
                }
            }
            network.forward(
                    rollout.input, row * rollout.inputs(), 1, lanes, memory, begins, 0, outputs);
            lane = 0;
            for (int c = 0; c < slice.env.count(); c++) {
                for (int m = 0; m < unit.members().size(); m++, lane++) {
                    choose(c, group.agents().get(unit.members().get(m)).index(), lane, row + lane);
                }
            }
        }

        private int subPolicy(int c, int m) {
            return ensemble == 1 ? 0 : slice.subPolicy[c * spec.agentCount() + unit.agent(spec, m)];
        }

        private void choose(int c, int agent, int lane, int row) {
            int at = row * rollout.actionSize();
            rollout.logProbability[row] =
                    head.sample(
                            outputs, lane * head.outputs(), slice.streams[c], rollout.action, at);
            switch (group.action()) {
                case ActionSpace.Discrete _ -> {
                    int choice = actorView.view().toWorld(frames[lane], (int) rollout.action[at]);
                    slice.env.actions(c).choose(agent, choice);
                }
                case ActionSpace.Box box -> {
                    for (int k = 0; k < rollout.actionSize(); k++) {
                        int part = actorView.view().toWorld(frames[lane], k);
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
                    if (env.over()[c] || last) {
                        next(c, m, lane, env.over()[c]);
                    }
                }
            }
        }

        /// Keeps what is seen after the step: in a finished episode, or after the last step.
        private void next(int c, int m, int row, boolean ended) {
            VectorEnv env = slice.env;
            int g = unit.group();
            int place = c * group.size() + unit.members().get(m);
            float[] own = ended ? env.finalObservations(g) : env.observations(g);
            if (critic) {
                float[] from = !central ? own : ended ? env.finalCentral(g) : env.central(g);
                int size = central ? group.central().size() : group.observation().size();
                criticView.write(
                        from, place * size, m, 0, rollout.nextInput, row * rollout.criticInputs());
            }
            if (rollout.nextActor.length > 0) {
                actorView.write(
                        own,
                        place * group.observation().size(),
                        m,
                        subPolicy(c, m),
                        rollout.nextActor,
                        row * rollout.inputs());
            }
        }
    }

    /// State of all copies, slice after slice, and of the exploration streams, [copies × 2].
    ///
    /// @param scripts streams of the scripts of groups that do not learn, [copies × 2] or empty
    /// @param acting what acting carries from step to step beside that: per copy whether an episode
    ///   begins and, per agent, the sub-policy
    /// @param memories what recurrent networks carry, per slice and unit, and at the end smoothed
    ///   rewards, per slice; empty arrays where there is nothing of the kind
    /// @param policies weights that the units act with, unless they are the learner's
    /// @param exploration how much they explore, likewise
    record Saved(
            List<VectorEnv.Saved> slices,
            long[] streams,
            long[] scripts,
            long[] acting,
            List<float[]> memories,
            List<float[]> policies,
            double[] exploration) {}

    /// @param acting whether the behaviours taken up last belong to it
    Saved save(boolean acting) {
        long[] streams = new long[2 * copies];
        long[] scripts = new long[config.frozen().isEmpty() ? 0 : 2 * copies];
        List<float[]> memories = new ArrayList<>();
        for (Slice slice : slices) {
            for (int c = 0; c < slice.streams.length; c++) {
                slice.streams[c].save(streams, 2 * (slice.first + c));
                if (scripts.length > 0) {
                    slice.scriptStreams[c].save(scripts, 2 * (slice.first + c));
                }
            }
            slice.actors.forEach(a -> memories.add(a.memory.clone()));
        }
        slices.forEach(slice -> memories.add(slice.smoothed.clone()));
        List<Actor> taken = acting ? slices.getFirst().actors : List.of();
        return new Saved(
                slices.stream().map(s -> s.env.save()).toList(),
                streams,
                scripts,
                acting(),
                memories,
                taken.stream().map(a -> a.network.parameters().values().clone()).toList(),
                taken.stream().mapToDouble(a -> a.exploration).toArray());
    }

    private long[] acting() {
        int agents = spec.agentCount();
        long[] acting = new long[copies * (1 + agents)];
        for (Slice slice : slices) {
            for (int c = 0; c < slice.begins.length; c++) {
                int at = (slice.first + c) * (1 + agents);
                acting[at] = slice.begins[c] ? 1 : 0;
                for (int i = 0; i < agents; i++) {
                    acting[at + 1 + i] = slice.subPolicy[c * agents + i];
                }
            }
        }
        return acting;
    }

    void load(Saved saved) {
        int memory = 0;
        int agents = spec.agentCount();
        for (int s = 0; s < slices.size(); s++) {
            Slice slice = slices.get(s);
            slice.env.load(saved.slices.get(s));
            for (int c = 0; c < slice.streams.length; c++) {
                int copy = slice.first + c;
                slice.streams[c].load(saved.streams, 2 * copy);
                if (saved.scripts.length > 0) {
                    slice.scriptStreams[c].load(saved.scripts, 2 * copy);
                }
                int at = copy * (1 + agents);
                slice.begins[c] = saved.acting[at] == 1;
                for (int i = 0; i < agents; i++) {
                    slice.subPolicy[c * agents + i] = (int) saved.acting[at + 1 + i];
                }
            }
            for (Actor actor : slice.actors) {
                float[] from = saved.memories.get(memory++);
                System.arraycopy(from, 0, actor.memory, 0, from.length);
                if (!saved.policies.isEmpty()) {
                    actor.take(saved.policies.get(actor.index), saved.exploration[actor.index]);
                }
            }
        }
        for (Slice slice : slices) {
            float[] from = saved.memories.get(memory++);
            System.arraycopy(from, 0, slice.smoothed, 0, from.length);
        }
    }
}
