package marlab.sim.world.particle;

/// Which of some bodies an agent sees where it sees only the nearest: MPE2's partial observability
/// (`mpe2/_mpe_utils/partial_observability.py`). Allocates nothing after it was made.
final class Neighbours {

    private final ParticlePhysics bodies;
    private final int[] nearest;
    private final double[] distance;
    private int count;

    Neighbours(ParticlePhysics bodies) {
        this.bodies = bodies;
        nearest = new int[bodies.bodies];
        distance = new double[bodies.bodies];
    }

    /// How many slots an agent has for others: all of them where the option is 0.
    static int slots(int option, int others) {
        return option == 0 ? others : option;
    }

    /// Puts the bodies from `from` up to, not including, `to` in order, the observer left out: by
    /// distance, or by number where the option is 0.
    Neighbours look(int agent, int from, int to, int option) {
        count = 0;
        for (int j = from; j < to; j++) {
            if (j == agent) {
                continue;
            }
            double d = option == 0 ? 0 : bodies.distance(agent, j);
            int slot = count++;
            while (slot > 0 && distance[slot - 1] > d) {
                distance[slot] = distance[slot - 1];
                nearest[slot] = nearest[slot - 1];
                slot--;
            }
            distance[slot] = d;
            nearest[slot] = j;
        }
        return this;
    }

    /// The body in this slot, −1 where the slot is empty.
    int in(int slot) {
        return slot < count ? nearest[slot] : -1;
    }

    /// Writes the relative positions of the first bodies, zeros in empty slots.
    ///
    /// @return the place after them
    int positions(int agent, int slots, double[] into, int at) {
        int k = at;
        for (int s = 0; s < slots; s++) {
            int j = in(s);
            into[k++] = j < 0 ? 0 : bodies.x[j] - bodies.x[agent];
            into[k++] = j < 0 ? 0 : bodies.y[j] - bodies.y[agent];
        }
        return k;
    }
}
