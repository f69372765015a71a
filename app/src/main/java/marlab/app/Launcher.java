package marlab.app;

import marlab.app.cli.CommandLineMain;

/// Where the program starts: the window, or a verb of the command line. Loads no JavaFX for verbs.
public final class Launcher {

    private static final int BAD_INPUT = 2;

    private Launcher() {}

    /// Starts the window when there are no arguments or only the window's own.
    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true"); // charts only measure type with AWT
        if (!WindowStart.isMeant(arguments)) {
            System.exit(CommandLineMain.run(arguments));
        }
        String problem = WindowStart.problem(arguments);
        if (problem != null) {
            System.err.println(problem);
            System.exit(BAD_INPUT);
        }
        String why = DisplayCheck.missing();
        if (why == null) {
            why = WindowStart.open(arguments);
        }
        if (why != null && WindowStart.showsReplay(arguments)) {
            System.err.println(
                    why
                            + " A replay needs a window; marlab video makes a film of it without one,"
                            + " and marlab replay tells what is in it.");
            System.exit(BAD_INPUT);
        }
        if (why != null) {
            System.exit(CommandLineMain.firstMinute(why, WindowStart.trainArguments(arguments)));
        }
    }
}
