package marlab.sim.world.swarm;

/// Cosines and sines of many angles at once, within 2e-15 of the truth, in operations that are the
/// same on every machine and that the JVM does for several angles at a time.
final class Turns {

    private Turns() {}

    /// Writes cosines and sines of angles within −2π and 2π.
    static void of(double[] angle, double[] cos, double[] sin) {
        for (int k = 0; k < angle.length; k++) {
            double part = 0.125 * angle[k]; // within ±π/4, where few terms of the series do
            double q = part * part;
            double s = 1 - q * (1.0 / (14 * 15)) * (1 - q * (1.0 / (16 * 17)));
            s = 1 - q * (1.0 / (10 * 11)) * (1 - q * (1.0 / (12 * 13)) * s);
            s = 1 - q * (1.0 / (6 * 7)) * (1 - q * (1.0 / (8 * 9)) * s);
            s = part * (1 - q * (1.0 / (2 * 3)) * (1 - q * (1.0 / (4 * 5)) * s));
            double c = 1 - q * (1.0 / (13 * 14)) * (1 - q * (1.0 / (15 * 16)));
            c = 1 - q * (1.0 / (9 * 10)) * (1 - q * (1.0 / (11 * 12)) * c);
            c = 1 - q * (1.0 / (5 * 6)) * (1 - q * (1.0 / (7 * 8)) * c);
            c = 1 - q * (1.0 / 2) * (1 - q * (1.0 / (3 * 4)) * c);
            double s2 = 2 * s * c; // twice, four times and eight times the part
            double c2 = 1 - 2 * s * s;
            double s4 = 2 * s2 * c2;
            double c4 = 1 - 2 * s2 * s2;
            sin[k] = 2 * s4 * c4;
            cos[k] = 1 - 2 * s4 * s4;
        }
    }
}
