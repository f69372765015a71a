package marlab.app.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.util.Subscription;
import marlab.app.card.Card;
import marlab.app.curves.ReturnCard;
import marlab.app.figures.FiguresCard;
import marlab.app.fx.FrameTimes;
import marlab.app.measure.Measures;
import marlab.app.notice.NoticeCard;
import marlab.app.rewards.RewardCard;
import marlab.app.text.Messages;
import marlab.app.theme.Appearance;
import marlab.app.timeline.TimelineCard;
import marlab.app.training.TrainingDesk;
import marlab.app.transport.TransportModel;
import marlab.app.watch.Hand;
import marlab.app.watch.PolicyMenu;
import marlab.app.world.WorldCard;
import marlab.app.world.WorldModel;
import marlab.learning.train.Progress;
import marlab.sim.env.AgentId;
import marlab.sim.env.WorldProvider;

/// The panels of one session, in three columns. Another session gets others. FX thread.
final class Panels implements AutoCloseable {

    private final Session session;
    private final PolicyMenu policies;
    private final WorldCard world;
    private final ReturnCard curve;
    private final FiguresCard figures;
    private final TimelineCard timeline;
    private final Label control = Card.caption("");
    private final Centre centre;
    private final Columns columns;
    private final Subscription following;
    private boolean started;

    /// @param train what the button of the empty chart does
    /// @param limitChosen hears how many bytes recordings may take from now on
    Panels(Session session, Appearance appearance, Runnable train, LongConsumer limitChosen) {
        this.session = session;
        policies = new PolicyMenu(session.scripted());
        world =
                new WorldCard(
                        session.watched().frames(),
                        session.watched().recording(),
                        session.portrayal(),
                        session.worldModel(),
                        policies,
                        appearance.colours().get(),
                        session.rewards().weights()::get);
        curve =
                new ReturnCard(
                        session.returns(),
                        session.spec().dialects().getFirst().label(),
                        appearance.colours()::get,
                        train);
        figures = new FiguresCard(session.spec(), session.scripted());
        control.getStyleClass().add("control-chip");
        control.setId("control-chip");
        world.chip(control);
        timeline = new TimelineCard(session.timeline(), appearance.colours().get(), limitChosen);
        centre = new Centre(world, timeline);
        RewardCard rewards = new RewardCard(session.rewards());
        columns =
                new Columns(
                        List.of(rewards, notice()),
                        centre,
                        List.of(curve, figures),
                        wide -> rewards.compact(!wide));
        following =
                Subscription.combine(
                        session.steering()
                                .hand()
                                .subscribe(hand -> {
                                    control.setText(words());
                                    control.setVisible(hand != null);
                                    if (hand != null) {
                                        session.worldModel().selected().set(hand.agent());
                                    }
                                }),
                        session.worldModel()
                                .selected()
                                .subscribe((before, now) -> follow(now.intValue())),
                        appearance.colours().subscribe(world::colours),
                        appearance.colours().subscribe(timeline::colours),
                        policies.valueProperty().subscribe((before, now) -> session.view(now)),
                        session.transport()
                                .training()
                                .subscribe((before, now) -> {
                                    if (now == TransportModel.Training.ON) {
                                        policies.setValue(PolicyMenu.LEARNED);
                                    }
                                }));
    }

    /// Whoever is selected while a person steers is steered from then on.
    private void follow(int selected) {
        Hand hand = session.steering().hand().get();
        if (hand != null && selected != WorldModel.NOBODY && selected != hand.agent()) {
            session.steering().take(selected);
        }
    }

    /// What the person who steers can do.
    private String words() {
        Hand hand = session.steering().hand().get();
        return hand != null && session.timeline().past()
                ? Messages.text("control.past", AgentId.letter(hand.agent()))
                : session.steering().words();
    }

    private NoticeCard notice() {
        WorldProvider provider = session.world();
        List<String> sentences = new ArrayList<>();
        sentences.add(provider.summary());
        sentences.addAll(provider.notice());
        if (session.worldModel().hasWhiskers()) {
            sentences.add(Messages.text("notice.whiskers"));
        }
        for (int k = 1; Messages.has("notice." + k); k++) {
            sentences.add(Messages.text("notice." + k));
        }
        return new NoticeCard(sentences);
    }

    /// All of them.
    Region root() {
        return columns;
    }

    /// The middle column.
    Centre centre() {
        return centre;
    }

    /// Puts a menu beside the size of the recording.
    void menu(Node menu) {
        timeline.menu(menu);
    }

    /// Shows this in place of the left column; null shows the column again.
    void cover(Region card) {
        columns.cover(card);
    }

    WorldCard world() {
        return world;
    }

    /// The policy in view, in words.
    String policyWords() {
        return policies.words();
    }

    /// Paints the next picture.
    ///
    /// @return step of the frame in view
    int paint(long now) {
        world.glide(session.glideNanos());
        world.past(session.timeline().past(), session.timeline().source().get());
        timeline.paint();
        return world.paint(now);
    }

    /// Begins with what can wait until the world moves: charts and measurements.
    void start() {
        if (!started) {
            started = true;
            curve.start();
            session.measures().start();
        }
    }

    /// Brings figures and texts up to date.
    void telemetry(long now) {
        TrainingDesk desk = session.desk();
        Progress progress = desk.progress();
        boolean learning = desk.state() == TrainingDesk.State.TRAINING && progress != null;
        world.telemetry(
                FrameTimes.GLOBAL.framesPerSecond(), learning ? progress.stepsPerSecond() : 0);
        timeline.telemetry();
        control.setText(words());
        policies.version(world.frame().policyVersion);
        policies.recorded(session.watched().past());
        curve.telemetry(now, desk.run() != null || desk.working());
        figures.telemetry(session.measures().results());
    }

    /// True when everything that is measured and painted in the background is there.
    boolean settled() {
        List<String> wanted = new ArrayList<>(session.scripted());
        if (session.desk().run() != null) {
            wanted.add(Measures.LEARNED);
        }
        return session.measures().results().keySet().containsAll(wanted) && curve.settled();
    }

    /// Listens to nothing any more and ends the chart's thread.
    @Override
    public void close() {
        following.unsubscribe();
        curve.close();
    }
}
