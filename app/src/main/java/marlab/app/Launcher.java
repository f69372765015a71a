package marlab.app;

/// Where the program starts.
public final class Launcher {
    private Launcher() {}

    public static void main(String[] arguments) {
        System.out.println("marlab 0.1.0-SNAPSHOT");
    }
}
