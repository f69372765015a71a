package marlab.app.transport;

/// What the transport's buttons do. FX thread.
public interface TransportActions {

    /// A new episode; policies keep what they learned.
    void setup();

    /// A new episode from the same initial weights.
    void setupAndForget();

    /// Lets the watched world run, or rest.
    void toggleWatch();

    /// Lets the learner run, or stop.
    void toggleTrain();

    /// One step of the watched world.
    void step();

    /// A seed was typed: takes effect at once.
    void seedTyped(long seed);
}
