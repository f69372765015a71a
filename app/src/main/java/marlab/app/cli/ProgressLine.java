package marlab.app.cli;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// One line on standard error that tells how a long piece of work stands: rewritten in place on a
/// terminal, a new line every few seconds otherwise.
final class ProgressLine implements AutoCloseable {

    private static final long TERMINAL_MILLIS = 250;
    private static final long FILE_MILLIS = 5_000;

    private final PrintStream err = System.err;
    private final boolean terminal = System.console() != null && System.console().isTerminal();
    private final Supplier<String> text;
    private final Thread thread;
    private int width;

    /// Shows what `text` gives from now until {@link #close}.
    ProgressLine(Supplier<String> text) {
        this.text = text;
        thread = Thread.ofPlatform().name("progress").daemon().start(this::repeat);
    }

    private void repeat() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(terminal ? TERMINAL_MILLIS : FILE_MILLIS);
                show();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private synchronized void show() {
        String line = text.get();
        if (terminal) {
            err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            err.flush();
            width = line.length();
        } else {
            err.println(line);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        show();
        if (terminal) {
            err.println();
        }
    }
}
