package marlab.app.shell;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import marlab.app.fx.Fx;
import marlab.app.text.Figures;
import marlab.app.text.Messages;

/// One task with files at a time, off the FX thread. What takes longer than half a second is told
/// in the message bar, with the time left and a way to cancel it. FX thread.
final class Errand {

    private static final long QUICK = 500_000_000;

    /// Reads or writes something; an interrupt ends it with an exception.
    @FunctionalInterface
    interface Work<T> {

        /// @param heard is told how much is done, from 0 to 1
        T run(DoubleConsumer heard) throws IOException;
    }

    private final MessageBar messages;
    private final MessageBar.Action cancel =
            new MessageBar.Action(Messages.text("errand.cancel"), this::cancel);
    private String doing; // null while there is nothing to do
    private Thread thread;
    private long since;
    private String told = "";
    private int ticket;
    private volatile double part;

    Errand(MessageBar messages) {
        this.messages = messages;
    }

    /// Begins; what goes on already is cancelled.
    ///
    /// @param what what is being done, in a few words, for instance "Opening spread.marlab-replay"
    /// @param done gets the result
    /// @param failed gets what went wrong, unless it was cancelled
    <T> void run(String what, Work<T> work, Consumer<T> done, Consumer<Exception> failed) {
        cancel();
        int mine = ticket;
        doing = what;
        part = 0;
        since = System.nanoTime();
        thread =
                new Thread(
                        () -> {
                            try {
                                T result = work.run(now -> part = now);
                                Fx.later(() -> end(mine, () -> done.accept(result)));
                            } catch (IOException | RuntimeException e) {
                                Fx.later(() -> end(mine, () -> failed.accept(e)));
                            }
                        },
                        "errand");
        thread.start(); // no daemon: a file is written before the program ends
    }

    private void end(int mine, Runnable then) {
        if (mine == ticket) {
            forget();
            then.run();
        }
    }

    private void forget() {
        ticket++;
        doing = null;
        thread = null;
        if (messages.said().equals(told)) {
            messages.dismiss();
        }
        told = "";
    }

    /// Ends what goes on; nothing comes of it.
    void cancel() {
        if (thread != null) {
            thread.interrupt();
        }
        forget();
    }

    /// True while something is being done.
    boolean busy() {
        return doing != null;
    }

    /// Says how far it is.
    void telemetry() {
        long passed = System.nanoTime() - since;
        if (doing == null || passed < QUICK) {
            return;
        }
        double done = part;
        String next =
                done < 0.02
                        ? Messages.text("errand.begun", doing)
                        : Messages.text(
                                "errand.goes",
                                doing,
                                Figures.whole(Math.round(100 * done)),
                                Figures.whole((long) Math.ceil(passed * 1e-9 * (1 - done) / done)));
        told = next;
        messages.say(told, cancel);
    }
}
