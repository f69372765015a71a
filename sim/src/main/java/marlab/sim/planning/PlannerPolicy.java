package marlab.sim.planning;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;

/// Moves all agents of a world that is a {@link GridWorld} by a planner that sees everything. Needs
/// no learning; never fails: who has no way stays.
public final class PlannerPolicy implements Policy {

    /// Steps that {@link #prioritised()} looks ahead.
    public static final int WINDOW = 16;

    private final Function<Crowd, Planner> maker;
    private Crowd crowd;
    private Planner planner;

    private PlannerPolicy(Function<Crowd, Planner> maker) {
        this.maker = maker;
    }

    /// Priority inheritance with backtracking, see Okumura et al. 2022: every step is free of
    /// conflicts, in time for thousands.
    public static Policy pibt() {
        return new PlannerPolicy(Pibt::new);
    }

    /// Windowed prioritised planning, see Silver 2005.
    public static Policy prioritised() {
        return prioritised(WINDOW);
    }

    /// Prioritised planning with this many steps at a time; half of them are walked.
    public static Policy prioritised(int window) {
        return new PlannerPolicy(crowd -> new PrioritisedPlanning(crowd, window));
    }

    /// Everybody for itself on a shortest path, with a random action where stuck: POGEMA's A\*
    /// baseline.
    public static Policy shortestPath() {
        return new PlannerPolicy(ShortestPath::new);
    }

    /// All of them as scripts by name, the best first.
    public static Map<String, Policy> scripts() {
        Map<String, Policy> scripts = new LinkedHashMap<>();
        scripts.put("pibt", pibt());
        scripts.put("prioritised", prioritised());
        scripts.put("astar", shortestPath());
        return scripts;
    }

    @Override
    public void episodeBegins(ParallelEnv env) {
        planner = null;
    }

    /// @param env must be a {@link GridWorld}, too
    @Override
    public void act(ParallelEnv env, Decision into, RandomGenerator random) {
        GridWorld world = (GridWorld) env;
        if (planner != null && crowd.follows(world)) {
            crowd.read(world);
        } else {
            crowd = crowd == null ? Crowd.of(world) : crowd.again(world);
            planner = maker.apply(crowd);
        }
        planner.plan(random);
        Arrays.fill(into.probabilities, 0);
        for (int i = 0; i < crowd.agents; i++) {
            into.actions.choose(i, crowd.move[i]);
            into.probabilities[i * into.choicesPerAgent + crowd.move[i]] = 1;
        }
    }
}
