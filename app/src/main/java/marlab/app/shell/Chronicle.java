package marlab.app.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.util.Subscription;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.training.Run;
import marlab.app.watch.Hand;
import marlab.learning.train.Trainer;
import marlab.learning.train.TrainingEvent;
import marlab.sim.env.AgentId;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayEvent;
import marlab.sim.reward.RewardTerm;
import marlab.sim.reward.RewardWeights;

/// Writes what happens to a session into its recording: edited rewards, what its run tells,
/// checkpoints, agents taken over. FX thread.
final class Chronicle {

    private static final String CONTROL = "control";

    private final Session session;
    private final Recording recording;
    private Run run;
    private int told; // events of the run
    private Trainer.Saved saved;
    private Hand steered;

    Chronicle(Session session) {
        this.session = session;
        recording = session.watched().recording();
    }

    /// Listens from now on.
    Subscription follow() {
        recording.weigh(session.rewards().weights().get());
        steered = session.steering().hand().get();
        return Subscription.combine(
                session.rewards().weights().subscribe(this::edited),
                session.steering().hand().subscribe((before, now) -> steer(now)));
    }

    private void edited(RewardWeights before, RewardWeights now) {
        recording.weigh(now);
        recording.note(
                ReplayEvent.REWARD_EDITED,
                Messages.text("replay.reward", String.join(", ", changes(before, now)), place()));
    }

    private List<String> changes(RewardWeights before, RewardWeights now) {
        List<RewardTerm> terms = session.rewards().terms();
        List<String> changes = new ArrayList<>();
        for (int k = 0; k < terms.size(); k++) {
            if (before.weight(k) != now.weight(k)) {
                changes.add(change(terms.get(k).label(), before.weight(k), now.weight(k)));
            }
        }
        if (before.share() != now.share()) {
            changes.add(change(Messages.text("rewards.share"), before.share(), now.share()));
        }
        return changes;
    }

    private static String change(String what, double before, double now) {
        return Messages.text(
                "replay.reward.change", what, Figures.plain(before), Figures.plain(now));
    }

    private String place() {
        Recording.Place place = recording.place(recording.newest());
        return Messages.text(
                "replay.place", Figures.whole(place.episode()), Figures.whole(place.step()));
    }

    private void steer(Hand now) {
        Hand before = steered;
        steered = now;
        if (now == null && before != null) {
            String agent = AgentId.letter(before.agent());
            recording.note(CONTROL, Messages.text("replay.handedback", agent, place()));
        } else if (now != null && (before == null || before.agent() != now.agent())) {
            String agent = AgentId.letter(now.agent());
            recording.note(CONTROL, Messages.text("replay.control", agent, place()));
        }
    }

    /// Looks for what the run has to tell. Ten times a second.
    void telemetry() {
        Run now = session.desk().run();
        if (now != run) {
            run = now;
            told = 0;
            saved = null;
        }
        if (run != null) {
            for (TrainingEvent event : run.events(told)) {
                told++;
                tell(event);
            }
            Trainer.Saved newest = run.saved();
            if (newest != null && !newest.equals(saved)) {
                saved = newest;
                recording.note(
                        ReplayEvent.CHECKPOINT,
                        Messages.text(
                                "replay.checkpoint",
                                Figures.whole(newest.version()),
                                Figures.brief(newest.envSteps())));
            }
        }
    }

    /// Edited rewards stand in the recording when they are edited; the run tells of them when they
    /// reach the next roll-out.
    private void tell(TrainingEvent event) {
        if (!event.type().equals("reward_edited")) {
            recording.note(event.type(), event.text());
        }
    }
}
