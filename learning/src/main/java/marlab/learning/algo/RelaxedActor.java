package marlab.learning.algo;

import java.io.IOException;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.NetworkConfig;
import marlab.learning.net.Replicas;
import marlab.sim.seed.RandomStream;

/// One unit's deterministic policy and the target that follows it, for learners that work on parts
/// of a minibatch at once: what has a `part` may be called by one thread for each part.
final class RelaxedActor {

    /// Noise on real actions before learning begins: so much that all of the box is tried, since an
    /// actor that follows a critic of few actions soon stands at the edge and stays there.
    private static final double WARM_UP_NOISE = 1;

    private final Replicas actor;
    private final Replicas target;
    private final RelaxedAction[] actions;
    private final float[][] outputs;
    private final float[][] gradient;
    private final RandomStream[] random;
    private final Behaviour behaviour;

    /// @param index of the unit
    /// @param parts that a minibatch is cut into
    /// @param capacity most rows of a part
    RelaxedActor(Setup setup, int index, DeterministicConfig config, int parts, int capacity) {
        Unit unit = setup.units().get(index);
        actor = new Replicas(parts, 1e-8, part -> setup.actor(unit, capacity));
        target = new Replicas(parts, 1e-8, part -> setup.actor(unit, capacity));
        NetworkConfig.initialise(actor.main(), 0.01, setup.seeds().stream("actor", index));
        actor.spread();
        target.follow(actor.main(), 1);
        int width = setup.head(unit).outputs();
        actions = new RelaxedAction[parts];
        outputs = new float[parts][capacity * width];
        gradient = new float[parts][capacity * width];
        random = new RandomStream[parts];
        for (int part = 0; part < parts; part++) {
            actions[part] =
                    new RelaxedAction(unit.groupIn(setup.spec()).action(), config.soft(), capacity);
            random[part] = setup.seeds().stream("relaxation", (long) index * parts + part);
        }
        behaviour = new Behaviour(actor.main());
        warmUp(true, config);
    }

    Behaviour behaviour() {
        return behaviour;
    }

    /// Takes note of what was seen, when the gradient steps of an update are done.
    void observe(Rollout rollout) {
        actor.observe(rollout.input, rollout.live, rollout.findLive());
    }

    /// Says whether learning is still to begin.
    void warmUp(boolean before, DeterministicConfig config) {
        behaviour.explore(before ? Math.max(WARM_UP_NOISE, config.noise()) : config.noise());
    }

    /// Actions as critics see them.
    RelaxedAction actions(int part) {
        return actions[part];
    }

    /// Chance of a part.
    RandomStream random(int part) {
        return random[part];
    }

    /// Actions of the target policy.
    ///
    /// @param noise see {@link RelaxedAction#target}
    void target(int part, float[] input, int rows, double noise, double clip, float[] into) {
        target.part(part).forward(input, 0, rows, outputs[part]);
        actions[part].target(outputs[part], rows, noise, clip, random[part], into);
    }

    /// Actions of the policy, so that {@link #backward} can follow.
    void propose(int part, float[] input, int rows, float[] into) {
        actor.part(part).forward(input, 0, rows, outputs[part]);
        actions[part].relax(outputs[part], rows, random[part], into);
    }

    /// From the loss's gradient with respect to what was proposed, that of the weights.
    ///
    /// @param weight of the regulariser
    /// @param all rows of all parts
    void backward(int part, float[] actionGradient, int rows, double weight, int all) {
        int count = all * actions[part].width();
        actions[part].backward(actionGradient, outputs[part], rows, weight, count, gradient[part]);
        actor.part(part).backward(gradient[part], rows);
    }

    /// One step of Adam.
    ///
    /// @return the gradient's norm before clipping
    double step(double rate, double maxNorm) {
        return actor.step(actor.parts(), rate, maxNorm);
    }

    /// Moves the target.
    void follow(double tau) {
        target.follow(actor.main(), tau);
    }

    void persist(Persistence state, String unit) throws IOException {
        state.network(unit + ".actor", actor.main());
        state.network(unit + ".actor_target", target.main());
        state.adam(unit + ".actor", actor.adam());
        for (int part = 0; part < random.length; part++) {
            state.stream(unit + ".relaxation" + (part + 1), random[part]);
        }
        actor.spread();
        target.spread();
    }
}
