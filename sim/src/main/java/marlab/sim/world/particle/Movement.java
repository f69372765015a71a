package marlab.sim.world.particle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.sim.env.Actions;
import marlab.sim.env.AgentId;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;

/// What agents of particle worlds can do: push themselves in four directions, say a word, or both
/// at once. A joint choice is movement + 5 · word; a joint box has five numbers of movement, then
/// one per word, which are the message as they are.
final class Movement {

    /// The choices or components of movement.
    static final List<Push> PUSHES =
            List.of(
                    new Push("stay", 0, 0),
                    new Push("left", -1, 0),
                    new Push("right", 1, 0),
                    new Push("down", 0, -1),
                    new Push("up", 0, 1));

    /// Number of {@link #PUSHES}.
    static final int WAYS = 5;

    private Movement() {}

    /// Movement alone.
    static ActionSpace silent(boolean continuous) {
        return space(PUSHES, continuous);
    }

    /// Words alone, by letter, with the keys 1, 2, …
    static ActionSpace words(int words, boolean continuous) {
        List<Push> parts = new ArrayList<>();
        for (int w = 0; w < words; w++) {
            parts.add(Push.act("say " + AgentId.letter(w), key(w)));
        }
        return space(parts, continuous);
    }

    /// Movement and words at once; a word's key goes with the arrows.
    static ActionSpace speaking(int words, boolean continuous) {
        if (continuous) {
            List<Push> parts = new ArrayList<>(PUSHES);
            parts.addAll(words(words, true).parts());
            return space(parts, true);
        }
        List<Push> parts = new ArrayList<>();
        for (int w = 0; w < words; w++) {
            for (Push push : PUSHES) {
                String label = push.label() + ", say " + AgentId.letter(w);
                parts.add(new Push(label, push.dx(), push.dy(), key(w)));
            }
        }
        return space(parts, false);
    }

    private static char key(int word) {
        return word < 10 ? (char) ('0' + (word + 1) % 10) : 0;
    }

    private static ActionSpace space(List<Push> parts, boolean continuous) {
        return continuous ? new ActionSpace.Box(parts, 0, 1) : new ActionSpace.Discrete(parts);
    }

    /// Pushes an agent as its action says.
    ///
    /// @return how hard, 1 being a full push along one axis
    static double push(ParticlePhysics bodies, int agent, Actions actions, boolean continuous) {
        if (continuous) {
            double ux = unit(actions.box(agent, 2)) - unit(actions.box(agent, 1));
            double uy = unit(actions.box(agent, 4)) - unit(actions.box(agent, 3));
            bodies.push(agent, ux, uy);
            return Math.sqrt(ux * ux + uy * uy);
        }
        int way = actions.choice(agent) % WAYS;
        bodies.push(agent, way == 1 ? -1 : way == 2 ? 1 : 0, way == 3 ? -1 : way == 4 ? 1 : 0);
        return way == 0 ? 0 : 1;
    }

    /// Writes the message that an agent's action holds.
    ///
    /// @param moves whether the agent moves too, so that words stand behind movement
    static void speak(
            int agent,
            boolean moves,
            Actions actions,
            boolean continuous,
            double[] message,
            int at,
            int words) {
        if (continuous) {
            for (int w = 0; w < words; w++) {
                message[at + w] = unit(actions.box(agent, (moves ? WAYS : 0) + w));
            }
        } else {
            Arrays.fill(message, at, at + words, 0);
            message[at + actions.choice(agent) / (moves ? WAYS : 1)] = 1;
        }
    }

    /// Within 0 and 1; 0 where the number is not one.
    private static double unit(double component) {
        return component > 0 ? Math.min(component, 1) : 0;
    }
}
