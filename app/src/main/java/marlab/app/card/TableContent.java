package marlab.app.card;

import java.util.function.Supplier;

/// A card that shows numbers, which can be saved as comma-separated values.
public interface TableContent {

    /// The numbers as they are now: complete, exact, with a line of names on top. Called on the FX
    /// thread and quick; the text is made elsewhere. Null while there are no numbers.
    Supplier<String> table();
}
