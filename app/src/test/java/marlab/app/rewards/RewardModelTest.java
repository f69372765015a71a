package marlab.app.rewards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import marlab.sim.env.Worlds;
import marlab.sim.reward.RewardTerm;
import marlab.sim.reward.RewardWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewardModelTest {

    private static final List<RewardTerm> TERMS = terms();
    private static final RewardWeights DEFAULTS = RewardWeights.defaults(TERMS);

    private final List<RewardWeights> told = new ArrayList<>();
    private final RewardModel model = new RewardModel(TERMS, DEFAULTS, told::add);

    private static List<RewardTerm> terms() {
        var world = Worlds.named("simple_spread");
        return world.create(world.defaults()).spec().terms();
    }

    @Test
    void everyChangeIsToldOnce() {
        model.edit(DEFAULTS.withWeight(0, 1));
        model.edit(DEFAULTS.withWeight(0, 1));
        assertEquals(List.of(DEFAULTS.withWeight(0, 1)), told);
    }

    @Test
    void undoAndRedoAreChangesToo() {
        model.edit(DEFAULTS.withWeight(0, 1));
        model.undo();
        model.redo();
        assertEquals(3, told.size());
        assertEquals(DEFAULTS.withWeight(0, 1), model.weights().get());
        assertEquals(1, model.undoable().get());
        assertEquals(0, model.redoable().get());
    }

    @Test
    void aNewChangeForgetsWhatWasUndone() {
        model.edit(DEFAULTS.withShare(1));
        model.undo();
        model.edit(DEFAULTS.withShare(0.5));
        model.redo();
        assertEquals(0.5, model.weights().get().share());
    }

    @Test
    void resettingAllCanBeUndone() {
        model.edit(DEFAULTS.withShare(1));
        model.resetAll();
        assertEquals(DEFAULTS, model.weights().get());
        model.undo();
        assertEquals(1, model.weights().get().share());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "x", "", "1e999", "0x10", "1d", "2e6"})
    void textThatIsNoWeight(String text) {
        assertNotNull(WeightText.read(text, -1e6, 1e6).problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.5", "\u22120.5", "-0,5", " -.5 ", "-5e-1"})
    void textThatIsAWeight(String text) {
        WeightText.Reading reading = WeightText.read(text, -1e6, 1e6);
        assertNull(reading.problem());
        assertEquals(-0.5, reading.value());
    }
}
