package marlab.sim.draw;

import java.util.Locale;
import marlab.sim.env.EnvSpec;
import marlab.sim.reward.RewardWeights;
import marlab.sim.snapshot.Frame;

/// Writes beside every agent what it earned in the last step and what its policy expected before:
/// the overlays {@link Overlays#rewards} and {@link Overlays#values}, in any world. Owned by the
/// thread that draws.
public final class AgentFigures {

    /// Above so many agents, figures would hide the world.
    public static final int MOST_AGENTS = 60;

    private static final double SIZE = -13;
    private static final double AWAY = 1.5;

    private final double[] rewards;
    private final double[] place = new double[3];

    /// Figures for a world with at most {@link #MOST_AGENTS} agents.
    public AgentFigures(EnvSpec spec) {
        rewards = new double[spec.agentCount()];
    }

    /// Draws what the overlays ask for: values above the agents, rewards below.
    ///
    /// @param weights that rewards are counted with
    public void draw(
            Frame frame, RewardWeights weights, Overlays on, Portrayal portrayal, Brush brush) {
        boolean earned = on.rewards && frame.step > 0;
        if (earned) {
            weights.combine(frame.terms, 0, rewards.length, rewards, 0);
        }
        for (int agent = 0; agent < rewards.length; agent++) {
            portrayal.place(frame, agent, place);
            double away = AWAY * place[2];
            if (earned) {
                write(text(rewards[agent], "+"), place[1] - away, true, brush);
            }
            if (on.values && !Double.isNaN(frame.values[agent])) {
                write("V " + text(frame.values[agent], ""), place[1] + away, false, brush);
            }
        }
    }

    private void write(String text, double y, boolean bold, Brush brush) {
        brush.text(text, place[0], y, SIZE, bold, Ink.Role.FOREGROUND);
    }

    private static String text(double value, String plus) {
        String digits = String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
        if (digits.startsWith("-")) {
            return digits.matches("-0\\.0+") ? digits.substring(1) : '−' + digits.substring(1);
        }
        return value > 0 ? plus + digits : digits;
    }
}
