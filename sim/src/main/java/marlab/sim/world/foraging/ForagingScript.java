package marlab.sim.world.foraging;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;

/// Scripts that read the true state. Together: the nearest food that a team of free players can
/// lift gets the nearest of them, again and again; a team loads when enough of it have arrived.
/// Greedy: everyone goes to the nearest food and loads, whether or not that can succeed.
final class ForagingScript implements Policy {

    private static final int FAR = 1 << 20;

    private final boolean together;
    private LevelBasedForaging.Env env;
    private int[][] away; // [food][cell] steps to a cell beside the food
    private int[] way; // the same for one player among those who stand still
    private int[] queue;
    private boolean[] food;
    private boolean[] standing;
    private boolean[] taken;
    private int[] goal; // per player a food, −1 for none
    private int[] team; // players of the team that is being chosen
    private int teamSize;

    ForagingScript(boolean together) {
        this.together = together;
    }

    @Override
    public void act(ParallelEnv copy, Decision into, RandomGenerator random) {
        if (env != copy) {
            take((LevelBasedForaging.Env) copy);
        }
        survey();
        if (together) {
            formTeams();
        } else {
            everyoneToItsNearest();
        }
        for (int i = 0; i < env.players; i++) {
            standing[cell(i)] |= goal[i] < 0 || away[goal[i]][cell(i)] == 0;
        }
        for (int i = 0; i < env.players; i++) {
            int action = decide(i, random);
            into.actions.choose(i, action);
            for (int a = 0; a <= LevelBasedForaging.LOAD; a++) {
                into.probabilities[i * into.choicesPerAgent + a] = a == action ? 1 : 0;
            }
        }
    }

    private void take(LevelBasedForaging.Env copy) {
        env = copy;
        int cells = env.rows * env.columns;
        away = new int[env.foods][cells];
        way = new int[cells];
        queue = new int[cells];
        food = new boolean[cells];
        standing = new boolean[cells];
        taken = new boolean[cells];
        goal = new int[env.players];
        team = new int[4];
    }

    private int cell(int player) {
        return env.row[player] * env.columns + env.column[player];
    }

    private void survey() {
        Arrays.fill(food, false);
        Arrays.fill(standing, false);
        Arrays.fill(taken, false);
        Arrays.fill(goal, -1);
        for (int k = 0; k < env.foods; k++) {
            if (env.foodLeft[k] != 0) {
                food[env.foodRow[k] * env.columns + env.foodColumn[k]] = true;
            }
        }
        for (int k = 0; k < env.foods; k++) {
            if (env.foodLeft[k] != 0) {
                spread(k, away[k]);
            }
        }
    }

    /// Steps from every cell to one beside the food, round food and those who stand still.
    private void spread(int k, int[] steps) {
        Arrays.fill(steps, FAR);
        int start = env.foodRow[k] * env.columns + env.foodColumn[k];
        steps[start] = -1;
        queue[0] = start;
        int end = 1;
        for (int head = 0; head < end; head++) {
            for (int a = 1; a <= 4; a++) {
                int next = neighbour(queue[head], a);
                if (next >= 0 && steps[next] == FAR && !food[next] && !standing[next]) {
                    steps[next] = steps[queue[head]] + 1;
                    queue[end++] = next;
                }
            }
        }
        steps[start] = FAR;
    }

    private int neighbour(int cell, int action) {
        int r = cell / env.columns + (action == 1 ? -1 : action == 2 ? 1 : 0);
        int c = cell % env.columns + (action == 3 ? -1 : action == 4 ? 1 : 0);
        boolean inside = r >= 0 && c >= 0 && r < env.rows && c < env.columns;
        return inside ? r * env.columns + c : -1;
    }

    private void everyoneToItsNearest() {
        for (int i = 0; i < env.players; i++) {
            int nearest = FAR;
            for (int k = 0; k < env.foods; k++) {
                if (env.foodLeft[k] != 0 && away[k][cell(i)] < nearest) {
                    nearest = away[k][cell(i)];
                    goal[i] = k;
                }
            }
        }
    }

    private void formTeams() {
        for (int round = 0; round < env.foods; round++) {
            int best = -1;
            int soonest = FAR;
            for (int k = 0; k < env.foods; k++) {
                if (env.foodLeft[k] == 0 || hasTeam(k)) {
                    continue;
                }
                int arrival = choose(k);
                if (arrival < soonest) {
                    soonest = arrival;
                    best = k;
                }
            }
            if (best < 0) {
                return;
            }
            choose(best);
            for (int m = 0; m < teamSize; m++) {
                goal[team[m]] = best;
            }
        }
    }

    private boolean hasTeam(int k) {
        for (int each : goal) {
            if (each == k) {
                return true;
            }
        }
        return false;
    }

    /// Picks free players that can lift a food: the nearest, or where four of them are too weak,
    /// the strongest.
    ///
    /// @return steps until the last arrives, {@link #FAR} where nobody can
    private int choose(int k) {
        int arrival = pick(k, false);
        return arrival < FAR ? arrival : pick(k, true);
    }

    private int pick(int k, boolean strongest) {
        teamSize = 0;
        int strength = 0;
        int arrival = 0;
        while (strength < env.foodLevel[k]) {
            int next = teamSize < 4 ? nextFor(k, strongest) : -1;
            if (next < 0) {
                return FAR;
            }
            team[teamSize++] = next;
            strength += env.level[next];
            arrival = Math.max(arrival, away[k][cell(next)]);
        }
        return arrival;
    }

    private int nextFor(int k, boolean strongest) {
        int best = -1;
        int lowest = Integer.MAX_VALUE;
        for (int i = 0; i < env.players; i++) {
            int steps = away[k][cell(i)];
            int cost = strongest ? steps - FAR * env.level[i] : steps;
            if (goal[i] < 0 && steps < FAR && !inTeam(i) && cost < lowest) {
                lowest = cost;
                best = i;
            }
        }
        return best;
    }

    private boolean inTeam(int i) {
        for (int m = 0; m < teamSize; m++) {
            if (team[m] == i) {
                return true;
            }
        }
        return false;
    }

    private int decide(int i, RandomGenerator random) {
        if (goal[i] < 0) {
            return LevelBasedForaging.NONE;
        }
        int here = cell(i);
        if (away[goal[i]][here] == 0) {
            boolean load = !together || enough(goal[i]);
            return load ? LevelBasedForaging.LOAD : LevelBasedForaging.NONE;
        }
        if (!together && random.nextInt(10) == 0) {
            return LevelBasedForaging.NONE; // or two who want the same cell never get by
        }
        spread(goal[i], way);
        int first = 1 + random.nextInt(4);
        int best = LevelBasedForaging.NONE;
        int nearest = FAR;
        for (int k = 0; k < 4; k++) {
            int action = 1 + (first + k) % 4;
            int next = neighbour(here, action);
            if (next >= 0 && !taken[next] && way[next] < nearest) {
                nearest = way[next];
                best = action;
            }
        }
        if (best != LevelBasedForaging.NONE && together) {
            taken[neighbour(here, best)] = true;
        }
        return best;
    }

    /// True when those of the team who stand beside the food can lift it.
    private boolean enough(int k) {
        int strength = 0;
        for (int i = 0; i < env.players; i++) {
            strength += goal[i] == k && away[k][cell(i)] == 0 ? env.level[i] : 0;
        }
        return strength >= env.foodLevel[k];
    }
}
