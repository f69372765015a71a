package marlab.learning.algo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;
import marlab.sim.space.CanonicalView;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.SymmetryLevel;

/// What a critic of joint actions takes, from one agent's side: what that agent sees and does, then
/// what all others see and do. Agents that do not learn are seen, but what they do is not known.
///
/// The *joint* form is in the world's frame, agents in their order. The *canonical* form, the same
/// numbers with the task's symmetry taken out, turns everything into the frame of the agent's own
/// view and orders others that share one policy by their distance from it. It claims no more
/// symmetry than the views of the actors have: a value has only what its policies have.
///
/// Keeps scratch space; owned by one thread at a time.
final class JointInput {

    private static final int NOWHERE = -1;

    private final Agent[] agents;
    private final Agent[][] kinds;
    private final Agent[][] units;
    private final boolean ids;
    private final boolean sorted;
    private final int size;
    private final int stateSize;
    private final int jointWidth;
    private final float[] scratch;
    private final Agent[] order;
    private final double[] distance;

    /// @param view as critics see it
    /// @param actor as its actor sees it; null where it does not learn
    /// @param kind agents with equal numbers follow one policy
    /// @param actions choices or components; 0 where it does not learn
    /// @param stateAt where its observation stands in the state
    /// @param actionAt where its action stands in the joint action
    /// @param positionAt where its position stands in its observation
    private record Agent(
            CanonicalView view,
            CanonicalView actor,
            int kind,
            int actions,
            int stateAt,
            int actionAt,
            int positionAt) {}

    /// @param canonical which form
    JointInput(Setup setup, boolean canonical) {
        EnvSpec spec = setup.spec();
        SymmetryLevel level = canonical ? level(setup) : SymmetryLevel.NONE;
        ids = setup.agentIds();
        sorted = level != SymmetryLevel.NONE && !ids;
        agents = new Agent[spec.agentCount()];
        int[] kindOf = kinds(setup);
        Unit[] unitOf = new Unit[agents.length];
        for (Unit unit : setup.units()) {
            for (int m = 0; m < unit.members().size(); m++) {
                unitOf[unit.agent(spec, m)] = unit;
            }
        }
        int at = 0;
        int actions = 0;
        int widest = 0;
        int numbers = 0;
        for (AgentId id : spec.agents()) {
            int i = id.index();
            AgentGroup group = spec.groupOf(i);
            CanonicalView view = new CanonicalView(group.observation(), group.action(), level);
            CanonicalView actor = unitOf[i] == null ? null : setup.actorInput(unitOf[i]).view();
            int width = actor == null ? 0 : group.action().size();
            int position =
                    group.observation().own().stream()
                            .filter(f -> f.kind() == FieldKind.POSITION)
                            .mapToInt(Field::offset)
                            .findFirst()
                            .orElse(NOWHERE);
            agents[i] = new Agent(view, actor, kindOf[i], width, at, actions, position);
            at += group.observation().size();
            actions += width;
            widest = Math.max(widest, actor == null ? 0 : actor.size());
            numbers += view.size();
        }
        stateSize = at;
        jointWidth = actions;
        size = numbers + actions;
        scratch = new float[widest];
        order = new Agent[agents.length];
        distance = new double[agents.length];
        kinds = new Agent[agents.length][];
        for (int k = 0; k < agents.length; k++) {
            int kind = k;
            kinds[k] = Arrays.stream(agents).filter(a -> a.kind == kind).toArray(Agent[]::new);
        }
        units = new Agent[setup.units().size()][];
        for (int u = 0; u < units.length; u++) {
            Unit unit = setup.units().get(u);
            units[u] = new Agent[unit.members().size()];
            for (int m = 0; m < units[u].length; m++) {
                units[u][m] = agents[unit.agent(spec, m)];
            }
        }
    }

    /// The most symmetry that all views have.
    private static SymmetryLevel level(Setup setup) {
        return setup.spec().groups().stream()
                .map(g -> setup.network().level(g.observation(), g.action()))
                .min(SymmetryLevel::compareTo)
                .orElse(SymmetryLevel.NONE);
    }

    /// Per agent a number that those have who follow the same policy: its unit's, or, after those,
    /// its frozen group's.
    private static int[] kinds(Setup setup) {
        EnvSpec spec = setup.spec();
        int[] kinds = new int[spec.agentCount()];
        for (int g = 0; g < spec.groups().size(); g++) {
            for (AgentId agent : spec.groups().get(g).agents()) {
                kinds[agent.index()] = setup.units().size() + g;
            }
        }
        for (int u = 0; u < setup.units().size(); u++) {
            Unit unit = setup.units().get(u);
            for (int m = 0; m < unit.members().size(); m++) {
                kinds[unit.agent(spec, m)] = u;
            }
        }
        List<Integer> there = new ArrayList<>();
        for (int i = 0; i < kinds.length; i++) {
            if (!there.contains(kinds[i])) {
                there.add(kinds[i]);
            }
        }
        there.sort(null);
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = there.indexOf(kinds[i]);
        }
        return kinds;
    }

    /// Numbers of one input for a member of this unit.
    int size(int unit) {
        return size + (ids ? units[unit].length : 0);
    }

    /// Numbers of everybody's actions together.
    int jointWidth() {
        return jointWidth;
    }

    /// The frame in which an actor sees a state.
    ///
    /// @param at of the state in `states`
    int frame(int unit, int member, float[] states, int at) {
        Agent agent = units[unit][member];
        return agent.actor.view(states, at + agent.stateAt, scratch, 0);
    }

    /// Puts an action, as its actor sees it, into a joint action in the world's frame.
    ///
    /// @param frame of the actor
    /// @param at of the action in `actions`
    /// @param jointAt of the joint action in `joint`
    void put(int unit, int member, int frame, float[] actions, int at, float[] joint, int jointAt) {
        Agent agent = units[unit][member];
        for (int k = 0; k < agent.actions; k++) {
            joint[jointAt + agent.actionAt + agent.actor.toWorld(frame, k)] = actions[at + k];
        }
    }

    /// Writes a critic's input.
    ///
    /// @param state position of the state in `states`
    /// @param jointAt position of the joint action in `joint`
    /// @return the frame of the input
    int write(
            int unit,
            int member,
            float[] states,
            int state,
            float[] joint,
            int jointAt,
            float[] into,
            int at) {
        Agent self = units[unit][member];
        int g = self.view.view(states, state + self.stateAt, into, at);
        int k = actions(self, g, joint, jointAt, into, at + self.view.size());
        for (Agent[] kind : kinds) {
            int others = others(kind, self, states, state);
            for (int o = 0; o < others; o++) {
                Agent other = order[o];
                other.view.viewIn(g, states, state + other.stateAt, into, k);
                k = actions(other, g, joint, jointAt, into, k + other.view.size());
            }
        }
        if (ids) {
            for (int m = 0; m < units[unit].length; m++) {
                into[k++] = m == member ? 1 : 0;
            }
        }
        return g;
    }

    private static int actions(
            Agent agent, int g, float[] joint, int jointAt, float[] into, int at) {
        for (int k = 0; k < agent.actions; k++) {
            into[at + agent.view.toCanonical(g, k)] = joint[jointAt + agent.actionAt + k];
        }
        return at + agent.actions;
    }

    /// Lists the others of a kind in {@link #order}: by distance where that is wanted and known.
    private int others(Agent[] kind, Agent self, float[] states, int state) {
        int count = 0;
        for (Agent other : kind) {
            if (other == self) {
                continue;
            }
            int slot = count++;
            double d = sorted ? squaredDistance(self, other, states, state) : 0;
            while (slot > 0 && distance[slot - 1] > d) {
                distance[slot] = distance[slot - 1];
                order[slot] = order[slot - 1];
                slot--;
            }
            distance[slot] = d;
            order[slot] = other;
        }
        return count;
    }

    private static double squaredDistance(Agent a, Agent b, float[] states, int state) {
        if (a.positionAt == NOWHERE || b.positionAt == NOWHERE) {
            return 0;
        }
        int p = state + a.stateAt + a.positionAt;
        int q = state + b.stateAt + b.positionAt;
        double dx = states[p] - states[q];
        double dy = states[p + 1] - states[q + 1];
        return dx * dx + dy * dy;
    }

    /// Overwrites the agent's own action in an input.
    ///
    /// @param frame of the actor
    /// @param g frame of the input
    void putOwn(
            int unit,
            int member,
            int frame,
            int g,
            float[] actions,
            int from,
            float[] into,
            int at) {
        Agent self = units[unit][member];
        for (int k = 0; k < self.actions; k++) {
            into[at + own(self, frame, g, k)] = actions[from + k];
        }
    }

    /// Takes the part of an input's gradient that is about the agent's own action.
    void takeOwn(
            int unit, int member, int frame, int g, float[] input, int at, float[] into, int to) {
        Agent self = units[unit][member];
        for (int k = 0; k < self.actions; k++) {
            into[to + k] = input[at + own(self, frame, g, k)];
        }
    }

    private static int own(Agent self, int frame, int g, int k) {
        return self.view.size() + self.view.toCanonical(g, self.actor.toWorld(frame, k));
    }

    /// Takes the agent's own action out of an input, for critics that tell the values of all.
    void hideOwn(int unit, int member, float[] into, int at) {
        Agent self = units[unit][member];
        int from = at + self.view.size();
        Arrays.fill(into, from, from + self.actions, 0);
    }

    /// An agent's choice in the frame of an input.
    ///
    /// @param frame of the actor
    /// @param g frame of the input
    /// @param choice as the actor sees it
    int choice(int unit, int member, int frame, int g, int choice) {
        Agent self = units[unit][member];
        return own(self, frame, g, choice) - self.view.size();
    }

    /// Numbers of a state.
    int stateSize() {
        return stateSize;
    }
}
