package marlab.app.training;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// How the next run will learn. Changed on the FX thread, read on any.
public final class LearningModel {

    private final ReadOnlyObjectWrapper<Learning> shown;
    private volatile Learning now;

    /// A model that begins like this.
    public LearningModel(Learning first) {
        shown = new ReadOnlyObjectWrapper<>(first);
        now = first;
    }

    /// How the next run will learn. Any thread.
    public Learning now() {
        return now;
    }

    /// The same, to follow. FX thread.
    public ReadOnlyObjectProperty<Learning> shown() {
        return shown.getReadOnlyProperty();
    }

    /// From now on like this. FX thread.
    public void set(Learning how) {
        now = how;
        shown.set(how);
    }
}
