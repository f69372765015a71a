package marlab.app.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/// Keeps libraries from talking into the verbs' output.
final class Quiet {

    /// Held here, since the logging system forgets loggers that nobody holds.
    private static final Logger ROOT = Logger.getLogger("");

    private Quiet() {}

    /// From now on only what is serious is logged.
    static void libraries() {
        ROOT.setLevel(Level.SEVERE);
    }
}
