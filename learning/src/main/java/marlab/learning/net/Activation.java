package marlab.learning.net;

/// What follows a dense layer, elementwise. Derivatives are taken from the output.
public enum Activation {
    /// As it is.
    IDENTITY,
    /// max(x, 0).
    RELU,
    /// Hyperbolic tangent, as a rational function that vectorises; within 4e-7 of the true one.
    TANH;

    /// Applies to the first `count` numbers.
    void apply(float[] x, int count) {
        switch (this) {
            case IDENTITY -> {}
            case RELU -> relu(x, count);
            case TANH -> tanh(x, count);
        }
    }

    /// Turns gradients with respect to outputs into gradients with respect to inputs.
    ///
    /// @param y outputs
    /// @param dy gradients, changed in place
    void differentiate(float[] y, float[] dy, int count) {
        switch (this) {
            case IDENTITY -> {}
            case RELU -> {
                for (int i = 0; i < count; i++) {
                    dy[i] = y[i] > 0 ? dy[i] : 0;
                }
            }
            case TANH -> {
                for (int i = 0; i < count; i++) {
                    dy[i] = dy[i] * (1 - y[i] * y[i]);
                }
            }
        }
    }

    private static void relu(float[] x, int count) {
        for (int i = 0; i < count; i++) {
            x[i] = Math.max(x[i], 0);
        }
    }

    /// Minimax fit x·P(x²)/Q(x²) on [−7.9, 7.9], beyond which 1 − |tanh| is below 3e-7. Only
    /// products, sums and one division, so the compiler turns the loop into vector instructions.
    private static void tanh(float[] x, int count) {
        for (int i = 0; i < count; i++) {
            float v = Math.max(-7.9f, Math.min(7.9f, x[i]));
            float s = v * v;
            float p = -2.76076847742355e-16f * s + 2.00018790482477e-13f;
            p = p * s - 8.60467152213735e-11f;
            p = p * s + 5.12229709037114e-08f;
            p = p * s + 1.48572235717979e-05f;
            p = p * s + 6.37261928875436e-04f;
            p = p * s + 4.89352455891786e-03f;
            float q = 1.19825839466702e-06f * s + 1.18534705686654e-04f;
            q = q * s + 2.26843463243900e-03f;
            q = q * s + 4.89352518554385e-03f;
            x[i] = v * p / q;
        }
    }
}
