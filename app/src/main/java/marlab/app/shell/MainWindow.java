package marlab.app.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import marlab.app.command.Commands;
import marlab.app.command.KeyDispatcher;
import marlab.app.command.KeySheet;
import marlab.app.curves.ReturnCard;
import marlab.app.figures.FiguresCard;
import marlab.app.fx.FrameTimes;
import marlab.app.fx.StartupClock;
import marlab.app.notice.NoticeCard;
import marlab.app.rewards.RewardCard;
import marlab.app.status.Memory;
import marlab.app.status.StatusBar;
import marlab.app.status.StatusText;
import marlab.app.text.Messages;
import marlab.app.theme.Appearance;
import marlab.app.training.TrainingDesk;
import marlab.app.transport.TransportBar;
import marlab.app.transport.TransportModel;
import marlab.app.watch.PolicyMenu;
import marlab.app.world.WorldCard;
import marlab.learning.train.Progress;
import marlab.sim.snapshot.Frame;

/// The window: puts the panels together and keeps them up to date. The only class that knows them
/// all. FX thread.
public final class MainWindow {

    private static final long SECOND = 1_000_000_000;
    private static final long COACH_DELAY = 3 * SECOND;

    private final Stage stage;
    private final Session session;
    private final Settings settings;
    private final Scene scene;
    private final Appearance appearance;
    private final MessageBar messages = new MessageBar();
    private final Memory memory = new Memory();
    private final StatusBar status = new StatusBar(this::toggleKeys);
    private final PolicyMenu policies;
    private final TransportBar transport;
    private final WorldCard world;
    private final ReturnCard curve;
    private final FiguresCard figures;
    private final CoachMark coach;
    private final Commands commands;
    private final KeySheet sheet;
    private String memoryText = "";
    private long memoryAt;
    private long firstMove;
    private boolean coached;
    private boolean started;

    /// A window on this session.
    ///
    /// @param algorithm what the learner is called
    public MainWindow(
            Stage stage, Session session, Settings settings, StyledScene styled, String algorithm) {
        this.stage = stage;
        this.session = session;
        this.settings = settings;
        scene = styled.scene();
        appearance = styled.appearance();
        BorderPane content = new BorderPane();
        policies = new PolicyMenu(session.scripted());
        transport = new TransportBar(session.transport(), session);
        world = worldCard();
        curve = returnCard();
        figures = new FiguresCard(session.spec(), session.scripted());
        coach = new CoachMark(transport.trainButton());
        commands = WindowCommands.of(session, this);
        sheet = new KeySheet(commands);
        compose(content, algorithm);
        styled.root().getChildren().addAll(content, coach, sheet);
        listen();
        StartupClock.trace("composed");
    }

    private WorldCard worldCard() {
        return new WorldCard(
                session.spec(),
                session.watched().frames(),
                session.world().portrayal(session.options()),
                session.worldModel(),
                policies,
                appearance.colours().get(),
                session.rewards().weights()::get);
    }

    private ReturnCard returnCard() {
        return new ReturnCard(
                session.returns(),
                session.spec().dialects().getFirst().label(),
                appearance.colours()::get,
                this::train,
                messages::say);
    }

    private void compose(BorderPane content, String algorithm) {
        String detail = Messages.text("top.detail", session.spec().agentCount(), algorithm);
        TopBar top = new TopBar(session.world().title(), detail, transport, appearance);
        VBox head = new VBox(top, messages);
        head.setViewOrder(-1); // what is wrong with a seed stands below the bar
        content.setTop(head);
        RewardCard rewards = new RewardCard(session.rewards());
        content.setCenter(
                new Columns(
                        List.of(rewards, notice()),
                        world,
                        List.of(curve, figures),
                        wide -> rewards.compact(!wide)));
        content.setBottom(status);
    }

    private NoticeCard notice() {
        List<String> sentences = new ArrayList<>();
        sentences.add(session.world().summary());
        for (int k = 1; Messages.has("notice." + k); k++) {
            sentences.add(Messages.text("notice." + k));
        }
        return new NoticeCard(sentences);
    }

    private void listen() {
        new KeyDispatcher(scene, commands);
        appearance.colours().addListener((observed, before, now) -> world.colours(now));
        appearance
                .choice()
                .addListener((observed, before, now) -> settings.put("theme", now.name()));
        policies.valueProperty().addListener((observed, before, now) -> session.view(now));
        session.transport()
                .training()
                .addListener((observed, before, now) -> {
                    if (now == TransportModel.Training.ON) {
                        learningBegins();
                    }
                });
    }

    private void learningBegins() {
        messages.dismiss();
        coachDone();
        policies.setValue(PolicyMenu.LEARNED);
    }

    private void train() {
        if (session.transport().training().get() == TransportModel.Training.OFF) {
            session.toggleTrain();
        }
    }

    /// The scene, styled and ready to show.
    public Scene scene() {
        return scene;
    }

    /// The commands, for tests.
    public Commands commands() {
        return commands;
    }

    /// The frame in view, for tests.
    Frame frame() {
        return world.frame();
    }

    /// Paints the next picture.
    public void paint(long now) {
        world.glide(session.glideNanos());
        int step = world.paint(now);
        if (firstMove == 0 && step > 0) {
            firstMove = now;
            StartupClock.trace("first moving frame");
        } else if (firstMove != 0 && !started) {
            started = true;
            curve.start();
            session.measures().start();
            session.desk().warmUp();
        }
    }

    /// Brings figures and texts up to date.
    public void telemetry() {
        long now = System.nanoTime();
        session.telemetry();
        TrainingDesk desk = session.desk();
        String problem = desk.takeProblem();
        if (problem != null) {
            messages.say(problem);
        }
        Progress progress = desk.progress();
        boolean learning = desk.state() == TrainingDesk.State.TRAINING && progress != null;
        world.telemetry(
                FrameTimes.GLOBAL.framesPerSecond(), learning ? progress.stepsPerSecond() : 0);
        policies.version(world.frame().policyVersion);
        transport.achieved(session.watched().stepsPerSecond());
        curve.telemetry(now, desk.run() != null || desk.working());
        figures.telemetry(session.measures().results());
        if (now - memoryAt > SECOND) {
            memoryAt = now;
            memoryText = memory.text();
        }
        status.show(
                StatusText.of(desk.state(), progress, session.runSeed(), viewText(), memoryText));
        coach(now);
    }

    private String viewText() {
        return Messages.text(
                "status.view", policies.words(), session.transport().speed().get().text());
    }

    private void coach(long now) {
        boolean due = firstMove != 0 && now - firstMove > COACH_DELAY;
        if (due && !coached) {
            coached = true;
            if (settings.get("coached", "no").equals("no")) {
                coach.appear();
            }
        }
    }

    private void coachDone() {
        coached = true;
        coach.dismiss();
        settings.put("coached", "yes");
    }

    /// Says a sentence across the window.
    public void say(String sentence) {
        messages.say(sentence);
    }

    /// Shows or hides the sheet of keys.
    void toggleKeys() {
        sheet.toggle();
    }

    /// Leaves whatever is on top: sheet, coach mark, message, selection.
    void escape() {
        if (sheet.hide()) {
            return;
        }
        if (coach.isVisible()) {
            coachDone();
        } else if (!messages.dismiss() && !session.worldModel().clearSelection()) {
            stage.setFullScreen(false);
        }
    }

    /// Fills the screen, or no longer.
    void toggleFullScreen() {
        stage.setFullScreen(!stage.isFullScreen());
    }

    /// Ends the chart's thread.
    void close() {
        curve.close();
    }
}
