package marlab.app.picture;

/// What pictures say about the program that made them.
public final class Program {

    private Program() {}

    /// The version of the program; `development` when it does not run from its jars.
    public static String version() {
        String version = Program.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
