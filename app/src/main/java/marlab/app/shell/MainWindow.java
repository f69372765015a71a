package marlab.app.shell;

import java.util.Map;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.util.Subscription;
import marlab.app.capture.CardPictures;
import marlab.app.card.Card;
import marlab.app.command.Commands;
import marlab.app.command.KeyDispatcher;
import marlab.app.command.KeySheet;
import marlab.app.fx.Fx;
import marlab.app.fx.StartupClock;
import marlab.app.gallery.Gallery;
import marlab.app.options.LearningCard;
import marlab.app.options.OptionsCard;
import marlab.app.picture.Program;
import marlab.app.picture.Provenance;
import marlab.app.status.Memory;
import marlab.app.status.StatusBar;
import marlab.app.status.StatusText;
import marlab.app.studio.Studio;
import marlab.app.studio.VideoCard;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.theme.Appearance;
import marlab.app.training.Learning;
import marlab.app.training.TrainingDesk;
import marlab.app.transport.Speed;
import marlab.app.transport.TransportBar;
import marlab.app.transport.TransportModel;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.snapshot.Frame;

/// The window: what stays when the world changes, around the panels of the session in view, and
/// their clockwork. FX thread.
public final class MainWindow {

    private static final long SECOND = 1_000_000_000;
    private static final long COACH_DELAY = 3 * SECOND;
    private static final long SHOWN_MOMENTS = 600; // before a picture of the past

    private final Stage stage;
    private final Sessions sessions;
    private final TransportModel transport;
    private final Settings settings;
    private final Scene scene;
    private final Appearance appearance;
    private final BorderPane content = new BorderPane();
    private final MessageBar messages = new MessageBar();
    private final Memory memory = new Memory();
    private final StatusBar status = new StatusBar(this::toggleKeys);
    private final TransportBar transportBar;
    private final TopBar top;
    private final CoachMark coach;
    private final Commands commands;
    private final KeySheet sheet;
    private final Gallery gallery;
    private final Subscription following;
    private final Editing editing;
    private final Replays replays;
    private final CardPictures pictures;
    private Panels panels;
    private OptionsCard options; // null while it is not shown
    private LearningCard learning; // null while it is not shown
    private final Studio studio = new Studio();
    private VideoCard video; // null while it is not shown
    private String memoryText = "";
    private long memoryAt;
    private long firstMove;
    private boolean coached;
    private boolean started;
    private boolean pastWanted;
    private boolean still;

    /// A window on these sessions.
    public MainWindow(Stage stage, Sessions sessions, Settings settings, StyledScene styled) {
        this.stage = stage;
        this.sessions = sessions;
        this.settings = settings;
        transport = sessions.now().transport();
        scene = styled.scene();
        appearance = styled.appearance();
        transportBar = new TransportBar(transport, sessions);
        top =
                new TopBar(
                        this::toggleGallery,
                        this::toggleOptions,
                        this::toggleLearning,
                        transportBar,
                        appearance);
        coach = new CoachMark(transportBar.trainButton());
        replays = new Replays(scene, sessions, messages);
        pictures = new CardPictures(scene, this::mainCard, this::provenance, messages::say);
        commands = WindowCommands.of(sessions, this);
        sheet = new KeySheet(commands);
        gallery = new Gallery(appearance.colours()::get, this::open, this::galleryClosed);
        editing = new Editing(sessions, () -> panels, appearance.colours()::get);
        VBox head = new VBox(top, messages);
        head.setViewOrder(-1); // what is wrong with a seed stands below the bar
        content.setTop(head);
        content.setBottom(status);
        sessions.begin();
        show(sessions.now());
        styled.root().getChildren().addAll(content, coach, gallery, sheet);
        following = follow();
        StartupClock.trace("composed");
    }

    /// Puts the panels of this session in place of those before.
    private void show(Session session) {
        if (panels != null) {
            panels.close();
        }
        panels = new Panels(session, appearance, this::train, bytes -> sessions.room().set(bytes));
        panels.menu(ReplayCommands.menu(replays, this::toggleVideo));
        editing.forget();
        Node focus = scene.getFocusOwner();
        content.setCenter(panels.root());
        if (options != null && options.world() == session.world()) {
            options.show(session.options(), sessions.canUndo());
            panels.cover(options);
        } else {
            options = null;
        }
        learning = null; // what fits depends on the world
        video = null; // what there is to film is of the session
        if (focus != null && focus.getScene() == scene) {
            focus.requestFocus();
        }
        stage.setTitle(Messages.text("window.title", session.world().title()));
        titles();
        started = false;
    }

    private void titles() {
        String opening = sessions.opening().get();
        Session session = sessions.now();
        int agents = session.spec().agentCount();
        String detail =
                opening == null
                        ? Messages.text(
                                agents == 1 ? "top.detail.one" : "top.detail",
                                Figures.whole(agents))
                        : Messages.text("top.opening", opening);
        top.show(session.world().title(), detail);
        top.learning(sessions.learning().now().title());
    }

    private Subscription follow() {
        new KeyDispatcher(scene, commands, gallery::isVisible, this::take);
        sessions.problems(messages::say);
        return Subscription.combine(
                sessions.current().subscribe((before, now) -> show(now)),
                replays.follow(),
                sessions.opening().subscribe((before, now) -> titles()),
                sessions.learning().shown().subscribe((before, now) -> titles()),
                appearance.colours().subscribe(now -> editing.recolour()),
                stage.focusedProperty().subscribe(this::focused),
                appearance.choice().subscribe((before, now) -> settings.put("theme", now.name())),
                transport
                        .training()
                        .subscribe((before, now) -> {
                            if (now == TransportModel.Training.ON) {
                                messages.dismiss();
                                coachDone();
                            }
                        }));
    }

    private void train() {
        if (transport.training().get() == TransportModel.Training.OFF) {
            sessions.toggleTrain();
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

    /// Saves and opens replays.
    Replays replays() {
        return replays;
    }

    /// What is said across the window.
    MessageBar messages() {
        return messages;
    }

    /// The frame in view, for tests.
    Frame frame() {
        return panels.world().frame();
    }

    /// The middle column of the session in view.
    Centre centre() {
        return panels.centre();
    }

    /// Paints the next picture.
    public void paint(long now) {
        gallery.paint();
        if (!content.isVisible()) {
            return; // a canvas that is not shown only piles up what it is told to draw
        }
        int step = panels.paint(now);
        if (firstMove == 0 && step > 0) {
            firstMove = now;
            StartupClock.trace("first moving frame");
            warmUp();
        } else if (firstMove != 0 && !started) {
            started = true;
            panels.start();
            if (!still) {
                pictures.warmUp();
            }
        }
    }

    /// Whoever looks at a replay may never train.
    private void warmUp() {
        if (!still && sessions.now().opened() == null) {
            sessions.now().desk().warmUp();
        }
    }

    /// From now on shows nothing that depends on the machine or on when one looks, for pictures
    /// that are the same every time.
    ///
    /// @param gallerySteps steps of the worlds in the gallery
    void still(int gallerySteps) {
        still = true;
        coached = true;
        gallery.still(gallerySteps);
    }

    /// True when everything that is measured and painted in the background is there.
    boolean settled() {
        return panels.settled();
    }

    /// Brings figures and texts up to date.
    public void telemetry() {
        long now = System.nanoTime();
        Session session = sessions.now();
        session.telemetry();
        TrainingDesk desk = session.desk();
        String problem = desk.takeProblem();
        if (problem != null) {
            messages.say(problem);
        }
        replays.telemetry();
        panels.telemetry(now);
        films();
        transportBar.achieved(session.watched().stepsPerSecond());
        if (!still && now - memoryAt > SECOND) {
            memoryAt = now;
            memoryText = memory.text();
        }
        status.show(
                StatusText.of(
                        desk.state(), desk.progress(), session.runSeed(), viewText(), memoryText));
        coach(now);
        showPast();
    }

    private void films() {
        if (video != null) {
            video.telemetry();
        }
        String news = studio.news(video != null);
        if (news != null) {
            messages.say(news);
        }
    }

    private String viewText() {
        return Messages.text("status.view", viewWords(), transport.speed().get().text());
    }

    /// Whose acting is in view.
    String viewWords() {
        return panels.policyWords();
    }

    private void coach(long now) {
        boolean busy = learning != null || video != null || editing.goesOn();
        boolean due = firstMove != 0 && now - firstMove > COACH_DELAY && !busy;
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

    /// The world, or what stands in its place.
    private Card mainCard() {
        return (Card)
                panels.centre().getChildren().stream()
                        .filter(Card.class::isInstance)
                        .findFirst()
                        .orElse(null);
    }

    private Provenance provenance(String title) {
        Session session = sessions.now();
        Provenance from =
                Provenance.of(session.world().title() + " · " + title, Program.version())
                        .with("World", session.world().name())
                        .with("Options", session.options().asText())
                        .with("Seed", transport.seed().get())
                        .with("Episode", frame().episode)
                        .with("Step", frame().step)
                        .with("Policy", panels.policyWords());
        return session.desk().run() == null ? from : from.with("RunSeed", session.runSeed());
    }

    /// Copies and saves cards as pictures.
    CardPictures pictures() {
        return pictures;
    }

    /// Shows or hides the sheet of keys.
    void toggleKeys() {
        sheet.toggle();
    }

    /// Keys that are released in another window are not heard of here.
    private void focused(boolean now) {
        if (!now) {
            sessions.now().steering().letGo();
        }
    }

    /// A key for the editor that stands in the world's place, or for a steered agent.
    private boolean take(KeyEvent event) {
        return !sheet.isVisible() && (editing.take(event) || steer(event));
    }

    /// A key for the agent that a person steers. In a world that stands still, it makes a step.
    ///
    /// The past is steered by nobody: there, keys mean what they mean to the window.
    private boolean steer(KeyEvent event) {
        Session session = sessions.now();
        if (session.timeline().past() && event.getEventType() == KeyEvent.KEY_PRESSED) {
            return false;
        }
        boolean taken = session.steering().take(event);
        if (taken && event.getEventType() == KeyEvent.KEY_PRESSED && !transport.watching().get()) {
            session.watched().step();
        }
        return taken || session.steering().keepsBack(event);
    }

    /// Lets the person steer the selected agent, or hands it back.
    void toggleControl() {
        if (!editing.goesOn()) {
            sessions.now().toggleControl();
        }
    }

    /// Leaves whatever is on top: sheet, control of an agent, coach mark, message, selection.
    void escape() {
        if (sheet.hide() || editing.close() || sessions.now().steering().handBack()) {
            return;
        }
        if (replays.cancel()) {
            return;
        }
        if (coach.isVisible()) {
            coachDone();
        } else if (closeForms()) {
            content.requestFocus();
        } else if (!messages.dismiss()
                && !sessions.now().timeline().clearLoop()
                && !sessions.now().worldModel().clearSelection()) {
            stage.setFullScreen(false);
        }
    }

    /// Fills the screen, or no longer.
    void toggleFullScreen() {
        stage.setFullScreen(!stage.isFullScreen());
    }

    /// Opens the gallery of worlds, or closes it.
    void toggleGallery() {
        if (!gallery.hide()) {
            coach.dismiss();
            gallery.show(Worlds.known(), Worlds.knownBroken(), sessions.now().world().name());
            Thread looking = new Thread(this::lookForWorlds, "looking for worlds");
            looking.setDaemon(true);
            looking.start();
            content.setVisible(false); // covered, and nothing in it can have the focus
        }
    }

    /// People's own worlds are checked before they are shown, which takes a while.
    private void lookForWorlds() {
        if (Worlds.look()) {
            Fx.later(() ->
                    gallery.renew(
                            Worlds.known(), Worlds.knownBroken(), sessions.now().world().name()));
        }
    }

    private void galleryClosed() {
        content.setVisible(true);
        content.requestFocus();
    }

    private void open(WorldProvider world, Map<String, String> set) {
        boolean other = world != sessions.now().world() || !set.isEmpty();
        if (other) {
            sessions.open(world, () -> world.configure(set));
        }
    }

    /// Shows a part of the window, for instance `gallery`, `options` or `past`, for pictures and
    /// reviews.
    void show(String part) {
        switch (part) {
            case "gallery" -> toggleGallery();
            case "options" -> toggleOptions();
            case "learning" -> toggleLearning();
            case "video" -> toggleVideo();
            case "edit" -> toggleEdit();
            case "control" -> toggleControl();
            case "past" -> {
                pastWanted = true;
                transport.speed().set(Speed.X64);
            }
            default -> {}
        }
    }

    /// Goes back into the past, once there is enough of it.
    private void showPast() {
        Session session = sessions.now();
        long newest = session.watched().recording().newest();
        if (pastWanted && newest >= SHOWN_MOMENTS) {
            pastWanted = false;
            transport.speed().set(Speed.X1);
            session.timeline().jump(newest * 7 / 12);
        }
    }

    /// Opens the world's options, or closes them.
    void toggleOptions() {
        boolean shown = options != null;
        closeForms();
        if (!shown) {
            options = new OptionsCard(sessions.now().world(), editing.forTexts(), this.new Form());
            options.show(sessions.now().options(), sessions.canUndo());
            panels.cover(options);
        }
    }

    /// Opens the choice of an algorithm and its hyper-parameters, or closes it.
    void toggleLearning() {
        boolean shown = learning != null;
        closeForms();
        if (!shown) {
            coach.dismiss();
            learning =
                    new LearningCard(
                            sessions.now().spec(),
                            sessions.learning().now(),
                            this.new LearningForm());
            panels.cover(learning);
            learning.focusFirst();
        }
    }

    /// Opens what films are made with, or closes it; a film that is being made goes on.
    void toggleVideo() {
        boolean shown = video != null;
        closeForms();
        if (!shown) {
            coach.dismiss();
            FilmStock stock =
                    new FilmStock(
                            sessions::now, () -> appearance.colours().get().palette().scheme());
            video = new VideoCard(stock, studio, this::closeVideo);
            panels.cover(video);
            video.focusFirst();
        }
    }

    private void closeVideo() {
        closeForms();
        content.requestFocus();
        if (studio.busy()) {
            messages.say(Messages.text("video.goes.on"));
        }
    }

    private boolean closeForms() {
        boolean had = options != null || learning != null || video != null;
        options = null;
        learning = null;
        video = null;
        panels.cover(null);
        return had;
    }

    private final class LearningForm implements LearningCard.Actions {
        @Override
        public void apply(Learning how) {
            sessions.learn(how);
        }

        @Override
        public void close() {
            closeForms();
            content.requestFocus();
        }
    }

    /// Opens what the world is edited with, or closes it: its map, or its payoffs.
    void toggleEdit() {
        coach.dismiss();
        if (!editing.close() && !editing.begin()) {
            messages.say(Messages.text("edit.none"));
        }
    }

    private final class Form implements OptionsCard.Actions {
        @Override
        public void apply(EnvOptions now) {
            sessions.apply(now);
        }

        @Override
        public void undo() {
            sessions.undo();
        }

        @Override
        public void close() {
            closeForms();
            content.requestFocus();
        }
    }

    /// Listens to nothing any more and ends the threads of pictures.
    void close() {
        following.unsubscribe();
        studio.close();
        gallery.close();
        pictures.close();
        panels.close();
    }
}
