package marlab.learning.train;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import marlab.learning.algo.Behaviour;
import marlab.learning.algo.Figure;
import marlab.learning.net.Network;

/// Watches whether learning goes out of control. It has where
///
/// - a figure of an update, or a weight after it, is not a finite number; or
/// - a value loss, temporal-difference error or gradient norm is, in {@link #PATIENCE} updates one
///   after the other, both above {@link #LARGE} and {@link #TIMES} times its usual size: the
///   geometric mean of the past, with a memory of about 50 updates. Both, since a first reward
///   after long nothing is a large change and no harm, and so are rewards of a million from the
///   start. What counts as usual begins with the first update, and again when rewards are edited.
///
/// Belongs to the learner's thread; saved with a checkpoint, so that a resumed run stops where the
/// undisturbed one does.
final class Divergence {

    static final double LARGE = 1e6;
    static final double TIMES = 1e4;
    static final int PATIENCE = 20;
    private static final double MEMORY = 0.02;

    private static final Pattern WATCHED =
            Pattern.compile(".*(value_loss|critic_loss|td_loss|td_error|gradient_norm)");

    /// Per watched figure: logarithm of its usual size, NaN before the first; updates in a row that
    /// it was beyond.
    private double[] levels = new double[0];

    /// Looks at an update.
    ///
    /// @return what is wrong, in a few words, or nothing
    Optional<String> look(List<Figure> figures, List<Behaviour> behaviours) {
        for (Figure figure : figures) {
            if (!Double.isFinite(figure.value())) {
                return Optional.of("its " + words(figure) + " is no finite number");
            }
        }
        for (Behaviour behaviour : behaviours) {
            if (!isFinite(behaviour.network())
                    || behaviour.critic() != null && !isFinite(behaviour.critic())) {
                return Optional.of("a weight is no finite number");
            }
        }
        List<Figure> watched =
                figures.stream().filter(f -> WATCHED.matcher(f.key()).matches()).toList();
        if (levels.length != 2 * watched.size()) {
            levels = new double[2 * watched.size()];
            forget();
        }
        for (int k = 0; k < watched.size(); k++) {
            if (isBeyond(2 * k, Math.abs(watched.get(k).value()))) {
                return Optional.of("its " + words(watched.get(k)) + " grew without limit");
            }
        }
        return Optional.empty();
    }

    private static String words(Figure figure) {
        return figure.key().replace('_', ' ');
    }

    private boolean isBeyond(int at, double size) {
        double log = Math.log10(Math.max(size, 1e-12));
        if (Double.isNaN(levels[at])) {
            levels[at] = log;
        }
        if (size > LARGE && log > levels[at] + Math.log10(TIMES)) {
            levels[at + 1]++; // and the usual size stays what it was
        } else {
            levels[at] += MEMORY * (log - levels[at]);
            levels[at + 1] = 0;
        }
        return levels[at + 1] >= PATIENCE;
    }

    private static boolean isFinite(Network network) {
        double sum = 0;
        for (float weight : network.parameters().values()) {
            sum += weight;
        }
        return Double.isFinite(sum);
    }

    /// The rewards are others now: what was usual is so no more.
    void forget() {
        for (int k = 0; k < levels.length; k += 2) {
            levels[k] = Double.NaN;
            levels[k + 1] = 0;
        }
    }

    double[] save() {
        return levels.clone();
    }

    void load(double[] saved) {
        levels = saved.clone();
    }
}
