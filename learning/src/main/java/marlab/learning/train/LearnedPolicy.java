package marlab.learning.train;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import marlab.learning.algo.ActionDistribution;
import marlab.learning.algo.Categorical;
import marlab.learning.net.LinearAlgebra;
import marlab.learning.net.Network;
import marlab.learning.net.NetworkConfig;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.CanonicalView;

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
    private final List<Head> heads = new ArrayList<>();
    private final RandomStream stream = new RandomStream(0);

    /// One unit's networks and buffers.
    private final class Head {
        final Unit unit;
        final PolicySnapshot.Unit learned;
        final AgentGroup group;
        final CanonicalView actorView;
        final CanonicalView criticView;
        final Network actor;
        final Network critic;
        final ActionDistribution distribution;
        final double[] seen;
        final float[] flat;
        final float[] actorInput;
        final float[] criticInput;
        final float[] outputs;
        final float[] value = new float[1];
        final float[] action;

        Head(Unit unit, PolicySnapshot.Unit learned, EnvSpec trained, EnvSpec here) {
            NetworkConfig network = snapshot.config().network();
            LinearAlgebra algebra = new PlainAlgebra();
            this.unit = unit;
            this.learned = learned;
            group = unit.groupIn(here);
            distribution = ActionDistribution.of(group.action());
            actorView =
                    unit.actorView(here, network, unit.actorView(trained, network, null).kept());
            criticView =
                    unit.criticView(
                            here,
                            network,
                            central,
                            unit.criticView(trained, network, central, null).kept());
            actor = network.build(algebra, actorView, distribution.outputs(), 1);
            critic = network.build(algebra, criticView, 1, 1);
            take(actor, learned.actor());
            take(critic, learned.critic());
            int widest = Math.max(group.observation().size(), group.central().size());
            seen = new double[widest];
            flat = new float[widest];
            actorInput = new float[actorView.size()];
            criticInput = new float[criticView.size()];
            outputs = new float[distribution.outputs()];
            action = new float[distribution.actionSize()];
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

        void act(ParallelEnv env, int agent, Decision into) {
            env.observe(agent, seen, 0);
            narrow(group.observation().size());
            int g = actorView.view(flat, 0, actorInput, 0);
            actor.forward(actorInput, 0, 1, outputs);
            if (mode == Mode.GREEDY) {
                distribution.mode(outputs, 0, action, 0);
            } else {
                distribution.sample(outputs, 0, stream, action, 0);
            }
            switch (group.action()) {
                case ActionSpace.Discrete discrete -> {
                    into.actions.choose(agent, actorView.toWorld(g, (int) action[0]));
                    float[] p = ((Categorical) distribution).probabilities(outputs, 0);
                    for (int k = 0; k < discrete.size(); k++) {
                        int slot = agent * into.choicesPerAgent + actorView.toWorld(g, k);
                        into.probabilities[slot] = p[k];
                    }
                }
                case ActionSpace.Box box -> {
                    for (int k = 0; k < box.size(); k++) {
                        into.actions.box(agent, actorView.toWorld(g, k), box.clip(action[k]));
                    }
                }
            }
        }

        double value(ParallelEnv env, int agent) {
            if (central) {
                env.observeCentral(agent, seen, 0);
                narrow(group.central().size());
            } // else the observation is there already
            criticView.view(flat, 0, criticInput, 0);
            critic.forward(criticInput, 0, 1, value);
            return learned.mean() + learned.deviation() * value[0];
        }

        private void narrow(int count) {
            for (int k = 0; k < count; k++) {
                flat[k] = (float) seen[k];
            }
        }
    }

    LearnedPolicy(PolicySnapshot snapshot, EnvSpec here, Mode mode) {
        this.snapshot = snapshot;
        this.mode = mode;
        central = snapshot.config().algorithm().centralCritic();
        EnvSpec trained = snapshot.config().spec();
        boolean sharing = snapshot.config().training().sharing();
        List<Unit> units = Unit.of(here, sharing);
        if (units.size() != snapshot.units().size()) {
            throw new BadInput(
                    "This run has one network per agent for "
                            + snapshot.units().size()
                            + " agents and can't act for "
                            + units.size()
                            + "; train with sharing=on for that.");
        }
        try {
            for (int u = 0; u < units.size(); u++) {
                heads.add(new Head(units.get(u), snapshot.units().get(u), trained, here));
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
        for (Head head : heads) {
            for (int member : head.unit.members()) {
                int agent = head.group.agents().get(member).index();
                head.act(env, agent, into);
                into.values[agent] = valuesWanted ? head.value(env, agent) : Double.NaN;
            }
        }
    }

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
