package marlab.app.watch;

import java.util.ArrayList;
import java.util.List;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayEvent;
import marlab.sim.reward.RewardTerm;
import marlab.sim.snapshot.Frame;

/// Notes in a recording when something goes wrong for the first time, by the world's own rules,
/// whatever weights a person has set.
///
/// What goes wrong is a *penalty* that fires: a reward term
///
/// - that weighs at least half as much as the heaviest of the world, by the default weights (a
///   lighter one is a price, for instance of a shot, and no failure),
/// - that was exactly 0 for every agent in every step before, at least one (so that costs which are
///   always there, as a distance or a step of time, never count), and
/// - that is now, times its weight, below 0 for some agent.
///
/// For instance a collision in `simple_spread`, being caught in `simple_tag`, a coin lost in
/// `coin_game`, a hit in `cleanup`, a fine in `public_goods`. Where two fire at once, the dearer
/// one is told. Worlds without such a term have no first failure. Once per recording. Owned by the
/// thread that records.
final class FirstFailure {

    private final EnvSpec spec;
    private final Recording recording;
    private final boolean[] candidate; // per term: has been 0 so far
    private int steps;
    private boolean over;

    /// @param recording where it is noted; one with moments or events of an earlier day is left as
    ///   it is
    FirstFailure(Recording recording) {
        this.recording = recording;
        spec = recording.spec();
        List<RewardTerm> terms = spec.terms();
        double heaviest = terms.stream().mapToDouble(t -> Math.abs(t.weight())).max().orElse(0);
        candidate = new boolean[terms.size()];
        for (int k = 0; k < candidate.length; k++) {
            double weight = Math.abs(terms.get(k).weight());
            candidate[k] = weight > 0 && 2 * weight >= heaviest;
        }
        over = recording.size() > 0;
    }

    /// Looks at a live moment that was just recorded.
    void look(Frame frame) {
        if (over || frame.step == 0) {
            return;
        }
        int failed = -1;
        double dearest = 0;
        for (int k = 0; k < candidate.length; k++) {
            if (candidate[k]) {
                double cost = cost(frame, k);
                candidate[k] = cost == 0;
                if (steps > 0 && cost < dearest) {
                    dearest = cost;
                    failed = k;
                }
            }
        }
        steps++;
        if (failed >= 0) {
            over = true;
            recording.note(
                    new ReplayEvent(frame.moment, ReplayEvent.FIRST_FAILURE, text(frame, failed)));
        }
    }

    /// What a term costs all agents together: below 0 where it only costs, above 0 or not a number
    /// where somebody gains by it, 0 where it says nothing.
    private double cost(Frame frame, int term) {
        double sum = 0;
        for (int agent = 0; agent < spec.agentCount(); agent++) {
            double reward = reward(frame, agent, term);
            if (reward > 0) {
                return Double.NaN;
            }
            sum += reward;
        }
        return sum;
    }

    private double reward(Frame frame, int agent, int term) {
        int terms = candidate.length;
        return spec.terms().get(term).weight() * frame.terms[agent * terms + term];
    }

    private String text(Frame frame, int term) {
        List<String> letters = new ArrayList<>();
        for (int agent = 0; agent < spec.agentCount(); agent++) {
            if (reward(frame, agent, term) < 0) {
                letters.add(AgentId.letter(agent));
            }
        }
        int count = letters.size();
        String who;
        if (count == spec.agentCount() && count > 2) {
            who = Messages.text("failure.all", Figures.whole(count));
        } else if (count > 3) {
            who = Messages.text("failure.many", Figures.whole(count));
        } else {
            who = String.join(", ", letters);
        }
        return Messages.text(
                "failure.text",
                spec.terms().get(term).label(),
                who,
                Messages.text(
                        "timeline.place", Figures.whole(frame.episode), Figures.whole(frame.step)));
    }
}
