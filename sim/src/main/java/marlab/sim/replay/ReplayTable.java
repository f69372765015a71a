package marlab.sim.replay;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;
import marlab.sim.reward.RewardTerm;
import marlab.sim.reward.RewardWeights;
import marlab.sim.snapshot.Frame;
import marlab.sim.space.ActionSpace;

/// A replay as a table of comma-separated values: where it comes from in lines that begin with #, a
/// head, then one row per moment and agent with what it did in the step that led there and what it
/// got for it. Of what there is none, such as a policy that tells no values, the cell is empty.
/// Numbers have a point and all their digits; reward terms, values and probabilities are as exact
/// as a replay keeps them, in single precision. Not thread-safe.
///
/// ```java
/// ReplayTable table = new ReplayTable(replay.header(), spec, out);
/// replay.recording().forEach(table::add);
/// ```
public final class ReplayTable {

    private final EnvSpec spec;
    private final RewardWeights weights;
    private final Appendable out;
    private final List<AgentId> agents;
    private final ActionSpace[] spaces;
    private final double[] rewards;
    private final int boxes;

    /// Begins a table: comments and head.
    ///
    /// @param out receives lines that end with a line feed
    public ReplayTable(ReplayHeader header, EnvSpec spec, Appendable out) throws IOException {
        this.spec = spec;
        this.out = out;
        weights =
                header.weights() == null ? RewardWeights.defaults(spec.terms()) : header.weights();
        agents = spec.agents();
        rewards = new double[agents.size()];
        spaces = new ActionSpace[agents.size()];
        int most = 0;
        for (AgentGroup group : spec.groups()) {
            for (AgentId agent : group.agents()) {
                spaces[agent.index()] = group.action();
            }
            most = Math.max(most, group.action() instanceof ActionSpace.Box b ? b.size() : 0);
        }
        boxes = most;
        comment("world", header.world());
        for (Map.Entry<String, String> option : header.options().entrySet()) {
            comment("option " + option.getKey(), option.getValue());
        }
        for (Map.Entry<String, String> each : header.about().entrySet()) {
            comment(each.getKey(), each.getValue());
        }
        comment("weighted_reward", "with " + weights);
        head();
    }

    private void comment(String name, String value) throws IOException {
        out.append("# ").append(oneLine(name)).append(": ").append(oneLine(value)).append('\n');
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\R", " / ").replaceAll("\\p{Cntrl}", " ");
    }

    private void head() throws IOException {
        out.append("moment,episode,seed,step,agent,policy_version,action,action_name");
        for (int k = 0; k < boxes; k++) {
            out.append(",action_").append(Integer.toString(k));
        }
        for (RewardTerm term : spec.terms()) {
            out.append(',').append(cell(term.name()));
        }
        out.append(",weighted_reward,value");
        for (int k = 0; k < new Frame(spec).choicesPerAgent; k++) {
            out.append(",probability_").append(Integer.toString(k));
        }
        out.append('\n');
    }

    /// Adds the rows of a moment.
    public void add(Frame frame) throws IOException {
        if (frame.step > 0) {
            weights.combine(frame.terms, 0, rewards.length, rewards, 0);
        }
        for (AgentId agent : agents) {
            row(frame, agent);
        }
    }

    private void row(Frame frame, AgentId agent) throws IOException {
        int i = agent.index();
        boolean stepped = frame.step > 0;
        out.append(Long.toString(frame.moment));
        next(Integer.toString(frame.episode));
        next(Long.toString(frame.seed));
        next(Integer.toString(frame.step));
        next(cell(agent.name()));
        next(Long.toString(frame.policyVersion));
        action(frame, i, stepped);
        for (int k = 0; k < spec.terms().size(); k++) {
            next(stepped ? number(frame.terms[i * spec.terms().size() + k]) : "");
        }
        next(stepped ? number((float) rewards[i]) : "");
        next(number(frame.values[i]));
        for (int k = 0; k < frame.choicesPerAgent; k++) {
            boolean has = stepped && k < spaces[i].size();
            next(has ? number(frame.probabilities[i * frame.choicesPerAgent + k]) : "");
        }
        out.append('\n');
    }

    private void action(Frame frame, int agent, boolean stepped) throws IOException {
        boolean discrete = spaces[agent] instanceof ActionSpace.Discrete;
        int choice = frame.actions.choice(agent);
        boolean known = stepped && discrete;
        next(known ? Integer.toString(choice) : "");
        next(known ? cell(spaces[agent].parts().get(choice).label()) : "");
        for (int k = 0; k < boxes; k++) {
            boolean has = stepped && !discrete && k < spaces[agent].size();
            next(has ? Double.toString(frame.actions.box(agent, k)) : "");
        }
    }

    private void next(String cell) throws IOException {
        out.append(',').append(cell);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : Float.toString((float) value);
    }

    private static String cell(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
