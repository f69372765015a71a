package marlab.learning.algo;

import marlab.learning.net.Network;

/// How the agents of one unit act at present: the network, and what becomes of its outputs. Written
/// by the learner between roll-outs, read by those who act.
public final class Behaviour {

    private final Network network;
    private final Network critic;
    private final ValueNorm norm;
    private double exploration;
    private float valueMean = Float.NaN;
    private float valueDeviation = 1;

    /// Acts by a network that also says what states are worth, or nobody does.
    public Behaviour(Network network) {
        this(network, null, null);
    }

    /// @param critic values of states from the critic's view, normalised; null where there is none
    ///   of this kind
    /// @param norm scale of the critic's outputs; null without critic
    public Behaviour(Network network, Network critic, ValueNorm norm) {
        this.network = network;
        this.critic = critic;
        this.norm = norm;
    }

    /// The acting network.
    public Network network() {
        return network;
    }

    /// The value network, to show values; null where there is none.
    public Network critic() {
        return critic;
    }

    /// Scale of the critic's outputs; null without critic.
    public ValueNorm norm() {
        return norm;
    }

    /// See {@link ActionHead#explore}.
    public double exploration() {
        return exploration;
    }

    /// Explores by this amount from the next roll-out on.
    public void explore(double amount) {
        exploration = amount;
    }

    /// Says what the values that the acting network itself tells ({@link ActionHead#value}) mean:
    /// mean + deviation · value, in the reward's unit. Nobody shows them before this was said.
    void scaleValues(double mean, double deviation) {
        valueMean = (float) mean;
        valueDeviation = (float) deviation;
    }

    /// What the shown value 0 means, in the reward's unit; NaN where values have none.
    public float valueMean() {
        return norm == null ? valueMean : norm.mean();
    }

    /// What the shown value 1 means beyond that.
    public float valueDeviation() {
        return norm == null ? valueDeviation : norm.deviation();
    }
}
