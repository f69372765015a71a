package marlab.learning.algo;

/// A step along a flow z′ = f(z). Keeps scratch space.
final class Flow {

    /// The flow's direction.
    @FunctionalInterface
    interface Field {
        /// Writes f(z), as many numbers as z has.
        void at(double[] z, double[] into);
    }

    private final boolean rungeKutta;
    private final double[] tried;
    private final double[][] slopes;

    /// @param rungeKutta true for the classical method of fourth order, whose error per step is of
    ///   the order h⁵; false for Euler's z + h·f(z), of the order h²
    Flow(int size, boolean rungeKutta) {
        this.rungeKutta = rungeKutta;
        tried = new double[size];
        slopes = new double[4][size];
    }

    /// Moves z by one step of length h.
    ///
    /// @return ‖f(z)‖ where it began
    double step(Field field, double[] z, double h) {
        field.at(z, slopes[0]);
        double squares = 0;
        for (double slope : slopes[0]) {
            squares += slope * slope;
        }
        if (rungeKutta) {
            for (int k = 1; k < 4; k++) {
                double part = k == 3 ? h : h / 2;
                for (int i = 0; i < z.length; i++) {
                    tried[i] = z[i] + part * slopes[k - 1][i];
                }
                field.at(tried, slopes[k]);
            }
        }
        for (int i = 0; i < z.length; i++) {
            z[i] +=
                    rungeKutta
                            ? h
                                    * (slopes[0][i]
                                            + 2 * slopes[1][i]
                                            + 2 * slopes[2][i]
                                            + slopes[3][i])
                                    / 6
                            : h * slopes[0][i];
        }
        return Math.sqrt(squares);
    }
}
