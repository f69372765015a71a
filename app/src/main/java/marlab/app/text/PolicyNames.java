package marlab.app.text;

/// Names of policies as people read them, for any world's scripts.
public final class PolicyNames {

    private PolicyNames() {}

    /// The words of the bundle where it has some, under `policy.<name>`, else the name made
    /// readable: `always_cooperate` is "always cooperate".
    public static String of(String name) {
        return Messages.has("policy." + name) ? Messages.text("policy." + name) : readable(name);
    }

    /// A name of files and command lines as people would write it.
    public static String readable(String name) {
        return name.replace('_', ' ').strip();
    }
}
