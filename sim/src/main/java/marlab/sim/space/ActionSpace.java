package marlab.sim.space;

import java.util.List;

/// What one agent can do. Every choice or component knows the direction it pushes in, if any, so
/// that mirroring and turning the world can be undone on actions (see {@link CanonicalView}).
public sealed interface ActionSpace {

    /// The parts: the choices of a discrete space, the components of a box.
    List<Push> parts();

    /// Number of choices or of components.
    default int size() {
        return parts().size();
    }

    /// One choice or component.
    ///
    /// @param label what people read, for instance "left"
    /// @param dx direction along x: −1, 0 or 1; in worlds whose agents turn, in the agent's own
    ///   frame, y being ahead
    /// @param dy direction along y: −1, 0 or 1
    /// @param key the key with which a person does it beside the arrow keys, upper case, for
    ///   instance 'Q' to turn left; ' ' is the space bar, 0 is none
    record Push(String label, int dx, int dy, char key) {

        /// A move that only the arrow keys do.
        public Push(String label, int dx, int dy) {
            this(label, dx, dy, (char) 0);
        }

        /// Something that moves nobody, with a key of its own.
        public static Push act(String label, char key) {
            return new Push(label, 0, 0, key);
        }
    }

    /// Exactly one of several choices.
    record Discrete(List<Push> parts) implements ActionSpace {
        public Discrete {
            parts = List.copyOf(parts);
        }
    }

    /// Real numbers, each within [low, high].
    record Box(List<Push> parts, double low, double high) implements ActionSpace {
        public Box {
            parts = List.copyOf(parts);
        }

        /// The nearest number within the bounds; the lower bound for NaN.
        public double clip(double x) {
            return x > low ? Math.min(x, high) : low;
        }
    }
}
