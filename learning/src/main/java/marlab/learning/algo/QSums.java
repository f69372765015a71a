package marlab.learning.algo;

import java.util.Arrays;
import java.util.List;

/// Sums over the gradient steps of an update, one column of them for each part of a minibatch so
/// that threads do not meet.
final class QSums {

    private static final int LOSS = 0;
    private static final int ERROR = 1;
    private static final int VALUE = 2;
    private static final int ROWS = 3;

    private final double[][] sums;
    private double norm;
    private int steps;

    QSums(int parts) {
        sums = new double[parts][4];
    }

    void clear() {
        for (double[] part : sums) {
            Arrays.fill(part, 0);
        }
        norm = 0;
        steps = 0;
    }

    /// Takes note of one value and its error.
    void add(int part, double loss, double error, double value) {
        double[] sum = sums[part];
        sum[LOSS] += loss;
        sum[ERROR] += Math.abs(error);
        sum[VALUE] += value;
        sum[ROWS]++;
    }

    /// Takes note of a gradient step.
    void step(double gradientNorm) {
        norm += gradientNorm;
        steps++;
    }

    private double mean(int which) {
        double sum = 0;
        double rows = 0;
        for (double[] part : sums) {
            sum += part[which];
            rows += part[ROWS];
        }
        return rows == 0 ? 0 : sum / rows;
    }

    /// Means; all 0 where there was no gradient step, as before the memory is warm.
    List<Figure> figures(String who) {
        return List.of(
                new Figure("value_loss", who, mean(LOSS)),
                new Figure("td_error", who, mean(ERROR)),
                new Figure("q", who, mean(VALUE)),
                new Figure("gradient_norm", who, steps == 0 ? 0 : norm / steps));
    }
}
