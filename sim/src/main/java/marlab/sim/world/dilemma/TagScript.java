package marlab.sim.world.dilemma;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;

/// Goes for the nearest apple; may shoot at those in line and clean the river. Reads the world's
/// true state instead of the agents' views.
final class TagScript implements Policy {

    /// Cells up to which a shooter turns towards somebody in line.
    private static final int NOTICES = 6;

    private final TagRules rules;
    private final boolean shoots;
    private final int spares;
    private final int cleaners;
    private final int[] distance;
    private final int[] queue;

    /// @param shoots fires at whoever is in the beam
    /// @param spares leaves an apple alone that has fewer live neighbours than this
    /// @param cleaners how many agents, from the first on, look after the river
    TagScript(TagRules rules, boolean shoots, int spares, int cleaners) {
        this.rules = rules;
        this.shoots = shoots;
        this.spares = spares;
        this.cleaners = cleaners;
        distance = new int[rules.map().ground().length];
        queue = new int[distance.length];
    }

    @Override
    public void act(ParallelEnv env, Decision into, RandomGenerator random) {
        TagOut world = (TagOut) env;
        for (int i = 0; i < rules.agents(); i++) {
            into.actions.choose(i, world.timeout(i) > 1 ? TagOut.STAND : choose(world, i, random));
        }
    }

    private int choose(TagOut world, int i, RandomGenerator random) {
        if (shoots) {
            int shot = shot(world, i);
            if (shot >= 0) {
                return shot;
            }
        }
        boolean cleaning = i < cleaners && world.density() > 0.1;
        if (cleaning && dirtInReach(world, i) >= 2) {
            return TagOut.CLEAN;
        }
        seed(world, cleaning);
        if (queue[0] < 0) {
            return random.nextInt(TagOut.FIRE);
        }
        return toward(world, i, cleaning, random);
    }

    /// Fires when somebody is in the beam, turns when somebody near could be; −1 for neither.
    private int shot(TagOut world, int i) {
        for (int j = 0; j < rules.agents(); j++) {
            if (j != i && world.timeout(j) == 0 && world.inBeam(i, world.row(j), world.column(j))) {
                return TagOut.FIRE;
            }
        }
        for (int j = 0; j < rules.agents(); j++) {
            int down = world.row(j) - world.row(i);
            int right = world.column(j) - world.column(i);
            int far = Math.abs(down) + Math.abs(right);
            boolean inLine = (down == 0) != (right == 0);
            if (j != i && world.timeout(j) == 0 && inLine && far <= NOTICES) {
                int way = down < 0 ? 0 : right > 0 ? 1 : down > 0 ? 2 : 3;
                return (way - world.facing(i) & 3) == 3 ? TagOut.TURN_LEFT : TagOut.TURN_RIGHT;
            }
        }
        return -1;
    }

    private int dirtInReach(TagOut world, int i) {
        int count = 0;
        int[] river = rules.map().river();
        for (int k = 0; k < river.length; k++) {
            int columns = rules.map().columns();
            boolean near = world.inBeam(i, river[k] / columns, river[k] % columns);
            count += world.waste(k) && near ? 1 : 0;
        }
        return count;
    }

    /// Fills the distances of all cells to the nearest goal; the queue begins with −1 when there is
    /// none.
    private void seed(TagOut world, boolean cleaning) {
        Arrays.fill(distance, Integer.MAX_VALUE);
        queue[0] = -1;
        int tail = 0;
        int[] goals = cleaning ? rules.map().river() : rules.map().apples();
        for (int k = 0; k < goals.length; k++) {
            boolean wanted =
                    cleaning ? world.waste(k) : world.apple(k) && world.liveNear(k) >= spares;
            if (wanted) {
                distance[goals[k]] = 0;
                queue[tail++] = goals[k];
            }
        }
        int columns = rules.map().columns();
        for (int head = 0; head < tail; head++) {
            int row = queue[head] / columns;
            int column = queue[head] % columns;
            for (int way = 0; way < 4; way++) {
                int r = row + TagOut.DOWN[way];
                int c = column + TagOut.RIGHT[way];
                int next = r * columns + c;
                if (!rules.map().blocked(r, c) && distance[next] == Integer.MAX_VALUE) {
                    distance[next] = distance[queue[head]] + 1;
                    queue[tail++] = next;
                }
            }
        }
    }

    /// The move that brings it nearer, straight on where that is one of them; where others are, the
    /// rest is chance, so that not everybody walks in one cell.
    private int toward(TagOut world, int i, boolean cleaning, RandomGenerator random) {
        int columns = rules.map().columns();
        int here = world.row(i) * columns + world.column(i);
        if (distance[here] == 0 && !cleaning) {
            return TagOut.STAND; // it is eaten in this step
        }
        int facing = world.facing(i);
        int from = random.nextInt(4);
        int best = -1;
        int shortest = distance[here];
        for (int k = 0; k < 5; k++) {
            int way = k == 0 ? facing : from + k & 3;
            int r = world.row(i) + TagOut.DOWN[way];
            int c = world.column(i) + TagOut.RIGHT[way];
            if (avoided(world, r, c)) {
                continue;
            }
            if (distance[r * columns + c] < shortest) {
                shortest = distance[r * columns + c];
                best = way;
            }
        }
        if (best < 0) {
            return random.nextInt(TagOut.FIRE);
        }
        return move(best - facing & 3, cleaning);
    }

    /// Walls, and apples that are to be spared.
    private boolean avoided(TagOut world, int r, int c) {
        if (rules.map().blocked(r, c)) {
            return true;
        }
        int apple = world.appleAt(r * rules.map().columns() + c);
        return apple >= 0 && world.apple(apple) && world.liveNear(apple) < spares;
    }

    /// The action that goes a number of quarter turns to the right; cleaners turn, so that they
    /// look where the dirt is.
    private static int move(int turn, boolean turning) {
        return switch (turn) {
            case 0 -> TagOut.FORWARD;
            case 1 -> turning ? TagOut.TURN_RIGHT : 3;
            case 2 -> turning ? TagOut.TURN_RIGHT : 1;
            default -> turning ? TagOut.TURN_LEFT : 2;
        };
    }
}
