package marlab.learning.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import marlab.learning.algo.ActionHead;
import marlab.learning.algo.Setup;
import marlab.learning.algo.Unit;
import marlab.learning.net.InputView;
import marlab.learning.net.Network;
import marlab.learning.net.NetworkConfig;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import marlab.sim.space.ActionSpace;

/// A learned policy that acts in one copy at a time, in plain Java: for the window, for evaluation
/// and replays. Needs no native code. Not thread-safe.
public final class LearnedPolicy implements Policy {

    /// How actions follow from the distribution.
    public enum Mode {
        /// The most probable action.
        GREEDY,
        /// Drawn from the distribution, as in training.
        SAMPLED
    }

    private final PolicySnapshot snapshot;
    private final Mode mode;
    private final boolean central;
    private final FrozenGroups frozen;
    private final List<Head> heads = new ArrayList<>();
    private final RandomStream stream = new RandomStream(0);

    /// One unit's networks and buffers.
    private final class Head {
        final Unit unit;
        final PolicySnapshot.Unit learned;
        final AgentGroup group;
        final InputView actorView;
        final InputView criticView;
        final Network actor;
        final Network critic;
        final ActionHead head;
        final double[] seen;
        final float[] flat;
        final float[] actorInput;
        final float[] criticInput;
        final float[] outputs;
        final float[] value = new float[1];
        final float[] action;
        final float[][] memories;
        final boolean[] begins = new boolean[1];
        final int[] subPolicy;

        /// @param unit the agents here
        /// @param like the agents that it was trained for
        Head(Unit unit, Unit like, PolicySnapshot.Unit learned, Setup trained, EnvSpec here) {
            NetworkConfig network = snapshot.config().network();
            this.unit = unit;
            this.learned = learned;
            group = unit.groupIn(here);
            head = trained.head(like);
            head.explore(learned.exploration());
            InputView actorLike = trained.actorInput(like);
            actorView =
                    new InputView(
                            trained.actorInput(unit, here, actorLike.view().kept()).view(),
                            actorLike.ids(),
                            actorLike.ensemble());
            InputView criticLike = trained.criticInput(like);
            criticView =
                    new InputView(
                            trained.criticInput(unit, here, criticLike.view().kept()).view(),
                            criticLike.ids(),
                            1);
            PlainAlgebra algebra = new PlainAlgebra();
            actor = network.build(algebra, actorView, head.outputs(), 1);
            take(actor, learned.actor());
            critic = learned.critic() == null ? null : network.build(algebra, criticView, 1, 1);
            if (critic != null) {
                take(critic, learned.critic());
            }
            int widest = Math.max(group.observation().size(), group.central().size());
            seen = new double[widest];
            flat = new float[widest];
            actorInput = new float[actorView.size()];
            criticInput = new float[criticView.size()];
            outputs = new float[head.outputs()];
            action = new float[head.actionSize()];
            memories = new float[unit.members().size()][actor.memory()];
            subPolicy = new int[unit.members().size()];
        }

        private void take(Network network, float[] weights) {
            if (network.parameters().size() != weights.length) {
                throw new BadInput(
                        "The networks of this run do not fit this world; evaluate it with the"
                                + " options that it was trained with, or train with network=entity.");
            }
            System.arraycopy(weights, 0, network.parameters().values(), 0, weights.length);
            network.parameters().valuesChanged();
        }

        /// @param m position within the unit
        void act(ParallelEnv env, int m, int agent, Decision into) {
            env.observe(agent, seen, 0);
            narrow(group.observation().size());
            int g = actorView.write(flat, 0, m, subPolicy[m], actorInput, 0);
            actor.forward(actorInput, 0, 1, 1, memories[m], begins, 0, outputs);
            if (mode == Mode.GREEDY) {
                head.mode(outputs, 0, action, 0);
            } else {
                head.sample(outputs, 0, stream, action, 0);
            }
            switch (group.action()) {
                case ActionSpace.Discrete discrete -> {
                    into.actions.choose(agent, actorView.view().toWorld(g, (int) action[0]));
                    float[] p = head.probabilities(outputs, 0);
                    for (int k = 0; k < discrete.size(); k++) {
                        int slot = agent * into.choicesPerAgent + actorView.view().toWorld(g, k);
                        into.probabilities[slot] = p[k];
                    }
                }
                case ActionSpace.Box box -> {
                    for (int k = 0; k < box.size(); k++) {
                        int part = actorView.view().toWorld(g, k);
                        into.actions.box(agent, part, box.clip(action[k]));
                    }
                }
            }
        }

        double value(ParallelEnv env, int m, int agent) {
            if (critic == null) {
                return learned.mean() + learned.deviation() * head.value(outputs, 0);
            }
            if (central) {
                env.observeCentral(agent, seen, 0);
                narrow(group.central().size());
            } // else the observation is there already
            criticView.write(flat, 0, m, 0, criticInput, 0);
            critic.forward(criticInput, 0, 1, value);
            return learned.mean() + learned.deviation() * value[0];
        }

        /// Forgets what was carried from step to step, and draws which sub-policies act.
        void begin(RandomGenerator random) {
            for (float[] memory : memories) {
                Arrays.fill(memory, 0);
            }
            if (actorView.ensemble() > 1) {
                for (int m = 0; m < subPolicy.length; m++) {
                    subPolicy[m] = random.nextInt(actorView.ensemble());
                }
            }
        }

        private void narrow(int count) {
            for (int k = 0; k < count; k++) {
                flat[k] = (float) seen[k];
            }
        }
    }

    LearnedPolicy(PolicySnapshot snapshot, EnvOptions options, EnvSpec here, Mode mode) {
        this.snapshot = snapshot;
        this.mode = mode;
        RunConfig config = snapshot.config();
        central = config.algorithm().centralCritic();
        Setup trained = config.setup(new PlainAlgebra());
        List<Unit> units = Unit.of(here, config.training().sharing(), config.frozen().keySet());
        if (units.size() != snapshot.units().size()) {
            throw new BadInput(
                    "This run has one network per agent for "
                            + snapshot.units().size()
                            + " agents and can't act for "
                            + units.size()
                            + "; train with sharing=on for that.");
        }
        frozen =
                config.frozen().isEmpty()
                        ? null
                        : FrozenGroups.of(null, config.provider(), options, config.frozen());
        try {
            for (int u = 0; u < units.size(); u++) {
                heads.add(
                        new Head(
                                units.get(u),
                                trained.units().get(u),
                                snapshot.units().get(u),
                                trained,
                                here));
            }
        } catch (IllegalArgumentException e) {
            throw new BadInput(
                    RunConfig.sentence(
                            e.getMessage()
                                    + "; evaluate with at least as many, or train with network=entity"),
                    e);
        }
    }

    @Override
    public void act(ParallelEnv env, Decision into, RandomGenerator random) {
        if (mode == Mode.SAMPLED) {
            stream.reseed(random.nextLong());
        }
        if (episodeBegan) {
            heads.forEach(h -> h.begin(random));
            episodeBegan = false;
        }
        for (Head head : heads) {
            for (int m = 0; m < head.unit.members().size(); m++) {
                int agent = head.group.agents().get(head.unit.members().get(m)).index();
                head.act(env, m, agent, into);
                into.values[agent] = valuesWanted ? head.value(env, m, agent) : Double.NaN;
            }
        }
        if (frozen != null) {
            frozen.act(env, into.actions, random);
        }
    }

    @Override
    public void episodeBegins(ParallelEnv env) {
        episodeBegan = true;
        if (frozen != null) {
            frozen.episodeBegins(env);
        }
    }

    private boolean episodeBegan = true;
    private boolean valuesWanted;

    /// Whether decisions hold value estimates, which cost as much as acting.
    public LearnedPolicy withValues(boolean wanted) {
        valuesWanted = wanted;
        return this;
    }

    @Override
    public long version() {
        return snapshot.version();
    }
}
