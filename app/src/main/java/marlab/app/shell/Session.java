package marlab.app.shell;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import javafx.util.Subscription;
import marlab.app.chart.ChartRequest;
import marlab.app.chart.CurveTable;
import marlab.app.control.Steering;
import marlab.app.curves.ReturnModel;
import marlab.app.measure.Measurement;
import marlab.app.measure.Measures;
import marlab.app.recovery.Recorder;
import marlab.app.recovery.Shelter;
import marlab.app.rewards.RewardModel;
import marlab.app.text.Figures;
import marlab.app.text.PolicyNames;
import marlab.app.timeline.TimelineModel;
import marlab.app.training.Run;
import marlab.app.training.RunMaker;
import marlab.app.training.TrainingDesk;
import marlab.app.transport.Speed;
import marlab.app.transport.TransportActions;
import marlab.app.transport.TransportModel;
import marlab.app.watch.PolicyMenu;
import marlab.app.watch.PolicySource;
import marlab.app.watch.WatchedWorld;
import marlab.app.world.WorldModel;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Family;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Policy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.reward.RewardWeights;

/// Everything behind the window about one world with its options: the watched world, the learner,
/// and the models that the panels show. Knows no controls. FX thread, unless a method says
/// otherwise.
public final class Session implements TransportActions, AutoCloseable {

    private final WorldProvider world;
    private final EnvOptions options;
    private final Map<String, Policy> scripts;
    private final Portrayal portrayal;
    private final WatchedWorld watched;
    private final Steering steering;
    private final TimelineModel timeline;
    private final TransportModel transport;
    private final WorldModel worldModel;
    private final RewardModel rewards;
    private final ReturnModel returns = new ReturnModel();
    private final TrainingDesk desk;
    private final Measures measures;
    private final Opened opened;
    private final RewardWeights firstWeights;
    private final Chronicle chronicle;
    private Run shownRun;
    private String view;
    private volatile Recorder recorder; // null where nothing is kept for a recovery
    private Subscription following = Subscription.EMPTY;

    /// A session in this world; {@link #begin} sets it going. Any thread.
    ///
    /// @param weights reward weights to begin with; null for the world's own
    /// @param transport outlives the session
    public Session(
            WorldProvider world,
            EnvOptions options,
            RewardWeights weights,
            TransportModel transport,
            RunMaker maker) {
        this(world, options, weights, transport, maker, null);
    }

    /// A session that shows a replay, from its first moment on, until somebody lets the world live
    /// again. Any thread.
    ///
    /// @param opened of this world with these options; null for a world at its start
    public Session(
            WorldProvider world,
            EnvOptions options,
            RewardWeights weights,
            TransportModel transport,
            RunMaker maker,
            Opened opened) {
        this.opened = opened;
        this.world = world;
        this.options = options;
        this.transport = transport;
        scripts = world.scriptedPolicies(options);
        view = scripts.keySet().iterator().next();
        portrayal =
                opened == null ? world.portrayal(options) : opened.replay().header().portrayal();
        desk = new TrainingDesk(maker);
        watched =
                new WatchedWorld(
                        world,
                        options,
                        transport.seed().get(),
                        source(view),
                        opened == null ? null : opened.replay().recording());
        steering = new Steering(watched);
        timeline = new TimelineModel(watched, transport.watching());
        worldModel = new WorldModel(watched.spec(), plane(world));
        List<RewardTerm> terms = watched.spec().terms();
        RewardWeights own = RewardWeights.defaults(terms);
        boolean fits = weights != null && weights.size() == own.size();
        firstWeights = fits ? weights : own;
        rewards = new RewardModel(terms, own, firstWeights, desk::edit);
        measures = new Measures(world, options, watched.spec(), desk::run, desk::greedyPolicy);
        chronicle = new Chronicle(this);
        if (opened != null) {
            timeline.source().set(opened.name());
            returns.show(CurveTable.points(opened.replay().metrics()), opened.name());
        }
    }

    private static boolean plane(WorldProvider world) {
        return world.family() == Family.PARTICLES || world.family() == Family.SWARMS;
    }

    /// Follows the transport from now on.
    public void begin() {
        transport.training().set(TransportModel.Training.OFF);
        following =
                Subscription.combine(
                        chronicle.follow(),
                        transport.watching().subscribe(watched::run),
                        transport.speed().subscribe(now -> watched.speed(now.stepsPerSecond())));
    }

    /// Keeps a copy of the recording here, for a window that ends before it is saved.
    void keepIn(Shelter shelter) {
        recorder =
                new Recorder(
                        watched.recording(), Papers.of(this).header(), shelter, opened != null);
    }

    /// What went wrong with that copy since the last call, in a few words; null if nothing did.
    String takeRecorderProblem() {
        return recorder == null ? null : recorder.takeProblem();
    }

    /// The replay that it began with; null for a world at its start.
    public Opened opened() {
        return opened;
    }

    /// The weights that its recording begins with.
    RewardWeights firstWeights() {
        return firstWeights;
    }

    /// Follows the transport no longer; what is watched stands still.
    public void end() {
        following.unsubscribe();
        watched.run(false);
    }

    private PolicySource source(String name) {
        if (name.equals(PolicyMenu.LEARNED)) {
            Policy first = scripts.values().iterator().next();
            return () -> {
                Policy learned = desk.policy();
                return learned == null ? first : learned;
            };
        }
        Policy script = scripts.get(name);
        return () -> script;
    }

    /// Watches this policy from now on.
    public void view(String name) {
        view = name;
        watched.actWith(source(name));
    }

    /// The policy in view.
    public String view() {
        return view;
    }

    @Override
    public void setup() {
        watched.setup(transport.seedForSetup());
    }

    /// Forgets what was learned; it stays in its run's folder.
    void forget() {
        desk.forget();
    }

    @Override
    public void setupAndForget() {
        forget();
        watched.setup(transport.seed().get());
    }

    @Override
    public void toggleWatch() {
        transport.watching().set(!transport.watching().get());
    }

    @Override
    public void toggleTrain() {
        switch (transport.training().get()) {
            case OFF -> {
                desk.train(transport.seed().get(), rewards.weights().get());
                transport.training().set(TransportModel.Training.ON);
            }
            case ON -> {
                desk.stop();
                transport.training().set(TransportModel.Training.STOPPING);
            }
            case STOPPING -> {}
        }
    }

    /// Lets the person steer this agent, or hands back whoever is steered. In the past, the world
    /// goes on from the moment in view, steered by the person.
    void toggleControl() {
        boolean past = timeline.past();
        if (past) {
            timeline.continueHere();
        }
        boolean steered = steering.hand().get() != null;
        if (!past && steered) {
            steering.handBack();
        } else if (!steered) {
            steering.take(Math.max(0, worldModel.selected().get()));
        }
    }

    @Override
    public void step() {
        transport.watching().set(false);
        watched.step();
    }

    @Override
    public void seedTyped(long seed) {
        watched.setup(seed);
    }

    /// How long the picture should glide from one step to the next, nanoseconds; 0 for not at all.
    public long glideNanos() {
        if (!transport.watching().get()) {
            return 120_000_000;
        }
        Speed speed = transport.speed().get();
        return speed.compareTo(Speed.X2) <= 0 ? (long) (1e9 / speed.stepsPerSecond()) : 0;
    }

    /// Pulls what is new from the other threads. Ten times a second.
    public void telemetry() {
        Run run = desk.run();
        if (run != shownRun) {
            shownRun = run;
            returns.clear();
        }
        if (run != null) {
            returns.addPoints(run.curve(returns.nextPoint()));
            returns.addEvents(run.events(returns.nextEvent()));
        }
        chronicle.telemetry();
        returns.references(references());
        rewards.pending(desk.editPending() && desk.working());
        transport.training().set(trainingNow());
    }

    /// What the train button shows: what was pressed last, until the learner has followed.
    private TransportModel.Training trainingNow() {
        TransportModel.Training pressed = transport.training().get();
        return switch (desk.state()) {
            case WARMING_UP, TRAINING ->
                    pressed == TransportModel.Training.STOPPING
                            ? pressed
                            : TransportModel.Training.ON;
            case STOPPING -> TransportModel.Training.STOPPING;
            case IDLE, STOPPED, DONE, FAILED ->
                    desk.working() ? pressed : TransportModel.Training.OFF;
        };
    }

    private List<ChartRequest.Reference> references() {
        List<ChartRequest.Reference> levels = new ArrayList<>();
        Map<String, Measurement> results = measures.results();
        List<String> names = scripted();
        for (String name : new LinkedHashSet<>(List.of(names.getFirst(), names.getLast()))) {
            Measurement measured = results.get(name);
            if (measured != null) {
                double level = measured.returned().mean();
                String text = PolicyNames.of(name) + " " + Figures.fixed(level, 1);
                boolean early = name.equals(names.getFirst());
                levels.add(new ChartRequest.Reference(text, level, early));
            }
        }
        return levels;
    }

    /// The world's provider.
    public WorldProvider world() {
        return world;
    }

    /// The world's options.
    public EnvOptions options() {
        return options;
    }

    /// How the world is drawn.
    public Portrayal portrayal() {
        return portrayal;
    }

    /// What is fixed about the world.
    public EnvSpec spec() {
        return watched.spec();
    }

    /// Names of the policies that need no learning.
    public List<String> scripted() {
        return List.copyOf(scripts.keySet());
    }

    /// The watched world.
    public WatchedWorld watched() {
        return watched;
    }

    /// Who is steered by a person.
    public Steering steering() {
        return steering;
    }

    /// Where in the recording the watched world is.
    public TimelineModel timeline() {
        return timeline;
    }

    /// What the transport shows.
    public TransportModel transport() {
        return transport;
    }

    /// What the world card shows.
    public WorldModel worldModel() {
        return worldModel;
    }

    /// What the reward card shows.
    public RewardModel rewards() {
        return rewards;
    }

    /// What the return card shows.
    public ReturnModel returns() {
        return returns;
    }

    /// Where learning goes on.
    public TrainingDesk desk() {
        return desk;
    }

    /// The seed of the run; 0 without one.
    public long runSeed() {
        Run run = desk.run();
        return run == null ? 0 : run.seed();
    }

    /// What was measured on fixed seeds.
    public Measures measures() {
        return measures;
    }

    /// Stops all threads; waits for the learner's checkpoint. Not for the FX thread.
    @Override
    public void close() {
        measures.close();
        watched.close();
        if (recorder != null) {
            recorder.close();
        }
        desk.close();
    }
}
