package marlab.learning.algo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// A learner whose units learn side by side, each from its own roll-out.
final class IndependentUnits implements Learner {

    private final List<Unit> units;
    private final List<UnitLearner> learners = new ArrayList<>();

    /// @param make makes the learner of the unit with this index
    IndependentUnits(Setup setup, IntFunction<UnitLearner> make) {
        units = setup.units();
        for (int u = 0; u < units.size(); u++) {
            learners.add(make.apply(u));
        }
    }

    @Override
    public List<Behaviour> behaviours() {
        return learners.stream().map(UnitLearner::behaviour).toList();
    }

    @Override
    public List<Figure> update(Experience experience, double progress, Workers workers) {
        List<Figure> figures = new ArrayList<>();
        for (int u = 0; u < units.size(); u++) {
            String who = units.size() == 1 ? "" : units.get(u).name();
            figures.addAll(learners.get(u).update(experience.rollout(u), progress, workers, who));
        }
        return figures;
    }

    @Override
    public void persist(Persistence state) throws IOException {
        for (int u = 0; u < units.size(); u++) {
            learners.get(u).persist(state, units.get(u).name());
        }
    }
}
