package marlab.app.control;

import java.util.LinkedHashSet;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import marlab.app.text.Messages;
import marlab.app.watch.Hand;
import marlab.app.watch.WatchedWorld;
import marlab.sim.env.AgentId;
import marlab.sim.space.ActionSpace.Push;

/// Whether a person steers an agent of the watched world, and which keys mean what to it. Learning
/// goes on without noticing. FX thread.
public final class Steering {

    private final WatchedWorld watched;
    private final ReadOnlyObjectWrapper<Hand> hand = new ReadOnlyObjectWrapper<>();

    /// Steers nobody yet.
    public Steering(WatchedWorld watched) {
        this.watched = watched;
    }

    /// The hand on an agent; null while nobody is steered.
    public ReadOnlyObjectProperty<Hand> hand() {
        return hand.getReadOnlyProperty();
    }

    /// Takes this agent over.
    public void take(int agent) {
        Hand taken = new Hand(watched.spec(), agent);
        watched.steer(taken);
        hand.set(taken);
    }

    /// Hands the agent back to its policy.
    ///
    /// @return true when one was steered
    public boolean handBack() {
        boolean had = hand.get() != null;
        watched.steer(null);
        hand.set(null);
        return had;
    }

    /// Takes a key press or release, if it means something to the agent.
    ///
    /// @return true when it was meant for the agent
    public boolean take(KeyEvent event) {
        Hand now = hand.get();
        if (now == null || event.isShortcutDown() || event.isAltDown()) {
            return false;
        }
        Hand.Key key = key(now, event.getCode());
        if (key == null) {
            return false;
        }
        if (event.getEventType() == KeyEvent.KEY_PRESSED) {
            now.press(key);
        } else {
            now.release(key);
        }
        return true;
    }

    /// An action's own key counts first, then arrows, then W A S D.
    private static Hand.Key key(Hand hand, KeyCode code) {
        Hand.Key own = Hand.Key.of(character(code));
        if (own.key() != 0 && hand.knows(own)) {
            return own;
        }
        Hand.Key arrow =
                switch (code) {
                    case LEFT, KP_LEFT, A -> Hand.Key.arrow(-1, 0);
                    case RIGHT, KP_RIGHT, D -> Hand.Key.arrow(1, 0);
                    case DOWN, KP_DOWN, S -> Hand.Key.arrow(0, -1);
                    case UP, KP_UP, W -> Hand.Key.arrow(0, 1);
                    default -> null;
                };
        return arrow != null && hand.knows(arrow) ? arrow : null;
    }

    private static char character(KeyCode code) {
        if (code == KeyCode.SPACE) {
            return ' ';
        }
        boolean plain = code.isLetterKey() || code.isDigitKey();
        return plain && code.getChar().length() == 1 ? code.getChar().charAt(0) : 0;
    }

    /// What the person at the keys can do, for instance "You are B · arrows move · Q turn left".
    public String words() {
        Hand now = hand.get();
        if (now == null) {
            return "";
        }
        Set<String> words = new LinkedHashSet<>();
        words.add(Messages.text("control.you", AgentId.letter(now.agent())));
        if (now.knows(Hand.Key.arrow(1, 0)) || now.knows(Hand.Key.arrow(0, 1))) {
            words.add(Messages.text("control.arrows"));
        }
        for (Push part : watched.spec().groupOf(now.agent()).action().parts()) {
            boolean alone = part.dx() == 0 && part.dy() == 0;
            if (part.key() != 0 && alone && words.size() < 8) {
                String key = part.key() == ' ' ? Messages.text("control.space") : "" + part.key();
                words.add(key + " " + part.label());
            }
        }
        words.add(Messages.text("control.back"));
        return String.join(" · ", words);
    }
}
