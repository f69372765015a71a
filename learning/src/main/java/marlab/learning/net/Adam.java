package marlab.learning.net;

/// Adam (Kingma and Ba 2015, algorithm 1) over one flat vector of weights, with the gradient
/// clipped to a norm first.
public final class Adam {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;

    private final float[] mean;
    private final float[] square;
    private final double epsilon;
    private long steps;

    /// @param epsilon added to the root of the second moment
    public Adam(int size, double epsilon) {
        mean = new float[size];
        square = new float[size];
        this.epsilon = epsilon;
    }

    /// One step down the gradient.
    ///
    /// @param weights changed in place
    /// @param gradient clipped in place
    /// @param maxNorm largest Euclidean norm of the gradient
    /// @return the norm before clipping
    public double step(float[] weights, float[] gradient, double rate, double maxNorm) {
        double squares = 0;
        for (float g : gradient) {
            squares += (double) g * g;
        }
        double norm = Math.sqrt(squares);
        float scale = norm > maxNorm ? (float) (maxNorm / norm) : 1;
        steps++;
        double correct1 = 1 - Math.pow(BETA1, steps);
        double correct2 = 1 - Math.pow(BETA2, steps);
        float step = (float) (rate * Math.sqrt(correct2) / correct1);
        float eps = (float) (epsilon * Math.sqrt(correct2));
        for (int i = 0; i < weights.length; i++) {
            float g = gradient[i] * scale;
            float m = (float) BETA1 * mean[i] + (float) (1 - BETA1) * g;
            float v = (float) BETA2 * square[i] + (float) (1 - BETA2) * g * g;
            mean[i] = m;
            square[i] = v;
            weights[i] -= step * m / ((float) Math.sqrt(v) + eps);
        }
        return norm;
    }

    /// First moments, live.
    public float[] mean() {
        return mean;
    }

    /// Second moments, live.
    public float[] square() {
        return square;
    }

    /// Steps taken.
    public long steps() {
        return steps;
    }

    /// Continues from this many steps taken.
    public void steps(long taken) {
        steps = taken;
    }
}
