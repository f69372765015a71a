package marlab.sim.world.dilemma;

import java.util.LinkedHashMap;
import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;

/// A small world under test: a map, agents that are put where a test wants them.
final class Grid {

    static final int LEFT = 0;
    static final int RIGHT = 1;
    static final int AHEAD = 2;
    static final int BACK = 3;
    static final int STAY = 4;
    static final int TURN_RIGHT = 5;
    static final int TURN_LEFT = 6;
    static final int FIRE = 7;
    static final int CLEAN = 8;

    final GridDilemma env;
    private final Actions actions;

    private Grid(WorldProvider world, int agents, String map, String... more) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("agents", Integer.toString(agents));
        options.put("map", map + "\n");
        for (int k = 0; k < more.length; k += 2) {
            options.put(more[k], more[k + 1]);
        }
        env = (GridDilemma) world.create(world.configure(options));
        actions = new Actions(env.spec());
        env.reset(1);
    }

    static Grid harvest(int agents, String map, String... more) {
        return new Grid(new CommonsHarvest(), agents, map, more);
    }

    static Grid cleanup(int agents, String map, String... more) {
        return new Grid(new Cleanup(), agents, map, more);
    }

    /// Puts agents: row, column, heading of each.
    Grid at(int... places) {
        for (int i = 0; i < places.length / 3; i++) {
            env.place(i, places[3 * i], places[3 * i + 1], places[3 * i + 2]);
        }
        env.stand();
        return this;
    }

    StepResult step(int... choices) {
        for (int i = 0; i < choices.length; i++) {
            actions.choose(i, choices[i]);
        }
        return env.step(actions);
    }

    double term(StepResult result, int agent, String name) {
        return result.terms[agent * env.spec().terms().size() + env.spec().termIndex(name)];
    }

    /// The ground as rows of letters.
    String ground() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < env.rows(); row++) {
            for (int column = 0; column < env.columns(); column++) {
                text.append(env.letter(row, column));
            }
            text.append('\n');
        }
        return text.toString();
    }

    int count(char letter) {
        return (int) ground().chars().filter(c -> c == letter).count();
    }

    boolean isAt(int agent, int row, int column) {
        return env.row(agent) == row && env.column(agent) == column;
    }
}
