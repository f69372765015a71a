package marlab.sim.env;

/// A world whose observations are exact in single precision (zeros and ones, small whole numbers)
/// and large: it writes them straight into the batch. Both views must agree.
public interface SinglePrecisionEnv extends ParallelEnv {

    /// Writes what an agent sees: `observation().size()` numbers.
    void observe(int agent, float[] into, int at);

    /// Writes what a central critic may see for an agent: `central().size()` numbers.
    void observeCentral(int agent, float[] into, int at);
}
