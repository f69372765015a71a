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
        return pushes(key.dx, key.dy) || backwards() && pushes(-key.dx, -key.dy);
    }

    private boolean pushes(int dx, int dy) {
        return space.parts().stream().anyMatch(p -> dx(p) == dx && p.dy() == dy);
    }

    /// True where numbers below rest push the other way.
    private boolean backwards() {
        return space instanceof ActionSpace.Box box && box.low() < box.clip(0);
    }

    /// Direction along x. One number alone without a direction is an angle: left is more.
    private int dx(Push part) {
        boolean angle = space instanceof ActionSpace.Box && space.size() == 1 && part.dy() == 0;
        return angle && part.dx() == 0 && part.key() == 0 ? -1 : part.dx();
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

    /// All keys go up, for instance because the window no longer hears of them.
    public synchronized void releaseAll() {
        held.clear();
        tapped.clear();
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

    /// The choice that moves as the last arrow says and does what the last key says. With no key
    /// down, moving counts for more, and whoever must say something says the same as before.
    private int choice(List<Push> parts) {
        boolean moves = (lastDx != 0 || lastDy != 0) && down(Key.arrow(lastDx, lastDy));
        int dx = moves ? lastDx : 0;
        int dy = moves ? lastDy : 0;
        boolean acts = lastKey != 0 && down(Key.of(lastKey));
        int best = 0;
        int most = -1;
        for (int k = 0; k < parts.size(); k++) {
            Push part = parts.get(k);
            int fit = part.dx() == dx && part.dy() == dy ? 4 : 0;
            fit += acts && part.key() == lastKey ? 8 : 0;
            fit += part.key() == 0 ? 2 : part.key() == lastKey ? 1 : 0;
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
        if (part.key() != 0 && down(Key.of(part.key()))) {
            return box.high();
        }
        int dx = dx(part);
        if (dx == 0 && part.dy() == 0) {
            return rest;
        }
        boolean more = down(Key.arrow(dx, part.dy()));
        boolean less = down(Key.arrow(-dx, -part.dy()));
        return more == less ? rest : more ? box.high() : backwards() ? box.low() : rest;
    }
}
