package marlab.sim.world.particle;

import java.util.random.RandomGenerator;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.snapshot.Frame;

/// What scripts of particle worlds share: they read the true state, hidden or not, from a snapshot,
/// and steer by pushes of whatever kind the world has.
abstract class ParticleScript implements Policy {

    /// Distance at which standing still is near enough, metres.
    private static final double NEAR = 0.02;

    /// How far a body coasts, in seconds of its velocity: dt · (1 + ¾ + ¾² + …).
    private static final double COASTING = ParticlePhysics.DT / ParticlePhysics.DAMPING;

    final ParticleScene scene;
    private final boolean continuous;
    Frame frame;
    private Decision decision;

    ParticleScript(int agents, int landmarks, EnvOptions options) {
        this(ParticleScene.of(agents, landmarks, options, 0), ParticleOptions.continuous(options));
    }

    ParticleScript(ParticleScene scene, boolean continuous) {
        this.scene = scene;
        this.continuous = continuous;
    }

    /// Decides for everybody by {@link #goTo}, {@link #push} and {@link #say}.
    abstract void decide(ParallelEnv env, RandomGenerator random);

    @Override
    public final void act(ParallelEnv env, Decision into, RandomGenerator random) {
        if (frame == null) {
            frame = new Frame(env.spec());
        }
        env.snapshot(frame);
        decision = into;
        decide(env, random);
        for (AgentGroup group : env.spec().groups()) {
            for (var agent : group.agents()) {
                certain(agent.index(), group.action().size());
            }
        }
    }

    private void certain(int agent, int choices) {
        if (!continuous) {
            int at = agent * decision.choicesPerAgent;
            for (int a = 0; a < choices; a++) {
                decision.probabilities[at + a] = a == decision.actions.choice(agent) ? 1 : 0;
            }
        }
    }

    /// True where pushes are numbers.
    final boolean continuous() {
        return continuous;
    }

    final double x(int agent) {
        return scene.agentX(frame, agent);
    }

    final double y(int agent) {
        return scene.agentY(frame, agent);
    }

    final double vx(int agent) {
        return frame.state[4 * agent + 2];
    }

    final double vy(int agent) {
        return frame.state[4 * agent + 3];
    }

    final double landmarkX(int landmark) {
        return scene.landmarkX(frame, landmark);
    }

    final double landmarkY(int landmark) {
        return scene.landmarkY(frame, landmark);
    }

    final double distance(int a, int b) {
        return length(x(a) - x(b), y(a) - y(b));
    }

    static double length(double dx, double dy) {
        return Math.sqrt(dx * dx + dy * dy);
    }

    /// Pushes an agent to this place so that it comes to rest there.
    final void goTo(int agent, double toX, double toY) {
        double dx = toX - (x(agent) + COASTING * vx(agent));
        double dy = toY - (y(agent) + COASTING * vy(agent));
        double gain = 4; // full push beyond a quarter of a metre
        push(agent, length(dx, dy) < NEAR ? 0 : gain * dx, length(dx, dy) < NEAR ? 0 : gain * dy);
    }

    /// Pushes an agent to a landmark, or to the middle of all where the number is negative.
    final void goToLandmark(int agent, int landmark) {
        double toX = 0;
        double toY = 0;
        for (int l = 0; l < scene.landmarks(); l++) {
            double weight = landmark < 0 ? 1.0 / scene.landmarks() : l == landmark ? 1 : 0;
            toX += weight * landmarkX(l);
            toY += weight * landmarkY(l);
        }
        goTo(agent, toX, toY);
    }

    /// Pushes an agent this way: components within −1 and 1 where pushes are numbers, the larger of
    /// the two where they are choices.
    final void push(int agent, double ux, double uy) {
        if (continuous) {
            decision.actions.box(agent, 0, 0);
            decision.actions.box(agent, 1, Math.clamp(-ux, 0.0, 1.0));
            decision.actions.box(agent, 2, Math.clamp(ux, 0.0, 1.0));
            decision.actions.box(agent, 3, Math.clamp(-uy, 0.0, 1.0));
            decision.actions.box(agent, 4, Math.clamp(uy, 0.0, 1.0));
        } else if (ux == 0 && uy == 0) {
            decision.actions.choose(agent, 0);
        } else if (Math.abs(ux) >= Math.abs(uy)) {
            decision.actions.choose(agent, ux < 0 ? 1 : 2);
        } else {
            decision.actions.choose(agent, uy < 0 ? 3 : 4);
        }
    }

    /// Lets an agent say this word, after {@link #push} where it moves too.
    final void say(int agent, boolean moves, int word, int words) {
        if (continuous) {
            for (int w = 0; w < words; w++) {
                decision.actions.box(agent, (moves ? Movement.WAYS : 0) + w, w == word ? 1 : 0);
            }
        } else {
            int movement = moves ? decision.actions.choice(agent) % Movement.WAYS : 0;
            decision.actions.choose(agent, movement + (moves ? Movement.WAYS : 1) * word);
        }
    }
}
