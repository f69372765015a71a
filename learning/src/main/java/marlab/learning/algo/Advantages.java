package marlab.learning.algo;

import marlab.learning.buffer.Rollout;

/// What actions were worth, estimated from what came of them: generalised advantage estimation
/// (Schulman et al. 2016, equation 16), n-step and Monte-Carlo returns, and how advantages are
/// brought to one scale.
public final class Advantages {

    private Advantages() {}

    /// Fills advantages and returns of a roll-out by generalised advantage estimation: δ_t = r_t +
    /// γ V(s_{t+1}) − V(s_t), A_t = δ_t + γλ A_{t+1}, return = A_t + V(s_t). V(s_{t+1}) is 0 after
    /// a termination; after a cut by the time limit it is the value of the episode's last
    /// observation, and nothing flows across the cut.
    ///
    /// @param gamma discount γ
    /// @param lambda λ
    public static void estimate(Rollout rollout, double gamma, double lambda) {
        int width = rollout.width();
        for (int lane = 0; lane < width; lane++) {
            float advantage = 0;
            for (int t = rollout.length() - 1; t >= 0; t--) {
                int row = t * width + lane;
                float next = rollout.nextValue(row);
                float delta = (float) (rollout.reward[row] + gamma * next - rollout.value[row]);
                float carried = rollout.over[row] ? 0 : advantage;
                advantage = (float) (delta + gamma * lambda * carried);
                rollout.advantage[row] = advantage;
                rollout.target[row] = advantage + rollout.value[row];
            }
        }
    }

    /// Fills the targets of a roll-out with n-step returns (Mnih et al. 2016, algorithm S3): G_t =
    /// Σ_{k<m} γ^k r_{t+k} + γ^m V(s_{t+m}), where m is n, or fewer where the episode or the
    /// roll-out ends first. After a termination nothing is added; after a cut by the time limit and
    /// at the roll-out's end it is the value of what was seen then.
    ///
    /// @param gamma discount γ
    /// @param n steps, at least 1
    public static void nStep(Rollout rollout, double gamma, int n) {
        int width = rollout.width();
        int rows = rollout.rows();
        for (int first = 0; first < rows; first++) {
            double sum = 0;
            double factor = 1;
            int row = first;
            for (int k = 1; ; k++, row += width) {
                sum += factor * rollout.reward[row];
                factor *= gamma;
                if (k == n || rollout.over[row] || row + width >= rows) {
                    break;
                }
            }
            rollout.target[first] = (float) (sum + factor * rollout.nextValue(row));
        }
    }

    /// Fills the targets of a roll-out with what was earned until the end of the episode, or of the
    /// roll-out, and nothing for what comes after: G_t = r_t + γ G_{t+1}.
    ///
    /// @param gamma discount γ
    /// @param ended receives per row whether its episode ended within the roll-out
    static void monteCarlo(Rollout rollout, double gamma, boolean[] ended) {
        int width = rollout.width();
        for (int row = rollout.rows() - 1; row >= 0; row--) {
            boolean goesOn = !rollout.over[row] && row + width < rollout.rows();
            double follows = goesOn ? rollout.target[row + width] : 0;
            rollout.target[row] = (float) (rollout.reward[row] + gamma * follows);
            ended[row] = rollout.over[row] || goesOn && ended[row + width];
        }
    }

    /// Share of the variance of the targets that values explained: 1 − Σ error² / Σ deviation²,
    /// over the live rows; 0 where all targets are equal. Advantages must still be target − value.
    static double explained(Rollout rollout) {
        int n = rollout.liveRows();
        double mean = 0;
        for (int k = 0; k < n; k++) {
            mean += rollout.target[rollout.live[k]];
        }
        mean /= n;
        double total = 0;
        double left = 0;
        for (int k = 0; k < n; k++) {
            int row = rollout.live[k];
            double deviation = rollout.target[row] - mean;
            double error = rollout.advantage[row];
            total += deviation * deviation;
            left += error * error;
        }
        return total == 0 ? 0 : 1 - left / total;
    }

    /// Shifts and scales advantages to mean 0 and deviation 1 over some rows of the batch.
    ///
    /// @param rows the rows that count, the first `count` of the array
    public static void normalise(float[] advantages, int[] rows, int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += advantages[rows[k]];
        }
        double mean = sum / count;
        double squares = 0;
        for (int k = 0; k < count; k++) {
            double deviation = advantages[rows[k]] - mean;
            squares += deviation * deviation;
        }
        float scale = (float) (1 / (Math.sqrt(squares / count) + 1e-8));
        for (int k = 0; k < count; k++) {
            advantages[rows[k]] = (float) (advantages[rows[k]] - mean) * scale;
        }
    }

    /// Shifts and scales advantages to mean 0 and deviation 1 within each part of the batch.
    ///
    /// @param rows the rows that count, the first `count` of the array
    /// @param part which part each row belongs to, from 0
    static void normaliseWithin(float[] advantages, int[] rows, int count, int[] part) {
        int parts = 0;
        for (int k = 0; k < count; k++) {
            parts = Math.max(parts, part[rows[k]] + 1);
        }
        double[] mean = new double[parts];
        double[] squares = new double[parts];
        int[] size = new int[parts];
        for (int k = 0; k < count; k++) {
            mean[part[rows[k]]] += advantages[rows[k]];
            size[part[rows[k]]]++;
        }
        for (int p = 0; p < parts; p++) {
            mean[p] /= size[p]; // of an empty part nobody asks
        }
        for (int k = 0; k < count; k++) {
            int p = part[rows[k]];
            double deviation = advantages[rows[k]] - mean[p];
            squares[p] += deviation * deviation;
        }
        for (int k = 0; k < count; k++) {
            int p = part[rows[k]];
            double deviation = Math.sqrt(squares[p] / size[p]) + 1e-8;
            advantages[rows[k]] = (float) ((advantages[rows[k]] - mean[p]) / deviation);
        }
    }
}
