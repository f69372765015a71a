package marlab.sim.planning;

/// Who will stand where at which of the next steps.
final class Reservations {

    private final int size;
    private final int[] agent; // [times × places], agent + 1

    /// Room for times 0 to `window`.
    Reservations(PaddedMap map, int window) {
        size = map.size;
        agent = new int[(window + 1) * size];
    }

    /// True when somebody will be there.
    boolean taken(int time, int place) {
        return agent[time * size + place] != 0;
    }

    /// True when somebody will go the other way between a time and the next.
    boolean swaps(int time, int from, int to) {
        int other = agent[time * size + to];
        return other != 0 && agent[(time + 1) * size + from] == other;
    }

    /// Reserves what is still to be had.
    void take(int time, int place, int who) {
        if (!taken(time, place)) {
            agent[time * size + place] = who + 1;
        }
    }

    /// Gives back what this agent has.
    void free(int time, int place, int who) {
        if (agent[time * size + place] == who + 1) {
            agent[time * size + place] = 0;
        }
    }
}
