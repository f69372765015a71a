package marlab.app.text;

/// Sentences for people.
public final class Sentences {

    private Sentences() {}

    /// What an exception says, as a sentence.
    public static String of(IllegalArgumentException e) {
        String text = e.getMessage();
        String upper = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return upper.endsWith(".") ? upper : upper + ".";
    }
}
