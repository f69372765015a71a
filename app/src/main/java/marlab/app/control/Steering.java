package marlab.app.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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

    private static final Hand.Key LEFT = Hand.Key.arrow(-1, 0);
    private static final Hand.Key RIGHT = Hand.Key.arrow(1, 0);
    private static final Hand.Key UP = Hand.Key.arrow(0, 1);
    private static final Hand.Key DOWN = Hand.Key.arrow(0, -1);

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
        if (now == null || modified(event)) {
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

    /// True for a key that would mean something to the window and must not while a person steers:
    /// every letter, digit and arrow but those that choose whom to steer.
    public boolean keepsBack(KeyEvent event) {
        KeyCode code = event.getCode();
        return hand.get() != null
                && !modified(event)
                && (code.isLetterKey() || code.isDigitKey() || code.isArrowKey())
                && code != KeyCode.N
                && code != KeyCode.T;
    }

    private static boolean modified(KeyEvent event) {
        return event.isShortcutDown() || event.isAltDown();
    }

    /// Lets go of all keys: the window does not hear of them any more.
    public void letGo() {
        if (hand.get() != null) {
            hand.get().releaseAll();
        }
    }

    /// An action's own key counts first, then arrows, then W A S D.
    private static Hand.Key key(Hand hand, KeyCode code) {
        Hand.Key own = Hand.Key.of(character(code));
        if (own.key() != 0 && hand.knows(own)) {
            return own;
        }
        Hand.Key arrow =
                switch (code) {
                    case LEFT, KP_LEFT, A -> LEFT;
                    case RIGHT, KP_RIGHT, D -> RIGHT;
                    case DOWN, KP_DOWN, S -> DOWN;
                    case UP, KP_UP, W -> UP;
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
        List<String> words = new ArrayList<>();
        words.add(Messages.text("control.you", AgentId.letter(now.agent())));
        List<Push> parts = watched.spec().groupOf(now.agent()).action().parts();
        if (now.knows(UP) || now.knows(DOWN)) {
            words.add(Messages.text("control.arrows"));
        } else if (now.knows(LEFT) || now.knows(RIGHT)) {
            words.add(aside(parts));
        }
        words.addAll(keys(parts));
        words.add(Messages.text("control.back"));
        return String.join(" · ", words);
    }

    /// What the two arrows do that move aside.
    private static String aside(List<Push> parts) {
        if (parts.size() == 1) {
            Push part = parts.getFirst();
            return Messages.text(part.dx() > 0 ? "control.right" : "control.left", part.label());
        }
        Function<Integer, String> label =
                dx -> parts.stream().filter(p -> p.dx() == dx).findFirst().orElseThrow().label();
        return Messages.text("control.aside", label.apply(-1), label.apply(1));
    }

    /// Actions with keys of their own; of many digits, only the first and the last.
    private static List<String> keys(List<Push> parts) {
        List<String> digits = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Push part : parts) {
            if (part.key() != 0 && part.dx() == 0 && part.dy() == 0) {
                String key = part.key() == ' ' ? Messages.text("control.space") : "" + part.key();
                String label = part.label().substring(part.label().lastIndexOf(", ") + 1).strip();
                (Character.isDigit(part.key()) ? digits : others).add(key + " " + label);
            }
        }
        if (digits.size() > 3) {
            digits = List.of(digits.getFirst() + " … " + digits.getLast());
        }
        others.addAll(0, digits);
        return others;
    }
}
