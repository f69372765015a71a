package marlab.sim.planning;

/// Who stands where in a grid world and wants to go where, as planners see it.
final class Crowd {

    /// Number of agents.
    final int agents;

    /// The obstacles.
    final PaddedMap map;

    /// Ways to goals.
    final DistanceFields fields;

    /// Place of every agent.
    final int[] at;

    /// Place that every agent wants to reach.
    final int[] goal;

    /// False for agents that have left the grid.
    final boolean[] active;

    /// What planners decide: an action for every agent.
    final int[] move;

    private int version;

    /// A crowd on these obstacles.
    Crowd(PaddedMap map, DistanceFields fields, int agents) {
        this.agents = agents;
        this.map = map;
        this.fields = fields;
        at = new int[agents];
        goal = new int[agents];
        active = new boolean[agents];
        move = new int[agents];
    }

    /// The crowd of a world.
    static Crowd of(GridWorld world) {
        PaddedMap map = new PaddedMap(world);
        Crowd crowd = new Crowd(map, new DistanceFields(map), world.agents());
        crowd.read(world);
        return crowd;
    }

    /// The same map with its fields, if the world still has it, for as many agents as there are
    /// now.
    Crowd again(GridWorld world) {
        if (!map.shows(world)) {
            return of(world);
        }
        Crowd crowd = new Crowd(map, fields, world.agents());
        crowd.read(world);
        return crowd;
    }

    /// True when nothing but agents and goals has changed since the last {@link #read}.
    boolean follows(GridWorld world) {
        return world.mapVersion() == version && world.agents() == agents;
    }

    /// Takes note of where everybody is.
    void read(GridWorld world) {
        version = world.mapVersion();
        fields.tick();
        for (int i = 0; i < agents; i++) {
            active[i] = world.active(i);
            at[i] = map.place(world.cellOf(i));
            goal[i] = map.place(world.goalOf(i));
        }
    }

    /// True when there is a way from an agent to its goal.
    boolean connected(int agent) {
        return map.component[at[agent]] == map.component[goal[agent]];
    }
}
