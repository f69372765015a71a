package marlab.app;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether a window can be opened here, found out without loading JavaFX.
public final class DisplayCheck {

    private static final Pattern LOCAL_X = Pattern.compile("(unix)?:(\\d+)(\\.\\d+)?");

    private DisplayCheck() {}

    /// What is missing for a window, as one sentence; null when nothing is.
    public static String missing() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")
                || "Headless".equals(System.getProperty("glass.platform"))) {
            return null;
        }
        String display = System.getenv("DISPLAY");
        if (display == null || display.isBlank()) {
            return "There is no display (the variable DISPLAY is not set).";
        }
        Matcher local = LOCAL_X.matcher(display);
        if (local.matches() && !answers(local.group(2))) {
            return "There is no display (nothing answers at DISPLAY " + display + ").";
        }
        if (!present("libgtk-3.so.0")) {
            return "There is a display, but windows need the library GTK 3 (package libgtk-3-0).";
        }
        return null;
    }

    /// An X server listens on a socket file, on Linux also on one in the abstract namespace, which
    /// Java can't reach; servers open both unless told otherwise.
    private static boolean answers(String number) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of("/tmp/.X11-unix/X" + number));
        } catch (IOException e) {
            return false;
        }
    }

    @SuppressWarnings("restricted") // looks for the library only; nothing of it is called
    private static boolean present(String library) {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(library, arena);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
