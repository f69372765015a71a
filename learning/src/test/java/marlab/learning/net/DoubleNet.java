package marlab.learning.net;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import marlab.sim.space.CanonicalView;

/// The networks' formulas in double precision, written down once more without regard to speed: what
/// gradients are checked against. Weights stand where the network under test has them.
final class DoubleNet {

    private final Map<String, Parameters.Block> blocks;
    private final double[] weights;

    DoubleNet(Network like) {
        blocks = like.parameters().blocks();
        float[] values = like.parameters().values();
        weights = new double[values.length];
        Arrays.setAll(weights, k -> values[k]);
    }

    /// All weights, live.
    double[] weights() {
        return weights;
    }

    /// W·x + b.
    double[] affine(String name, double[] x) {
        Parameters.Block weight = blocks.get(name + ".weight");
        Parameters.Block bias = blocks.get(name + ".bias");
        double[] y = new double[weight.rows()];
        for (int o = 0; o < y.length; o++) {
            y[o] = weights[bias.at() + o];
            for (int k = 0; k < x.length; k++) {
                y[o] += weights[weight.at() + k * y.length + o] * x[k];
            }
        }
        return y;
    }

    double[] relu(String name, double[] x) {
        return Arrays.stream(affine(name, x)).map(v -> Math.max(v, 0)).toArray();
    }

    /// Hidden layers, then "out" where there is one.
    double[] mlp(double[] x, Activation activation) {
        double[] y = x;
        for (int k = 1; blocks.containsKey("hidden" + k + ".weight"); k++) {
            y = activate(affine("hidden" + k, y), activation);
        }
        return y;
    }

    private static double[] activate(double[] x, Activation activation) {
        return Arrays.stream(x)
                .map(v -> activation == Activation.TANH ? Math.tanh(v) : Math.max(v, 0))
                .toArray();
    }

    static double[] join(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// PyTorch's formula of a gated recurrent unit.
    double[] gru(double[] x, double[] h) {
        int width = h.length;
        double[] i = affine("gru.input", x);
        double[] m = affine("gru.memory", h);
        double[] next = new double[width];
        for (int k = 0; k < width; k++) {
            double r = sigmoid(i[k] + m[k]);
            double z = sigmoid(i[width + k] + m[width + k]);
            double n = Math.tanh(i[2 * width + k] + r * m[2 * width + k]);
            next[k] = (1 - z) * n + z * h[k];
        }
        return next;
    }

    /// A 3×3 convolution surrounded by zeros, then max(x, 0), by its definition.
    ///
    /// @param picture [row][column][channel]
    double[][][] convolve(String name, double[][][] picture, int stride) {
        Parameters.Block weight = blocks.get(name + ".weight");
        Parameters.Block bias = blocks.get(name + ".bias");
        int rows = picture.length;
        int columns = picture[0].length;
        int channels = picture[0][0].length;
        double[][][] result =
                new double[(rows + stride - 1) / stride][(columns + stride - 1) / stride]
                        [weight.rows()];
        for (int r = 0; r < result.length; r++) {
            for (int c = 0; c < result[0].length; c++) {
                for (int o = 0; o < weight.rows(); o++) {
                    double sum = weights[bias.at() + o];
                    for (int k = 0; k < 9 * channels; k++) {
                        int row = r * stride + k / (3 * channels) - 1;
                        int column = c * stride + k / channels % 3 - 1;
                        if (row >= 0 && row < rows && column >= 0 && column < columns) {
                            sum +=
                                    weights[weight.at() + k * weight.rows() + o]
                                            * picture[row][column][k % channels];
                        }
                    }
                    result[r][c][o] = Math.max(sum, 0);
                }
            }
        }
        return result;
    }

    /// Both convolutions of a picture, flattened.
    double[] eye(GridNetwork.Picture p, double[] row) {
        double[][][] picture = new double[p.rows()][p.columns()][p.channels()];
        for (int k = 0; k < p.size(); k++) {
            int cell = k % (p.rows() * p.columns());
            picture[cell / p.columns()][cell % p.columns()][k / (p.rows() * p.columns())] =
                    row[p.at() + k];
        }
        double[][][] seen =
                convolve(p.name() + ".conv2", convolve(p.name() + ".conv1", picture, 1), 2);
        return Arrays.stream(seen)
                .flatMap(Arrays::stream)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    /// The formula of {@link EntityNetwork}'s documentation.
    double[] entities(CanonicalView view, double[] row) {
        List<CanonicalView.Part> parts = view.parts();
        int fields = parts.stream().mapToInt(p -> p.width() - 2).max().orElseThrow();
        double[] own =
                join(
                        Arrays.copyOf(row, view.ownSize()),
                        Arrays.copyOfRange(row, view.size(), row.length));
        int count = parts.stream().mapToInt(CanonicalView.Part::count).sum();
        double[][] place = new double[count][];
        double[][] further = new double[count][fields];
        double[][] kind = new double[count][parts.size()];
        int i = 0;
        for (int type = 0; type < parts.size(); type++) {
            CanonicalView.Part part = parts.get(type);
            for (int e = 0; e < part.count(); e++, i++) {
                int at = part.at() + e * part.width();
                place[i] = new double[] {row[at], row[at + 1]};
                System.arraycopy(row, at + 2, further[i], 0, part.width() - 2);
                kind[i][type] = 1;
            }
        }
        double[] sum = new double[64];
        double[] most = new double[64];
        double total = 0;
        for (i = 0; i < count; i++) {
            double[] message = new double[32];
            double far = Math.hypot(place[i][0], place[i][1]);
            for (int j = 0; j < count; j++) {
                if (j == i) {
                    continue;
                }
                double dx = place[i][0] - place[j][0];
                double dy = place[i][1] - place[j][1];
                double[] pair = {
                    dx, dy, Math.hypot(dx, dy), far, Math.hypot(place[j][0], place[j][1])
                };
                double[] m = relu("message", join(pair, kind[i], kind[j]));
                Arrays.setAll(message, k -> Math.max(message[k], m[k]));
            }
            double[] token = join(place[i], new double[] {far}, further[i], kind[i], own, message);
            double[] e = relu("entity2", relu("entity1", token));
            double weight = Math.exp(affine("attention", e)[0]);
            total += weight;
            for (int k = 0; k < e.length; k++) {
                sum[k] += weight * e[k];
                most[k] = Math.max(most[k], e[k]);
            }
        }
        double all = total;
        double[] mean = Arrays.stream(sum).map(s -> s / all).toArray();
        return affine("out", relu("read", join(mean, most, own)));
    }
}
