package marlab.app.transport;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;

/// State of the transport: what runs, how fast, from which seed. FX thread.
public final class TransportModel {

    /// The button that a person most likely wants next.
    public enum Wanted {
        WATCH,
        TRAIN,
        NOTHING
    }

    /// What the train button shows.
    public enum Training {
        OFF,
        ON,
        STOPPING
    }

    private final BooleanProperty watching = new SimpleBooleanProperty(true);
    private final ObjectProperty<Training> training = new SimpleObjectProperty<>(Training.OFF);
    private final ObjectProperty<Speed> speed = new SimpleObjectProperty<>(Speed.X1);
    private final LongProperty seed = new SimpleLongProperty();
    private final BooleanProperty locked = new SimpleBooleanProperty();

    /// Starts with this seed, unlocked.
    public TransportModel(long seed) {
        this.seed.set(seed);
    }

    /// True while the world runs.
    public BooleanProperty watching() {
        return watching;
    }

    /// What the learner does, as far as its button cares.
    public ObjectProperty<Training> training() {
        return training;
    }

    /// Speed of the watched world.
    public ObjectProperty<Speed> speed() {
        return speed;
    }

    /// The seed that is shown: of Setup and of Train.
    public LongProperty seed() {
        return seed;
    }

    /// True when every Setup repeats the seed.
    public BooleanProperty locked() {
        return locked;
    }

    /// The seed of the next Setup: the same when locked, else a new number, which is shown.
    public long seedForSetup() {
        if (!locked.get()) {
            seed.set((seed.get() + 1) % 1_000_000_000);
        }
        return seed.get();
    }

    /// Which button to colour.
    public Wanted wanted() {
        if (training.get() == Training.OFF) {
            return Wanted.TRAIN;
        }
        return watching.get() ? Wanted.NOTHING : Wanted.WATCH;
    }
}
