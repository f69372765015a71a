package marlab.sim.world.dilemma;

import java.util.ArrayList;
import java.util.List;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Metric;
import marlab.sim.env.ReturnDialect;
import marlab.sim.reward.RewardTerm;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import marlab.sim.space.EntitySet;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// Everything that can be set about a tag-out world (see {@link TagOut}), and what its spaces,
/// terms and metrics then are.
///
/// @param world name of the world
/// @param map the ground
/// @param agents how many
/// @param horizon steps of an episode
/// @param ahead cells that an agent sees ahead
/// @param side cells that it sees to either side
/// @param beamLength cells that beams reach
/// @param beamWidth cells across; an even number counts as the odd one above
/// @param hitsToTag hits that put an agent out
/// @param timeout steps that it is out
/// @param respawn what brings apples back
/// @param respawnTime TIMER: respawn phases until an eaten apple is back
/// @param fireCost reward that a shot costs
/// @param firePenalty reward that being hit costs
/// @param cleanCost reward that cleaning costs
/// @param depletion RIVER: share of waste from which no apple grows
/// @param restoration RIVER: share of waste up to which apples grow fastest
/// @param wasteRate RIVER: probability of new waste in a step
/// @param appleRate RIVER: probability of an apple per free cell and step, at the fastest
public record TagRules(
        String world,
        TagMap map,
        int agents,
        int horizon,
        int ahead,
        int side,
        int beamLength,
        int beamWidth,
        int hitsToTag,
        int timeout,
        Respawn respawn,
        int respawnTime,
        double fireCost,
        double firePenalty,
        double cleanCost,
        double depletion,
        double restoration,
        double wasteRate,
        double appleRate) {

    /// What brings apples back.
    public enum Respawn {
        /// A fixed time after each was eaten.
        TIMER,
        /// Live apples within two cells, diagonals included.
        NEIGHBOURS,
        /// A river that is not too dirty.
        RIVER
    }

    /// Channels of the picture that an agent sees. A cell shows one thing: agents (the one with the
    /// lowest index) hide a beam, that hides a spray, and so on down the list.
    static final List<String> CHANNELS =
            List.of(
                    "others",
                    "others out",
                    "beam",
                    "walls",
                    "apples",
                    "spray",
                    "waste",
                    "river",
                    "stream");

    static final int OTHER = 0;
    static final int OUT = 1;
    static final int BEAM = 2;
    static final int WALL = 3;
    static final int APPLE = 4;
    static final int SPRAY = 5;
    static final int WASTE = 6;
    static final int RIVER = 7;
    static final int STREAM = 8;
    private static final int DRY_CHANNELS = 5;
    static final int NOTHING = -1;

    /// Numbers about an agent itself that stand before its picture: orientation, waiting, hits.
    static final int OWN = 6;

    /// True where there is a river, and agents can clean it.
    boolean wet() {
        return respawn == Respawn.RIVER;
    }

    int viewRows() {
        return ahead + 1;
    }

    int viewColumns() {
        return 2 * side + 1;
    }

    /// Channels of an agent's picture.
    int channels() {
        return wet() ? CHANNELS.size() : DRY_CHANNELS;
    }

    EnvSpec spec(int stateSize) {
        List<AgentId> members = new ArrayList<>();
        for (int i = 0; i < agents; i++) {
            members.add(new AgentId(i, "agent_" + i));
        }
        List<Push> parts =
                new ArrayList<>(
                        List.of(
                                new Push("forward", 0, 1),
                                new Push("backward", 0, -1),
                                new Push("step left", -1, 0),
                                new Push("step right", 1, 0),
                                Push.act("turn left", 'Q'),
                                Push.act("turn right", 'E'),
                                Push.act("beam", ' '),
                                new Push("stand", 0, 0)));
        if (wet()) {
            parts.add(Push.act("clean", 'C'));
        }
        AgentGroup group =
                new AgentGroup(
                        "agents",
                        members,
                        observation(false),
                        observation(true),
                        new ActionSpace.Discrete(parts));
        return new EnvSpec(world, List.of(group), terms(), metrics(), DIALECTS, horizon, stateSize);
    }

    /// Own numbers and the picture; a central critic also knows where everybody is.
    private ObservationSpace observation(boolean central) {
        List<Field> own = new ArrayList<>();
        own.add(Field.own("orientation", FieldKind.SYMBOL, "", 0, 1, 4, 0));
        own.add(Field.own("waiting", FieldKind.SCALAR, "of timeout", 0, 1, 1, 4));
        own.add(Field.own("hits", FieldKind.SCALAR, "of hits to tag", 0, 1, 1, 5));
        List<String> layers = CHANNELS.subList(0, channels());
        own.add(Field.grid("view", layers, viewRows(), viewColumns(), 1, OWN));
        int at = OWN + layers.size() * viewRows() * viewColumns();
        if (!central) {
            return new ObservationSpace(own, List.of(), at);
        }
        own.add(Field.own("apples", FieldKind.SCALAR, "of cells", 0, 1, 1, at));
        own.add(Field.own("waste", FieldKind.SCALAR, "of river", 0, 1, 1, at + 1));
        own.add(Field.own("place", FieldKind.SCALAR, "of map", 0, 1, 2, at + 2));
        int from = at + 4;
        EntitySet others =
                new EntitySet(
                        "others",
                        agents - 1,
                        List.of(
                                new Field("place", FieldKind.SCALAR, "of map", 0, 1, 2, from, 7),
                                new Field(
                                        "orientation", FieldKind.SYMBOL, "", 0, 1, 4, from + 2, 7),
                                new Field(
                                        "waiting",
                                        FieldKind.SCALAR,
                                        "of timeout",
                                        0,
                                        1,
                                        1,
                                        from + 6,
                                        7)));
        return new ObservationSpace(own, List.of(others), from + 7 * (agents - 1));
    }

    private List<RewardTerm> terms() {
        List<RewardTerm> terms = new ArrayList<>();
        terms.add(term("apples", "Eat apples", "apples", 1, "The apples that the agent eats."));
        terms.add(term("fired", "Save beams", "shots", fireCost, "Minus the agent's shots."));
        terms.add(
                term(
                        "struck",
                        "Avoid beams",
                        "hits",
                        firePenalty,
                        "Minus how often others hit the agent."));
        terms.add(term("strikes", "Hit others", "hits", 0, "How many others the agent hits."));
        if (wet()) {
            terms.add(
                    term(
                            "cleaned",
                            "Save sprays",
                            "sprays",
                            cleanCost,
                            "Minus how often the agent sprays."));
        }
        return terms;
    }

    private static RewardTerm term(
            String name, String label, String unit, double weight, String what) {
        return new RewardTerm(name, label, unit, false, weight, -100, 100, what);
    }

    private static Metric sum(String name, String label, String unit, String what) {
        return new Metric(name, label, unit, Metric.Over.SUM, what);
    }

    private List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(
                sum("R", "Return per agent", "reward", "Σ over steps of the agents' mean reward."));
        metrics.addAll(SocialMetrics.METRICS);
        metrics.add(sum("apples_eaten", "Apples eaten", "apples", "Apples that were eaten."));
        metrics.add(sum("shots", "Shots", "shots", "How often somebody fired the beam."));
        metrics.add(sum("tags", "Tags", "tags", "How often somebody was put out."));
        metrics.add(
                new Metric(
                        "apples_left",
                        "Apples",
                        "of cells",
                        Metric.Over.MEAN,
                        "Share of the apple cells that bear an apple, mean over the steps."));
        if (wet()) {
            metrics.add(
                    new Metric(
                            "waste",
                            "Waste",
                            "of river",
                            Metric.Over.MEAN,
                            "Share of the river that is dirty, mean over the steps."));
        }
        return metrics;
    }

    private static final List<ReturnDialect> DIALECTS =
            List.of(
                    new ReturnDialect("mean", "Mean per agent", "R", e -> e.metrics()[0]),
                    new ReturnDialect(
                            "collective",
                            "Collective, summed over agents",
                            "n·R",
                            e -> e.agents() * e.metrics()[0]),
                    new ReturnDialect(
                            "efficiency",
                            "Efficiency, collective per step",
                            "U = n·R/T",
                            e -> e.agents() * e.metrics()[0] / e.steps()));
}
