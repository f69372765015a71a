package marlab.sim.world.particle;

import marlab.sim.draw.Bounds;
import marlab.sim.draw.Portrayal;
import marlab.sim.snapshot.Frame;

/// A picture of a particle world.
interface ParticlePicture extends Portrayal {

    /// What it shares with the others.
    ParticleScene scene();

    /// Radius at which an agent is drawn, metres.
    double radius(int agent);

    @Override
    default Bounds bounds(Frame frame) {
        return scene().bounds(frame);
    }

    @Override
    default void place(Frame frame, int agent, double[] into) {
        into[0] = scene().agentX(frame, agent);
        into[1] = scene().agentY(frame, agent);
        into[2] = radius(agent);
    }

    @Override
    default boolean glides() {
        return true;
    }
}
