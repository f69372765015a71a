package marlab.sim.world.particle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.Actions;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Family;
import marlab.sim.env.Metric;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;
import marlab.sim.space.EntitySet;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// Collect Treasure: collectors pick up treasures, one at a time, and bring each to the deposit of
/// its kind; deposits move too. Rules of MPE2 1.1.0, `collect_treasure_v1` (after Iqbal and Sha
/// 2019), except that +5 is paid where somebody picks up or delivers: the reference counts after
/// hands have changed and so all but never pays (`counting=upstream`).
///
/// State: bodies (collectors, deposits, treasures); what each collector holds, −1 for nothing;
/// kinds of the treasures; which of them are there.
public final class CollectTreasure implements WorldProvider {

    private static final double COLLECTOR_RADIUS = 0.05;
    private static final double DEPOSIT_RADIUS = 0.075;
    private static final double TREASURE_RADIUS = 0.025;

    private static final double THRUST = 1.5;
    private static final double DEPOSIT_MASS = 2.25;
    private static final double FASTEST = 1;

    /// Treasures appear within this distance of the axes, metres.
    private static final double REACH = 0.95;

    private static final int COLLECT = 0;
    private static final int DELIVER = 1;
    private static final int NEAR = 2;
    private static final int BUMP = 3;
    private static final int ENERGY = 4;
    private static final int TERM_COUNT = 5;

    private static final List<RewardTerm> TERMS =
            List.of(
                    new RewardTerm(
                            "collect",
                            "Pick up treasures",
                            "treasures",
                            true,
                            5,
                            -10,
                            10,
                            "Treasures that somebody picked up in this step."),
                    new RewardTerm(
                            "deliver",
                            "Deliver treasures",
                            "treasures",
                            true,
                            5,
                            -10,
                            10,
                            "Treasures that somebody delivered in this step."),
                    ParticleTerms.of(
                            "near",
                            "Get near what is next",
                            "m",
                            0.1,
                            "Minus the distance to the nearest treasure, or to the right deposit when"
                                    + " holding one; a deposit's to who holds its kind."),
                    ParticleTerms.of(
                            "bump",
                            "Avoid bumping",
                            "collectors",
                            5,
                            "Minus the number of collectors that a collector overlaps."),
                    ParticleTerms.energy());

    private static final List<Metric> METRICS =
            List.of(
                    Scores.RETURN,
                    new Metric(
                            "collected",
                            "Picked up",
                            "treasures",
                            Metric.Over.SUM,
                            "Number of treasures that were picked up."),
                    new Metric(
                            "delivered",
                            "Delivered",
                            "treasures",
                            Metric.Over.SUM,
                            "Number of treasures that were delivered."),
                    new Metric(
                            "bumps",
                            "Bumps",
                            "pairs",
                            Metric.Over.SUM,
                            "Σ over steps of the number of pairs of collectors that overlap."));

    private static final List<OptionSpec> OPTIONS =
            ParticleOptions.with(
                    new OptionSpec.Whole(
                            "collectors", "Collectors", 6, 1, 20, "Number of collectors."),
                    new OptionSpec.Whole(
                            "deposits",
                            "Deposits",
                            2,
                            1,
                            6,
                            "Number of deposits and of kinds of treasure."),
                    new OptionSpec.Whole(
                            "treasures", "Treasures", 6, 1, 40, "Number of treasures at a time."),
                    new OptionSpec.Real(
                            "respawn",
                            "Reappearance",
                            1,
                            0,
                            1,
                            "per step",
                            "Probability that a treasure that was taken reappears in a step."),
                    new OptionSpec.Choice(
                            "counting",
                            "Counting",
                            "events",
                            List.of("events", "upstream"),
                            "events (ours): every pick-up and delivery counts; upstream: counted after"
                                    + " hands have changed, which is all but never."));

    @Override
    public String name() {
        return "collect_treasure";
    }

    @Override
    public String title() {
        return "Collect Treasure";
    }

    @Override
    public String summary() {
        return "Collectors carry treasures to the deposit of the same colour; deposits come to meet"
                + " them.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "A treasure has the colour of the deposit that takes it; who carries one shows it.",
                "Deposits move as well: do they come towards those who carry their colour?",
                "Overlapping costs both collectors as much as a delivery brings.",
                "Do collectors share out the treasures, or run for the same one?");
    }

    @Override
    public Family family() {
        return Family.PARTICLES;
    }

    @Override
    public String source() {
        return "Iqbal and Sha 2019; rules of Farama MPE2 1.1.0, collect_treasure_v1; ours: +5 is paid"
                + " for every pick-up and delivery, chance of reappearance (theirs is 1)";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put("long", Map.of("horizon", "200", "walls", "on"));
        all.put(
                "crowd",
                Map.of(
                        "collectors",
                        "20",
                        "deposits",
                        "4",
                        "treasures",
                        "30",
                        "horizon",
                        "200",
                        "walls",
                        "on"));
        all.put("few, continuous", Map.of("collectors", "2", "actions", "continuous"));
        return all;
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Picture(scene(options, 0.35), options.whole("collectors"));
    }

    private static ParticleScene scene(EnvOptions options, double margin) {
        int agents = options.whole("collectors") + options.whole("deposits");
        return ParticleScene.of(agents, options.whole("treasures"), options, margin);
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("nearest", new Script(options));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    private static EnvSpec spec(EnvOptions options) {
        int collectors = options.whole("collectors");
        int kinds = options.whole("deposits");
        boolean continuous = ParticleOptions.continuous(options);
        List<AgentId> who = new ArrayList<>();
        for (int i = 0; i < collectors + kinds; i++) {
            boolean collects = i < collectors;
            who.add(new AgentId(i, collects ? "collector_" + i : "deposit_" + (i - collectors)));
        }
        ObservationSpace held = observation(options, true);
        ObservationSpace not = observation(options, false);
        AgentGroup first =
                new AgentGroup(
                        "collectors",
                        who.subList(0, collectors),
                        held,
                        held,
                        Movement.silent(continuous));
        AgentGroup second =
                new AgentGroup(
                        "deposits",
                        who.subList(collectors, who.size()),
                        not,
                        not,
                        Movement.silent(continuous));
        int treasures = options.whole("treasures");
        return new EnvSpec(
                "collect_treasure",
                List.of(first, second),
                TERMS,
                METRICS,
                Scores.DIALECTS,
                options.whole("horizon"),
                ParticlePhysics.stateSize(who.size(), treasures) + collectors + 2 * treasures);
    }

    /// The reference's vector; it holds the whole state, so the critic sees the same: position,
    /// velocity, what a collector holds, all others and all treasures, the nearest first.
    private static ObservationSpace observation(EnvOptions options, boolean collector) {
        int kinds = options.whole("deposits");
        int others = options.whole("collectors") + kinds - 1;
        int treasures = options.whole("treasures");
        List<Field> own = new ArrayList<>();
        own.add(Fields.position(0));
        own.add(Fields.velocity(2));
        int at = 4;
        if (collector) {
            own.add(Fields.symbol("holds", kinds, at));
            at += kinds;
        }
        int each = 4 + 2 * kinds;
        List<Field> other =
                List.of(
                        vector("position", FieldKind.RELATIVE_POSITION, at, each),
                        vector("velocity", FieldKind.VECTOR, at + 2, each),
                        symbol("takes", kinds, at + 4, each),
                        symbol("holds", kinds, at + 4 + kinds, each));
        at += others * each;
        List<Field> treasure =
                List.of(
                        vector("position", FieldKind.RELATIVE_POSITION, at, 2 + kinds),
                        symbol("kind", kinds, at + 2, 2 + kinds));
        List<EntitySet> sets =
                List.of(
                        new EntitySet("treasures", treasures, treasure),
                        new EntitySet("others", others, other));
        return new ObservationSpace(own, sets, at + treasures * (2 + kinds));
    }

    private static Field vector(String name, FieldKind kind, int at, int stride) {
        String unit = kind == FieldKind.VECTOR ? "m/s" : "m";
        return new Field(name, kind, unit, -2, 2, 2, at, stride);
    }

    private static Field symbol(String name, int size, int at, int stride) {
        return new Field(name, FieldKind.SYMBOL, "", 0, 1, size, at, stride);
    }

    /// One copy of the world.
    private static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final Scores scores;
        private final boolean continuous;
        private final boolean upstream;
        private final double respawn;
        private final int collectors;
        private final int kinds;
        private final int agents;
        private final int treasures;
        private final ParticlePhysics bodies;
        private final int[] holds;
        private final int[] kind;
        private final int[] there;
        private final int[] order; // who or what is seen, the nearest first
        private final double[] away;
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private final RandomStream random = new RandomStream(0);
        private int collected;
        private int delivered;
        private int step;

        Env(EnvOptions options) {
            spec = CollectTreasure.spec(options);
            result = new StepResult(spec);
            scores = new Scores(spec);
            continuous = ParticleOptions.continuous(options);
            upstream = options.word("counting").equals("upstream");
            respawn = options.number("respawn");
            collectors = options.whole("collectors");
            kinds = options.whole("deposits");
            agents = collectors + kinds;
            treasures = options.whole("treasures");
            bodies = new ParticlePhysics(agents, treasures, options);
            bodies.shape(0, collectors, COLLECTOR_RADIUS, false);
            bodies.shape(collectors, agents, DEPOSIT_RADIUS, false);
            bodies.shape(agents, agents + treasures, TREASURE_RADIUS, false);
            bodies.drive(0, collectors, THRUST, FASTEST);
            bodies.drive(collectors, agents, THRUST / DEPOSIT_MASS, FASTEST);
            holds = new int[collectors];
            kind = new int[treasures];
            there = new int[treasures];
            order = new int[Math.max(agents, treasures)];
            away = new double[order.length];
        }

        private void exchange(StateCursor state) {
            bodies.exchange(state);
            state.wholes(holds);
            state.wholes(kind);
            state.wholes(there);
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            bodies.scatter(0, agents, 1, random);
            for (int t = 0; t < treasures; t++) {
                appear(t);
            }
            Arrays.fill(holds, -1);
            step = 0;
        }

        private void appear(int t) {
            kind[t] = random.nextInt(kinds);
            bodies.scatter(agents + t, agents + t + 1, REACH, random);
            there[t] = 1;
        }

        @Override
        public StepResult step(Actions actions) {
            for (int i = 0; i < agents; i++) {
                double effort = Movement.push(bodies, i, actions, continuous);
                result.terms[i * TERM_COUNT + ENERGY] = -effort;
            }
            bodies.step();
            step++;
            collected = 0;
            delivered = 0;
            for (int t = 0; t < treasures; t++) {
                if (there[t] != 0) {
                    pickUp(t);
                } else if (random.nextDouble() < respawn) {
                    appear(t);
                }
            }
            deliver();
            measure();
            return result;
        }

        private void pickUp(int t) {
            for (int c = 0; c < collectors; c++) {
                if (holds[c] < 0 && bodies.hit(agents + t, c)) {
                    holds[c] = kind[t];
                    there[t] = 0;
                    collected++;
                    return;
                }
            }
        }

        private void deliver() {
            for (int c = 0; c < collectors; c++) {
                if (holds[c] >= 0 && bodies.hit(c, collectors + holds[c])) {
                    holds[c] = -1;
                    delivered++;
                }
            }
        }

        private void measure() {
            result.metrics[1] = collected;
            result.metrics[2] = delivered;
            double collect = upstream ? touchingTreasures() : collected;
            double deliver = upstream ? 0 : delivered; // they hold nothing any more
            for (int i = 0; i < agents; i++) {
                int at = i * TERM_COUNT;
                result.terms[at + COLLECT] = collect;
                result.terms[at + DELIVER] = deliver;
                result.terms[at + NEAR] = -(i < collectors ? toNext(i) : toCarrier(i));
                result.terms[at + BUMP] = 0;
            }
            result.metrics[3] = countBumps();
            result.metrics[0] = scores.mean(result.terms, 0, agents);
            result.truncated = step >= spec.horizon();
        }

        /// Pairs of a collector with empty hands and a treasure that overlap, after all hands have
        /// changed: what the reference pays for.
        private int touchingTreasures() {
            int count = 0;
            for (int t = 0; t < treasures; t++) {
                for (int c = 0; c < collectors; c++) {
                    boolean can = there[t] != 0 && holds[c] < 0;
                    count += can && bodies.hit(agents + t, c) ? 1 : 0;
                }
            }
            return count;
        }

        private double toNext(int collector) {
            if (holds[collector] >= 0) {
                return bodies.distance(collectors + holds[collector], collector);
            }
            double nearest = Double.POSITIVE_INFINITY;
            for (int t = 0; t < treasures; t++) {
                if (there[t] != 0) {
                    nearest = Math.min(nearest, squared(collector, agents + t));
                }
            }
            return nearest < Double.POSITIVE_INFINITY ? Math.sqrt(nearest) : 0;
        }

        private double squared(int a, int b) {
            double dx = bodies.x[a] - bodies.x[b];
            double dy = bodies.y[a] - bodies.y[b];
            return dx * dx + dy * dy;
        }

        /// A deposit's distance to the nearest who holds its kind, or to the middle of all.
        private double toCarrier(int deposit) {
            double nearest = Double.POSITIVE_INFINITY;
            double middleX = 0;
            double middleY = 0;
            for (int c = 0; c < collectors; c++) {
                if (holds[c] == deposit - collectors) {
                    nearest = Math.min(nearest, squared(c, deposit));
                }
                middleX += bodies.x[c];
                middleY += bodies.y[c];
            }
            if (nearest < Double.POSITIVE_INFINITY) {
                return Math.sqrt(nearest);
            }
            double dx = middleX / collectors - bodies.x[deposit];
            double dy = middleY / collectors - bodies.y[deposit];
            return Math.sqrt(dx * dx + dy * dy);
        }

        private int countBumps() {
            int pairs = 0;
            for (int i = 0; i < collectors; i++) {
                for (int j = i + 1; j < collectors; j++) {
                    if (bodies.hit(i, j)) {
                        pairs++;
                        result.terms[i * TERM_COUNT + BUMP]--;
                        result.terms[j * TERM_COUNT + BUMP]--;
                    }
                }
            }
            return pairs;
        }

        /// Symbols are zeros but for at most one 1, so all is zero first.
        @Override
        public void observe(int agent, double[] into, int at) {
            boolean collector = agent < collectors;
            int size = 4 + (collector ? kinds : 0) + (agents - 1) * (4 + 2 * kinds);
            Arrays.fill(into, at, at + size + treasures * (2 + kinds), 0);
            int k = bodies.seeOwnPosition(agent, into, at);
            k = bodies.seeOwnVelocity(agent, into, k);
            if (collector) {
                mark(holds[agent], into, k);
                k += kinds;
            }
            int others = 0;
            for (int j = 0; j < agents; j++) {
                if (j != agent) {
                    insert(others++, j, squared(agent, j));
                }
            }
            for (int o = 0; o < others; o++) {
                seeOther(agent, order[o], into, k);
                k += 4 + 2 * kinds;
            }
            seeTreasures(agent, into, k);
        }

        private static void mark(int which, double[] into, int at) {
            if (which >= 0) {
                into[at + which] = 1;
            }
        }

        /// Puts a body into the order of distances, behind those that are as near.
        private void insert(int count, int body, double distance) {
            int slot = count;
            while (slot > 0 && away[slot - 1] > distance) {
                away[slot] = away[slot - 1];
                order[slot] = order[slot - 1];
                slot--;
            }
            away[slot] = distance;
            order[slot] = body;
        }

        private void seeOther(int agent, int other, double[] into, int at) {
            into[at] = bodies.x[other] - bodies.x[agent];
            into[at + 1] = bodies.y[other] - bodies.y[agent];
            into[at + 2] = bodies.vx[other];
            into[at + 3] = bodies.vy[other];
            if (other < collectors) {
                mark(holds[other], into, at + 4 + kinds);
            } else {
                mark(other - collectors, into, at + 4);
            }
        }

        private void seeTreasures(int agent, double[] into, int at) {
            int count = 0;
            for (int t = 0; t < treasures; t++) {
                if (there[t] != 0) {
                    insert(count++, t, squared(agent, agents + t));
                }
            }
            int k = at;
            for (int s = 0; s < count; s++) {
                int t = order[s];
                into[k] = bodies.x[agents + t] - bodies.x[agent];
                into[k + 1] = bodies.y[agents + t] - bodies.y[agent];
                mark(kind[t], into, k + 2);
                k += 2 + kinds;
            }
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            observe(agent, into, at);
        }

        @Override
        public void snapshot(Frame into) {
            exchange(saving.over(into.state));
            random.save(into.random, 0);
            into.step = step;
        }

        @Override
        public void restore(Frame from) {
            exchange(loading.over(from.state));
            random.load(from.random, 0);
            step = from.step;
        }
    }

    /// Where the parts of the state behind the bodies stand.
    private record Places(int collectors, ParticleScene scene) {

        int holds(Frame frame, int collector) {
            return whole(frame.state[scene.at(scene.landmarks()) + collector]);
        }

        int kind(Frame frame, int treasure) {
            return whole(frame.state[scene.at(scene.landmarks()) + collectors + treasure]);
        }

        boolean there(Frame frame, int treasure) {
            int at = scene.at(scene.landmarks()) + collectors + scene.landmarks() + treasure;
            return frame.state[at] == 1;
        }

        /// −1 for what is halfway between two steps.
        private static int whole(double number) {
            return number == Math.rint(number) ? (int) number : -1;
        }
    }

    /// Everyone with empty hands goes to the nearest treasure that no one before it wants, whoever
    /// carries to the deposit, deposits to the nearest who carries their kind. Collectors keep out
    /// of each other's way.
    private static final class Script extends ParticleScript {

        private static final double APART = 0.22;

        private final int collectors;
        private final Places places;
        private final boolean[] wanted;

        Script(EnvOptions options) {
            super(CollectTreasure.scene(options, 0), ParticleOptions.continuous(options));
            collectors = options.whole("collectors");
            places = new Places(collectors, scene);
            wanted = new boolean[scene.landmarks()];
        }

        @Override
        void decide(ParallelEnv env, RandomGenerator random) {
            Arrays.fill(wanted, false);
            for (int c = 0; c < collectors; c++) {
                int kind = places.holds(frame, c);
                int treasure = kind < 0 ? nearestTreasure(c) : -1;
                if (kind >= 0) {
                    head(c, x(collectors + kind), y(collectors + kind));
                } else if (treasure >= 0) {
                    wanted[treasure] = true;
                    head(c, landmarkX(treasure), landmarkY(treasure));
                } else {
                    head(c, x(c), y(c));
                }
            }
            for (int d = collectors; d < scene.agents(); d++) {
                int carrier = nearestCarrier(d);
                int to = carrier < 0 ? d : carrier;
                goTo(d, x(to), y(to));
            }
        }

        private int nearestTreasure(int collector) {
            int best = -1;
            double nearest = Double.POSITIVE_INFINITY;
            for (int t = 0; t < scene.landmarks(); t++) {
                double away = scene.distance(frame, collector, t);
                if (places.there(frame, t) && !wanted[t] && away < nearest) {
                    nearest = away;
                    best = t;
                }
            }
            return best;
        }

        private int nearestCarrier(int deposit) {
            int best = -1;
            double nearest = Double.POSITIVE_INFINITY;
            for (int c = 0; c < collectors; c++) {
                boolean carries = places.holds(frame, c) == deposit - collectors;
                if (carries && distance(c, deposit) < nearest) {
                    nearest = distance(c, deposit);
                    best = c;
                }
            }
            return best;
        }

        /// Goes there, bending away from other collectors that are near.
        private void head(int collector, double toX, double toY) {
            double bendX = 0;
            double bendY = 0;
            for (int c = 0; c < collectors; c++) {
                double away = distance(c, collector);
                if (c != collector && away < APART) {
                    double strength = (APART - away) / Math.max(away, 0.01);
                    bendX += strength * (x(collector) - x(c));
                    bendY += strength * (y(collector) - y(c));
                }
            }
            goTo(collector, toX + 4 * bendX, toY + 4 * bendY);
        }
    }

    /// Treasures as diamonds in the colour of their deposit, on top of whoever carries them.
    private static final class Picture implements ParticlePicture {

        private static final double SMALL = 0.045;

        private final ParticleScene scene;
        private final int collectors;
        private final Places places;
        private final double[] cornerX = new double[4];
        private final double[] cornerY = new double[4];

        Picture(ParticleScene scene, int collectors) {
            this.scene = scene;
            this.collectors = collectors;
            places = new Places(collectors, scene);
        }

        @Override
        public ParticleScene scene() {
            return scene;
        }

        @Override
        public double radius(int agent) {
            return agent < collectors ? 0.06 : 0.1; // larger than they are, to be seen
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            scene.ground(brush);
            for (int t = 0; t < scene.landmarks(); t++) {
                if (places.there(frame, t)) {
                    double x = scene.landmarkX(frame, t);
                    diamond(brush, x, scene.landmarkY(frame, t), places.kind(frame, t));
                }
            }
            scene.trails(on, brush);
            for (int d = collectors; d < scene.agents(); d++) {
                double x = scene.agentX(frame, d);
                double y = scene.agentY(frame, d);
                brush.ring(x, y, 0.15, new Ink.Agent(d), 3, true);
                scene.agent(frame, d, radius(d), on, brush);
            }
            for (int c = 0; c < collectors; c++) {
                scene.agent(frame, c, radius(c), on, brush);
                int kind = places.holds(frame, c);
                if (kind >= 0) {
                    double x = scene.agentX(frame, c) + 0.06;
                    diamond(brush, x, scene.agentY(frame, c) + 0.06, kind);
                }
            }
        }

        private void diamond(Brush brush, double x, double y, int kind) {
            if (kind < 0) {
                return;
            }
            for (int k = 0; k < 4; k++) {
                cornerX[k] = x + (k == 0 ? SMALL : k == 2 ? -SMALL : 0);
                cornerY[k] = y + (k == 1 ? SMALL : k == 3 ? -SMALL : 0);
            }
            Ink ink = new Ink.Agent(collectors + kind);
            brush.polygon(cornerX, cornerY, 4, ink, Ink.Role.FOREGROUND, 1.5);
        }

        @Override
        public String describe(Frame frame) {
            int carrying = 0;
            for (int c = 0; c < collectors; c++) {
                carrying += places.holds(frame, c) >= 0 ? 1 : 0;
            }
            return "Collect Treasure, step "
                    + frame.step
                    + ": "
                    + carrying
                    + " of "
                    + collectors
                    + " collectors carry a treasure.";
        }
    }
}
