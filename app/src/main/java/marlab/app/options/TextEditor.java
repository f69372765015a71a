package marlab.app.options;

import java.util.Map;
import java.util.function.Consumer;
import marlab.sim.env.OptionSpec;

/// Changes a text option with something larger than a row of a form, for instance by painting.
@FunctionalInterface
public interface TextEditor {

    /// Begins. FX thread.
    ///
    /// @param text the value now
    /// @param done receives the options to set, if any; they are shown in the form and can still be
    ///   reverted
    void edit(OptionSpec.Text option, String text, Consumer<Map<String, String>> done);
}
