package marlab.learning.algo;

/// Running mean and spread of returns, so that a critic predicts numbers about 0 and 1 whatever the
/// reward's unit (value normalisation of MAPPO, Yu et al. 2022, recommendation 1). Exponential
/// moving averages of mean and mean square, freed of their bias towards zero.
public final class ValueNorm {

    private final double decay;
    private double mean;
    private double square;
    private double weight;

    /// For updates that see thousands of samples: the past weighs 0.9 of what it weighed before.
    public ValueNorm() {
        this(0.9);
    }

    /// @param decay weight of the past at each update, in [0, 1)
    public ValueNorm(double decay) {
        this.decay = decay;
    }

    /// Takes note of a batch of returns.
    ///
    /// @param rows the rows that count, the first `count` of the array
    public void update(float[] returns, int[] rows, int count) {
        double sum = 0;
        double squares = 0;
        for (int k = 0; k < count; k++) {
            double value = returns[rows[k]];
            sum += value;
            squares += value * value;
        }
        mean = decay * mean + (1 - decay) * sum / count;
        square = decay * square + (1 - decay) * squares / count;
        weight = decay * weight + (1 - decay);
    }

    /// Mean of returns; 0 before the first update.
    public float mean() {
        return weight == 0 ? 0 : (float) (mean / weight);
    }

    /// Spread of returns, at least 0.01; 1 before the first update.
    public float deviation() {
        if (weight == 0) {
            return 1;
        }
        double m = mean / weight;
        return (float) Math.sqrt(Math.max(square / weight - m * m, 1e-4));
    }

    /// The whole state: mean, mean square, weight.
    public double[] save() {
        return new double[] {mean, square, weight};
    }

    /// Takes up a saved state.
    public void load(double[] saved) {
        mean = saved[0];
        square = saved[1];
        weight = saved[2];
    }
}
