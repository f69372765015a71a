package marlab.app.video;

import java.util.Arrays;
import marlab.sim.replay.Recording;
import marlab.sim.snapshot.Frame;

/// Where two episodes that began alike stop being alike.
final class FirstDifference {

    /// They can't be compared.
    static final int UNKNOWN = -1;

    /// They stay alike.
    static final int NONE = -2;

    private FirstDifference() {}

    /// The first step at which the worlds of two strips of the same world differ.
    static int of(Scene scene) {
        if (scene.strips().size() != 2) {
            return UNKNOWN;
        }
        Strip left = scene.strips().getFirst();
        Strip right = scene.strips().getLast();
        Recording first = left.source().replay().recording();
        Recording second = right.source().replay().recording();
        Frame one = new Frame(first.spec());
        Frame other = new Frame(second.spec());
        int count = Math.min(left.steps().length, right.steps().length);
        for (int k = 0; k < count; k++) {
            first.frame(left.moments()[k], one);
            second.frame(right.moments()[k], other);
            if (one.seed != other.seed || left.steps()[k] != right.steps()[k]) {
                return UNKNOWN;
            }
            if (!Arrays.equals(one.state, other.state)) {
                return left.steps()[k];
            }
        }
        return left.steps().length == right.steps().length ? NONE : left.steps()[count - 1] + 1;
    }
}
