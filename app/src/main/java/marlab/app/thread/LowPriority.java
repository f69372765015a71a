package marlab.app.thread;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/// Lets the picture go first: on Linux the JVM ignores thread priorities, so a busy thread in the
/// background makes frames late. There, a thread can lower its own priority and that of the threads
/// it starts.
public final class LowPriority {

    private static final int NICER = 10;

    private LowPriority() {}

    /// Lowers the priority of the calling thread and of those that it starts from now on; does
    /// nothing where that can't be done for single threads.
    @SuppressWarnings("restricted") // calls nice(2) of the C library, which only takes a number
    public static void take() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup()
                .find("nice")
                .map(address ->
                        linker.downcallHandle(
                                address,
                                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)))
                .ifPresent(LowPriority::call);
    }

    private static void call(MethodHandle nice) {
        try {
            int _ = (int) nice.invokeExact(NICER);
        } catch (Throwable e) { // a picture that is a little late is no reason not to train
            System.getLogger("marlab").log(System.Logger.Level.DEBUG, "priority unchanged", e);
        }
    }
}
