package marlab.learning.algo;

import java.util.Arrays;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Network;

/// The step of TRPO (Schulman et al. 2015, section 6 and appendix C): the largest improvement of
/// the surrogate L(θ) = mean ρ·A, ρ = π_θ(a)/π_old(a), within mean KL(π_old ‖ π_θ) ≤ δ. The
/// direction solves (F + 0.1·I)·x = ∇L by conjugate gradients, F the Fisher information of the
/// policy; the length is that at which the quadratic model of the divergence reaches δ, shortened
/// until the true divergence is within δ and the improvement at least half of what the slope
/// promised.
///
/// F·v = mean Jᵀ·M·J·v, with J the derivative of the network's outputs (forwards {@link
/// Network#directional}, backwards {@link Network#backward}) and M the Fisher information of the
/// distribution that they describe. Sums over rows and all vectors beside the network are in double
/// precision. Owned by one thread at a time.
final class TrustRegion {

    /// Added to F's diagonal.
    static final double DAMPING = 0.1;

    private static final int ITERATIONS = 10;
    private static final double RESIDUAL = 1e-10;
    private static final int SHORTENINGS = 10;
    private static final double SHORTER = 0.8;
    private static final double ENOUGH = 0.5;

    private final Network actor;
    private final ActionDistribution distribution;
    private final int width;
    private final float[] oldOutputs;
    private final float[] oldWeights;
    private final float[] input;
    private final float[] output;
    private final float[] change;
    private final float[] direction;
    private final double[] gradient;
    private final double[] x;
    private final double[] residual;
    private final double[] conjugate;
    private final double[] product;
    private Rollout rollout;

    /// What became of one step.
    ///
    /// @param improvement of the surrogate
    /// @param kl mean divergence of the new policy from the old one, nats
    /// @param taken length of the step as a share of the first one tried; 0 where none was good
    record Step(double improvement, double kl, double taken) {}

    /// Surrogate and divergence at the present weights.
    private record Measured(double surrogate, double kl) {}

    /// @param rows most rows of a roll-out; they are worked on as many at a time as the network has
    ///   room for
    TrustRegion(Network actor, ActionDistribution distribution, int rows) {
        this.actor = actor;
        this.distribution = distribution;
        width = distribution.outputs();
        int room = Math.min(rows, actor.capacity());
        int size = actor.parameters().size();
        oldOutputs = new float[rows * width];
        oldWeights = new float[size];
        input = new float[room * actor.inputs()];
        output = new float[room * width];
        change = new float[room * width];
        direction = new float[size];
        gradient = new double[size];
        x = new double[size];
        residual = new double[size];
        conjugate = new double[size];
        product = new double[size];
    }

    /// Moves the policy, or leaves it where no step improves the surrogate enough.
    ///
    /// @param filled with its live rows found and their advantages ready
    /// @param sums receives surrogate loss and entropy of the policy that acted
    /// @param delta largest mean divergence δ, nats
    Step step(Rollout filled, double delta, PpoLoss.Sums sums) {
        begin(filled);
        double before = slope(sums);
        solve();
        multiply(x, product);
        double curvature = dot(x, product);
        if (!(curvature > 0)) {
            return new Step(0, 0, 0); // no slope, no step
        }
        double length = Math.sqrt(2 * delta / curvature);
        double promised = length * dot(gradient, x);
        double share = 1;
        for (int k = 0; k <= SHORTENINGS; k++, share *= SHORTER) {
            move(share * length);
            Measured there = measure();
            double improvement = there.surrogate - before;
            if (there.kl <= delta && improvement >= ENOUGH * share * promised) {
                return new Step(improvement, there.kl, share);
            }
        }
        move(0);
        return new Step(0, 0, 0);
    }

    /// Takes the present policy as the old one.
    void begin(Rollout filled) {
        rollout = filled;
        float[] weights = actor.parameters().values();
        System.arraycopy(weights, 0, oldWeights, 0, weights.length);
        int room = actor.capacity();
        for (int from = 0; from < rollout.liveRows(); from += room) {
            int rows = forward(from);
            System.arraycopy(output, 0, oldOutputs, from * width, rows * width);
        }
    }

    /// Outputs for the live rows from this one on, as many as there is room for.
    private int forward(int from) {
        int rows = Math.min(actor.capacity(), rollout.liveRows() - from);
        Minibatches.gather(rollout.input, rollout.inputs(), rollout.live, from, rows, input);
        actor.forward(input, 0, rows, output);
        return rows;
    }

    private float ratio(int k, int row) {
        float logP =
                distribution.logProbability(
                        output, k * width, rollout.action, row * rollout.actionSize());
        return (float) Math.exp(logP - rollout.logProbability[row]);
    }

    /// Gradient of the surrogate.
    ///
    /// @return the surrogate
    private double slope(PpoLoss.Sums sums) {
        Arrays.fill(gradient, 0);
        double surrogate = 0;
        int count = rollout.liveRows();
        for (int from = 0; from < count; from += actor.capacity()) {
            int rows = forward(from);
            for (int k = 0; k < rows; k++) {
                int row = rollout.live[from + k];
                float weighted = ratio(k, row) * rollout.advantage[row];
                distribution.gradient(weighted / count, 0, change, k * width);
                surrogate += weighted;
                sums.entropy += distribution.entropy();
            }
            actor.backward(change, rows);
            add(actor.parameters().gradient(), gradient);
        }
        sums.loss -= surrogate;
        sums.rows += count;
        return surrogate / count;
    }

    /// (F + 0.1·I)·v.
    void multiply(double[] v, double[] into) {
        for (int k = 0; k < v.length; k++) {
            direction[k] = (float) v[k];
            into[k] = DAMPING * v[k];
        }
        int count = rollout.liveRows();
        for (int from = 0; from < count; from += actor.capacity()) {
            int rows = forward(from);
            actor.directional(input, 0, rows, direction, change);
            for (int k = 0; k < rows; k++) {
                distribution.fisher(output, k * width, change, k * width);
            }
            for (int k = 0; k < rows * width; k++) {
                change[k] /= count;
            }
            actor.backward(change, rows);
            add(actor.parameters().gradient(), into);
        }
    }

    private static void add(float[] what, double[] to) {
        for (int k = 0; k < to.length; k++) {
            to[k] += what[k];
        }
    }

    /// Conjugate gradients (Hestenes and Stiefel 1952) for (F + 0.1·I)·x = gradient, from x = 0.
    private void solve() {
        Arrays.fill(x, 0);
        System.arraycopy(gradient, 0, residual, 0, x.length);
        System.arraycopy(gradient, 0, conjugate, 0, x.length);
        double squares = dot(residual, residual);
        for (int i = 0; i < ITERATIONS && squares > RESIDUAL; i++) {
            multiply(conjugate, product);
            double along = squares / dot(conjugate, product);
            for (int k = 0; k < x.length; k++) {
                x[k] += along * conjugate[k];
                residual[k] -= along * product[k];
            }
            double left = dot(residual, residual);
            double turn = left / squares;
            for (int k = 0; k < x.length; k++) {
                conjugate[k] = residual[k] + turn * conjugate[k];
            }
            squares = left;
        }
    }

    /// Goes along x from the old policy.
    private void move(double far) {
        float[] weights = actor.parameters().values();
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (float) (oldWeights[k] + far * x[k]);
        }
        actor.parameters().valuesChanged();
    }

    private Measured measure() {
        double surrogate = 0;
        double kl = 0;
        int count = rollout.liveRows();
        for (int from = 0; from < count; from += actor.capacity()) {
            int rows = forward(from);
            for (int k = 0; k < rows; k++) {
                int row = rollout.live[from + k];
                surrogate += ratio(k, row) * rollout.advantage[row];
                kl += distribution.divergence(oldOutputs, (from + k) * width, output, k * width);
            }
        }
        return new Measured(surrogate / count, kl / count);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
