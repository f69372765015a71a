package marlab.sim.testkit;

/// A world broke a rule that every world must keep. The message is one sentence.
public final class ConformanceFailure extends AssertionError {

    ConformanceFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
