package marlab.app.cli;

/// A trace that cannot be checked. The message is one sentence naming file, line and remedy.
final class ConformException extends Exception {

    ConformException(String sentence) {
        super(sentence);
    }
}
