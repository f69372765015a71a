package marlab.sim.bench;

import marlab.sim.seed.RandomStream;

/// What someone writes who needs Simple Spread and nothing else: one flat loop over many copies,
/// discrete pushes, observations as floats, MPE2's reward, a new episode every 25 steps. The
/// yardstick for {@link marlab.sim.env.VectorEnv}, which adds to it: any world, named reward terms,
/// metrics, episode sums, snapshots.
final class PlainSpreadLoop {

    private static final double CONTACT_MARGIN = 1e-3;
    private static final double TOUCHING = 0.3;
    private static final double NEAR = TOUCHING + 64 * CONTACT_MARGIN;
    private static final int HORIZON = 25;

    final int[] actions;
    final float[] observations;
    final double[] rewards;
    private final int copies;
    private final int n;
    private final double[] x;
    private final double[] y;
    private final double[] vx;
    private final double[] vy;
    private final double[] fx;
    private final double[] fy;
    private final double[] landmarkX;
    private final double[] landmarkY;
    private final int[] steps;
    private final RandomStream random = new RandomStream(7);

    PlainSpreadLoop(int copies, int n) {
        this.copies = copies;
        this.n = n;
        int bodies = copies * n;
        actions = new int[bodies];
        observations = new float[bodies * 6 * n];
        rewards = new double[bodies];
        x = new double[bodies];
        y = new double[bodies];
        vx = new double[bodies];
        vy = new double[bodies];
        fx = new double[bodies];
        fy = new double[bodies];
        landmarkX = new double[bodies];
        landmarkY = new double[bodies];
        steps = new int[copies];
        for (int c = 0; c < copies; c++) {
            begin(c);
        }
    }

    private void begin(int c) {
        for (int i = c * n; i < (c + 1) * n; i++) {
            x[i] = 2 * random.nextDouble() - 1;
            y[i] = 2 * random.nextDouble() - 1;
            vx[i] = 0;
            vy[i] = 0;
            landmarkX[i] = 2 * random.nextDouble() - 1;
            landmarkY[i] = 2 * random.nextDouble() - 1;
        }
        steps[c] = 0;
    }

    void step() {
        for (int c = 0; c < copies; c++) {
            int from = c * n;
            int to = from + n;
            push(from, to);
            collide(from, to);
            move(from, to);
            reward(from, to);
            if (++steps[c] == HORIZON) {
                begin(c);
            }
            look(from, to);
        }
    }

    private void push(int from, int to) {
        for (int i = from; i < to; i++) {
            int action = actions[i];
            fx[i] = action == 1 ? -5 : action == 2 ? 5 : 0;
            fy[i] = action == 3 ? -5 : action == 4 ? 5 : 0;
        }
    }

    private void collide(int from, int to) {
        for (int a = from; a < to; a++) {
            for (int b = a + 1; b < to; b++) {
                double dx = x[a] - x[b];
                double dy = y[a] - y[b];
                double squared = dx * dx + dy * dy;
                if (squared < NEAR * NEAR) {
                    double distance = Math.sqrt(squared);
                    double z = (TOUCHING - distance) / CONTACT_MARGIN;
                    double depth =
                            CONTACT_MARGIN * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))));
                    double force = 100 * depth / distance;
                    fx[a] += force * dx;
                    fy[a] += force * dy;
                    fx[b] -= force * dx;
                    fy[b] -= force * dy;
                }
            }
        }
    }

    private void move(int from, int to) {
        for (int i = from; i < to; i++) {
            x[i] += vx[i] * 0.1;
            y[i] += vy[i] * 0.1;
            vx[i] = vx[i] * 0.75 + fx[i] * 0.1;
            vy[i] = vy[i] * 0.75 + fy[i] * 0.1;
        }
    }

    private void reward(int from, int to) {
        double cover = 0;
        for (int l = from; l < to; l++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int i = from; i < to; i++) {
                double dx = x[i] - landmarkX[l];
                double dy = y[i] - landmarkY[l];
                nearest = Math.min(nearest, dx * dx + dy * dy);
            }
            cover += Math.sqrt(nearest);
        }
        for (int i = from; i < to; i++) {
            rewards[i] = -0.5 * cover;
        }
        for (int i = from; i < to; i++) {
            for (int j = i + 1; j < to; j++) {
                double dx = x[i] - x[j];
                double dy = y[i] - y[j];
                if (dx * dx + dy * dy < TOUCHING * TOUCHING) {
                    rewards[i] -= 0.5;
                    rewards[j] -= 0.5;
                }
            }
        }
    }

    private void look(int from, int to) {
        int k = from * 6 * n;
        for (int i = from; i < to; i++) {
            double px = x[i];
            double py = y[i];
            observations[k++] = (float) vx[i];
            observations[k++] = (float) vy[i];
            observations[k++] = (float) px;
            observations[k++] = (float) py;
            for (int l = from; l < to; l++) {
                observations[k++] = (float) (landmarkX[l] - px);
                observations[k++] = (float) (landmarkY[l] - py);
            }
            for (int j = from; j < to; j++) {
                if (j != i) {
                    observations[k++] = (float) (x[j] - px);
                    observations[k++] = (float) (y[j] - py);
                }
            }
            k += 2 * (n - 1); // the silent messages stay zero
        }
    }
}
