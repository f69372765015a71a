package marlab.learning.train;

/// Learning went out of control, so that training ended: one sentence on what happened, which
/// checkpoint is kept and what to try.
public final class Diverged extends IllegalStateException {

    /// @param sentence what happened and what to try
    Diverged(String sentence) {
        super(sentence);
    }
}
