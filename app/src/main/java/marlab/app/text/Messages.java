package marlab.app.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The words on screen, from `messages.properties`. Any thread.
public final class Messages {

    private static final ResourceBundle BUNDLE =
            ResourceBundle.getBundle("marlab.assets.i18n.messages", Locale.ENGLISH);

    private Messages() {}

    /// The text with this key, as it is.
    public static String text(String key) {
        return BUNDLE.getString(key);
    }

    /// The text with this key, `{0}` and so on filled in with texts that are ready to show.
    public static String text(String key, Object... values) {
        return new MessageFormat(BUNDLE.getString(key), Locale.ENGLISH).format(values);
    }

    /// True when there is such a text.
    public static boolean has(String key) {
        return BUNDLE.containsKey(key);
    }
}
