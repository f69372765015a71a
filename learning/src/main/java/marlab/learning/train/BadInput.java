package marlab.learning.train;

/// A person's input that cannot be used. The message is one sentence that says what is wrong,
/// where, and what to do; it is shown as it is, and the command line exits with code 2.
public final class BadInput extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// With the sentence to show.
    public BadInput(String sentence) {
        super(sentence);
    }

    /// With the sentence to show and what brought it about.
    public BadInput(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
