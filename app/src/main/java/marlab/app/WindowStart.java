package marlab.app;

import java.util.ArrayList;
import java.util.List;
import marlab.app.shell.MarlabApplication;
import marlab.app.shell.WindowOptions;
import marlab.app.text.Messages;
import marlab.learning.train.BadInput;

/// Everything of the start that touches the window's classes, so that verbs never load them.
final class WindowStart {

    private static final String REPLAY = ".marlab-replay"; // asked of verbs too, which load nothing

    private WindowStart() {}

    static boolean isMeant(String[] arguments) {
        return arguments.length == 0
                || (arguments[0].startsWith("--") || arguments[0].endsWith(REPLAY))
                        && WindowOptions.areMeant(arguments);
    }

    /// True when a replay is to be shown, which needs a window.
    static boolean showsReplay(String[] arguments) {
        return WindowOptions.read(arguments).replay() != null;
    }

    /// One sentence on what cannot be used, null if all is well.
    static String problem(String[] arguments) {
        try {
            WindowOptions.check(arguments);
            return null;
        } catch (BadInput e) {
            return e.getMessage();
        }
    }

    /// The window's options as `marlab train` takes them: all but the theme.
    static List<String> trainArguments(String[] arguments) {
        WindowOptions options = WindowOptions.read(arguments);
        List<String> train = new ArrayList<>();
        train.addAll(List.of("--world", options.world(), "--algorithm", options.algorithm()));
        train.addAll(List.of("--seed", Long.toString(options.seed())));
        train.addAll(List.of("--runs", options.runs().toString()));
        options.set().forEach(setting -> train.addAll(List.of("--set", setting)));
        return train;
    }

    /// Opens the window and returns when it was closed.
    ///
    /// @return why no window can be opened after all, in one sentence; null when one was
    static String open(String[] arguments) {
        try {
            MarlabApplication.open(List.of(arguments));
            return null;
        } catch (RuntimeException e) {
            boolean noDisplay =
                    e instanceof UnsupportedOperationException
                            || e.getCause() instanceof UnsupportedOperationException;
            if (noDisplay) {
                return Messages.text("start.nodisplay");
            }
            throw e;
        }
    }
}
