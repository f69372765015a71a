package marlab.sim.world.particle;

import marlab.sim.draw.AgentGlyph;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvOptions;
import marlab.sim.snapshot.Frame;

/// What the pictures of particle worlds share. The frame's state begins as {@link
/// ParticlePhysics#exchange} writes it.
///
/// @param agents number of agents
/// @param landmarks number of landmarks
/// @param whiskers whether probabilities of choices are there to be drawn
/// @param walls whether there are walls
/// @param margin how far what stands somewhere reaches from there, metres
record ParticleScene(int agents, int landmarks, boolean whiskers, boolean walls, double margin) {

    private static final double[] VIEWS = {1.3, 1.6, 2, 3, 5, 8, 16, 64};

    static ParticleScene of(int agents, int landmarks, EnvOptions options, double margin) {
        return new ParticleScene(
                agents,
                landmarks,
                !ParticleOptions.continuous(options),
                options.on("walls"),
                margin);
    }

    /// Where in the frame's state the landmark's x stands; its y follows.
    int at(int landmark) {
        return 4 * agents + 2 * landmark;
    }

    double agentX(Frame frame, int agent) {
        return frame.state[4 * agent];
    }

    double agentY(Frame frame, int agent) {
        return frame.state[4 * agent + 1];
    }

    double landmarkX(Frame frame, int landmark) {
        return frame.state[at(landmark)];
    }

    double landmarkY(Frame frame, int landmark) {
        return frame.state[at(landmark) + 1];
    }

    double distance(Frame frame, int agent, int landmark) {
        double dx = agentX(frame, agent) - landmarkX(frame, landmark);
        double dy = agentY(frame, agent) - landmarkY(frame, landmark);
        return Math.sqrt(dx * dx + dy * dy);
    }

    /// A square about the origin that grows in few large steps.
    Bounds bounds(Frame frame) {
        double reach = walls ? ParticlePhysics.WALL : 0;
        for (int i = 0; i < agents; i++) {
            reach = Math.max(reach, Math.abs(agentX(frame, i)));
            reach = Math.max(reach, Math.abs(agentY(frame, i)));
        }
        for (int k = at(0); k < at(landmarks); k++) {
            reach = Math.max(reach, Math.abs(frame.state[k]));
        }
        for (double view : VIEWS) {
            if (reach + margin <= view) {
                return Bounds.square(view);
            }
        }
        return Bounds.square(reach + margin + 1);
    }

    /// What lies under everything: the walls, where there are any.
    void ground(Brush brush) {
        if (walls) {
            double w = ParticlePhysics.WALL;
            brush.line(-w, -w, w, -w, Ink.Role.WALL, 3);
            brush.line(w, -w, w, w, Ink.Role.WALL, 3);
            brush.line(w, w, -w, w, Ink.Role.WALL, 3);
            brush.line(-w, w, -w, -w, Ink.Role.WALL, 3);
        }
    }

    /// A dashed ring with a cross.
    static void mark(Brush brush, double x, double y, double radius, double arm, Ink ink) {
        brush.ring(x, y, radius, ink, 1.5, true);
        brush.line(x - arm, y, x + arm, y, ink, 1.5);
        brush.line(x, y - arm, x, y + arm, ink, 1.5);
    }

    /// Where somebody wants to be: a disc in a ring, seen even under an agent.
    static void goal(Brush brush, double x, double y, double radius) {
        brush.disc(x, y, radius, Ink.Role.GOAL, Ink.Role.FOREGROUND, 1.5);
        brush.ring(x, y, 1.7 * radius, Ink.Role.GOAL, 3, false);
    }

    /// What marks an agent that works against the others, whatever its colour.
    static void hunter(Brush brush, double x, double y, double radius) {
        brush.ring(x, y, radius * 1.3, Ink.Role.WARNING, 2.5, false);
    }

    /// The trails of everybody.
    void trails(Overlays on, Brush brush) {
        for (int i = 0; i < agents; i++) {
            if (on.trails && on.paths != null) {
                on.paths.draw(i, brush);
            }
        }
    }

    /// An agent as a glyph with its whiskers.
    void agent(Frame frame, int agent, double radius, Overlays on, Brush brush) {
        double x = agentX(frame, agent);
        double y = agentY(frame, agent);
        if (on.whiskers && whiskers) {
            whiskers(frame, agent, x, y, radius, brush);
        }
        AgentGlyph.draw(brush, agent, x, y, radius, on);
    }

    /// Per direction the probability of pushing there, whatever is said meanwhile.
    private static void whiskers(
            Frame frame, int agent, double x, double y, double radius, Brush brush) {
        for (int a = 1; a < Movement.WAYS; a++) {
            double p = 0;
            for (int k = a; k < frame.choicesPerAgent; k += Movement.WAYS) {
                double one = frame.probabilities[agent * frame.choicesPerAgent + k];
                p += one > 0 ? one : 0; // slots that the agent has not hold NaN
            }
            if (p > 0.005) {
                double from = radius * 1.3;
                double to = from + 0.2 * Math.min(p, 1);
                int dx = Movement.PUSHES.get(a).dx();
                int dy = Movement.PUSHES.get(a).dy();
                brush.line(
                        x + from * dx,
                        y + from * dy,
                        x + to * dx,
                        y + to * dy,
                        Ink.Role.FOREGROUND,
                        2.5);
            }
        }
    }

    /// The loudest word of a message, as a letter above its speaker; nothing where it is silent.
    static void message(
            Frame frame, int at, int words, double x, double y, double size, Brush brush) {
        int loudest = loudest(frame.state, at, words);
        if (loudest >= 0) {
            brush.text(AgentId.letter(loudest), x, y, size, true, Ink.Role.ACCENT);
        }
    }

    /// Index of the largest number above 0 among some; −1 if there is none.
    static int loudest(double[] state, int at, int words) {
        int loudest = -1;
        for (int w = 0; w < words; w++) {
            double volume = state[at + w];
            if (volume > 0 && (loudest < 0 || volume > state[at + loudest])) {
                loudest = w;
            }
        }
        return loudest;
    }
}
