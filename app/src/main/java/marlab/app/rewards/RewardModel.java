package marlab.app.rewards;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import marlab.sim.reward.RewardTerm;
import marlab.sim.reward.RewardWeights;

/// The weights as the person set them, with undo and redo. Every change is told once to whoever
/// learns from them. FX thread.
public final class RewardModel {

    private final List<RewardTerm> terms;
    private final RewardWeights defaults;
    private final ReadOnlyObjectWrapper<RewardWeights> weights = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper undoable = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper redoable = new ReadOnlyIntegerWrapper();
    private final BooleanProperty pending = new SimpleBooleanProperty();
    private final Deque<RewardWeights> before = new ArrayDeque<>();
    private final Deque<RewardWeights> after = new ArrayDeque<>();
    private final Consumer<RewardWeights> edits;
    private RewardWeights live;

    /// Starts from the world's own weights.
    ///
    /// @param edits is told about every change
    public RewardModel(
            List<RewardTerm> terms, RewardWeights defaults, Consumer<RewardWeights> edits) {
        this(terms, defaults, defaults, edits);
    }

    /// @param defaults the weights that the world comes with
    /// @param start the weights to begin with
    /// @param edits is told about every change
    public RewardModel(
            List<RewardTerm> terms,
            RewardWeights defaults,
            RewardWeights start,
            Consumer<RewardWeights> edits) {
        this.terms = List.copyOf(terms);
        this.defaults = defaults;
        this.edits = edits;
        live = start;
        weights.set(start);
    }

    /// The terms, in the order of the weights.
    public List<RewardTerm> terms() {
        return terms;
    }

    /// The weights that the world comes with.
    public RewardWeights defaults() {
        return defaults;
    }

    /// The weights as set, in force or soon to be.
    public ReadOnlyObjectProperty<RewardWeights> weights() {
        return weights.getReadOnlyProperty();
    }

    /// The weights in force.
    public RewardWeights live() {
        return live;
    }

    /// True while a change waits for the next roll-out.
    public ReadOnlyBooleanProperty pending() {
        return pending;
    }

    /// Number of changes that can be undone.
    public ReadOnlyIntegerProperty undoable() {
        return undoable.getReadOnlyProperty();
    }

    /// Number of changes that can be done again.
    public ReadOnlyIntegerProperty redoable() {
        return redoable.getReadOnlyProperty();
    }

    /// Changes the weights; nothing happens when they are what they were.
    public void edit(RewardWeights changed) {
        if (!changed.equals(weights.get())) {
            before.push(weights.get());
            after.clear();
            use(changed);
        }
    }

    /// Back to the world's own weights; can be undone.
    public void resetAll() {
        edit(defaults);
    }

    /// Takes the last change back, if there is one.
    public void undo() {
        if (!before.isEmpty()) {
            after.push(weights.get());
            use(before.pop());
        }
    }

    /// Does the change taken back last again, if there is one.
    public void redo() {
        if (!after.isEmpty()) {
            before.push(weights.get());
            use(after.pop());
        }
    }

    private void use(RewardWeights changed) {
        undoable.set(before.size());
        redoable.set(after.size());
        weights.set(changed);
        edits.accept(changed);
    }

    /// Says whether the change told last waits for a roll-out.
    public void pending(boolean waits) {
        if (!waits) {
            live = weights.get();
        }
        pending.set(waits);
    }
}
