package marlab.learning.algo;

import marlab.learning.buffer.Rollout;

/// Generalised advantage estimation (Schulman et al. 2016, equation 16), and the scaling of what it
/// gives.
public final class Advantages {

    private Advantages() {}

    /// Fills advantages and returns of a roll-out: δ_t = r_t + γ V(s_{t+1}) − V(s_t), A_t = δ_t +
    /// γλ A_{t+1}, return = A_t + V(s_t). V(s_{t+1}) is 0 after a termination; after a cut by the
    /// time limit it is the value of the episode's last observation, and nothing flows across the
    /// cut.
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
