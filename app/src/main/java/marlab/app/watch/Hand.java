package marlab.app.watch;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import marlab.sim.env.EnvSpec;
import marlab.sim.policy.Decision;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;

/// A person's hand on one agent: keys that are held down become its action in every step; a key
/// that was only tapped counts for one step. Keys are pressed by one thread, steps taken by
/// another.
public final class Hand {

    /// What a key means.
    ///
    /// @param dx direction along x, 0 where the key means none
    /// @param dy direction along y
    /// @param key upper-case character of an action's own key, 0 for a direction
    public record Key(int dx, int dy, char key) {

        /// An arrow key.
        public static Key arrow(int dx, int dy) {
            return new Key(dx, dy, (char) 0);
        }

        /// The key of an action.
        public static Key of(char key) {
            return new Key(0, 0, key);
        }
    }

    private final int agent;
    private final ActionSpace space;
    private final BitSet held = new BitSet();
    private final BitSet tapped = new BitSet();
    private int lastDx;
    private int lastDy;
    private char lastKey;

    /// A hand on this agent; nothing is pressed.
    public Hand(EnvSpec spec, int agent) {
        this.agent = agent;
        space = spec.groupOf(agent).action();
    }

    /// The agent.
    public int agent() {
        return agent;
    }

    /// True where the key means something to this agent.
    public boolean knows(Key key) {
        if (key.key != 0) {
            return space.parts().stream().anyMatch(p -> p.key() == key.key);
        }
        return alone(space)
                || space.parts().stream().anyMatch(p -> p.dx() == key.dx && p.dy() == key.dy);
    }

    /// One number without a direction: left is more, as angles are counted.
    private static boolean alone(ActionSpace space) {
        return space instanceof ActionSpace.Box
                && space.size() == 1
                && space.parts().getFirst().dx() == 0
                && space.parts().getFirst().dy() == 0;
    }

    /// A key goes down.
    public synchronized void press(Key key) {
        held.set(code(key));
        tapped.set(code(key));
        if (key.key != 0) {
            lastKey = key.key;
        } else {
            lastDx = key.dx;
            lastDy = key.dy;
        }
    }

    /// A key goes up.
    public synchronized void release(Key key) {
        held.clear(code(key));
    }

    private static int code(Key key) {
        return key.key != 0 ? 16 + key.key : 3 * (key.dx + 1) + key.dy + 1;
    }

    private boolean down(Key key) {
        return held.get(code(key)) || tapped.get(code(key));
    }

    /// Writes the action for the next step in place of the policy's.
    synchronized void act(Decision decision) {
        switch (space) {
            case ActionSpace.Discrete discrete -> {
                int choice = choice(discrete.parts());
                decision.actions.choose(agent, choice);
                int at = agent * decision.choicesPerAgent;
                Arrays.fill(decision.probabilities, at, at + decision.choicesPerAgent, Double.NaN);
                Arrays.fill(decision.probabilities, at, at + discrete.size(), 0);
                decision.probabilities[at + choice] = 1;
            }
            case ActionSpace.Box box -> {
                for (int k = 0; k < box.size(); k++) {
                    decision.actions.box(agent, k, number(box, k));
                }
            }
        }
        decision.values[agent] = Double.NaN;
        tapped.clear();
    }

    /// The choice that moves as the last arrow says and does what the last key says.
    private int choice(List<Push> parts) {
        boolean moves = down(Key.arrow(lastDx, lastDy)) && (lastDx != 0 || lastDy != 0);
        int dx = moves ? lastDx : 0;
        int dy = moves ? lastDy : 0;
        char key = lastKey != 0 && down(Key.of(lastKey)) ? lastKey : 0;
        int best = 0;
        int most = -1;
        for (int k = 0; k < parts.size(); k++) {
            Push part = parts.get(k);
            boolean sameMove = part.dx() == dx && part.dy() == dy;
            int fit = (part.key() == key ? 2 : 0) + (sameMove ? 1 : 0);
            if (key == 0 && part.key() != 0 && !sameMove) {
                fit = 0;
            }
            if (fit > most) {
                most = fit;
                best = k;
            }
        }
        return best;
    }

    private double number(ActionSpace.Box box, int k) {
        Push part = box.parts().get(k);
        double rest = box.clip(0);
        if (alone(box)) {
            boolean more = down(Key.arrow(-1, 0));
            boolean less = down(Key.arrow(1, 0));
            return more == less ? rest : more ? box.high() : box.low();
        }
        boolean on =
                part.key() != 0
                        ? down(Key.of(part.key()))
                        : (part.dx() != 0 || part.dy() != 0)
                                && down(Key.arrow(part.dx(), part.dy()));
        return on ? box.high() : rest;
    }
}
