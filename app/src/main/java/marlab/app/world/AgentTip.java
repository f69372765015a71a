package marlab.app.world;

import java.util.function.Supplier;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;
import marlab.sim.reward.RewardTerm;
import marlab.sim.reward.RewardWeights;
import marlab.sim.snapshot.Frame;

/// The two lines about the agent under the pointer.
final class AgentTip {

    private final EnvSpec spec;
    private final Supplier<RewardWeights> weights;
    private final double[] rewards;

    AgentTip(EnvSpec spec, Supplier<RewardWeights> weights) {
        this.spec = spec;
        this.weights = weights;
        rewards = new double[spec.agentCount()];
    }

    /// For instance "Agent B · step 12", with the group where there are several.
    String first(Frame frame, int agent) {
        String letter = AgentId.letter(agent);
        String step = Figures.whole(frame.step);
        return spec.groups().size() == 1
                ? Messages.text("world.tip.agent", letter, step)
                : Messages.text("world.tip.member", letter, step, spec.groupOf(agent).name());
    }

    /// For instance "right 0.55 · reward −0.62 (cover −0.62)".
    String second(Frame frame, int agent) {
        String reward = reward(frame, agent);
        String likely = likeliest(frame, agent);
        return likely.isEmpty() ? reward : likely + " · " + reward;
    }

    private String likeliest(Frame frame, int agent) {
        int best = -1;
        double most = 0;
        int at = agent * frame.choicesPerAgent;
        var parts = spec.groupOf(agent).action().parts();
        for (int k = 0; k < parts.size(); k++) {
            if (frame.probabilities[at + k] > most) {
                most = frame.probabilities[at + k];
                best = k;
            }
        }
        return best < 0 ? "" : parts.get(best).label() + " " + Figures.fixed(most, 2);
    }

    /// The reward of the last step under the weights now, and the term that counts most in it.
    private String reward(Frame frame, int agent) {
        if (frame.step == 0) {
            return Messages.text("world.tip.start");
        }
        RewardWeights now = weights.get();
        now.combine(frame.terms, 0, rewards.length, rewards, 0);
        int largest = 0;
        double size = -1;
        int at = agent * spec.terms().size();
        for (int k = 0; k < spec.terms().size(); k++) {
            double part = Math.abs(now.weight(k) * frame.terms[at + k]);
            if (part > size) {
                size = part;
                largest = k;
            }
        }
        RewardTerm term = spec.terms().get(largest);
        double part = now.weight(largest) * frame.terms[at + largest];
        return Messages.text(
                "world.tip.reward",
                Figures.fixed(rewards[agent], 2),
                term.label().toLowerCase(java.util.Locale.ROOT),
                Figures.fixed(part, 2));
    }
}
