import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import marlab.sim.draw.AgentGlyph;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.Actions;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Metric;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// A template: a whole world in one file. Agents on a round bench shuffle sideways until everybody
/// has elbow room. Copy it, rename it, change the rules in {@link Env}.
public final class ElbowRoom implements WorldProvider {

    private static final int SEATS = 48;

    @Override
    public String name() {
        return "elbow_room";
    }

    @Override
    public String title() {
        return "Elbow Room";
    }

    @Override
    public String summary() {
        return "Everybody sits on a round bench and wants the nearest neighbour to be far away.";
    }

    @Override
    public List<String> notice() {
        return List.of("Nobody can see beyond the next neighbour, yet the whole bench evens out.");
    }

    @Override
    public String source() {
        return "A template of Marlab's";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                new OptionSpec.Whole("agents", "Agents", 6, 2, 24, "How many share the bench."),
                new OptionSpec.Whole("horizon", "Steps per episode", 50, 1, 1_000, "Its length."));
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put(
                "to the wider gap",
                (env, decision, random) -> {
                    double[] gaps = new double[2];
                    for (int i = 0; i < options.whole("agents"); i++) {
                        env.observe(i, gaps, 0);
                        int choice = gaps[0] > gaps[1] + 1 ? 1 : gaps[1] > gaps[0] + 1 ? 2 : 0;
                        decision.actions.choose(i, choice);
                    }
                });
        policies.put("random", new RandomPolicy());
        return policies;
    }

    private static EnvSpec spec(EnvOptions options, int stateSize) {
        List<AgentId> agents =
                IntStream.range(0, options.whole("agents"))
                        .mapToObj(i -> new AgentId(i, "agent_" + i))
                        .toList();
        ObservationSpace sees =
                new ObservationSpace(
                        List.of(
                                Field.own("gap left", FieldKind.SCALAR, "seats", 0, SEATS, 1, 0),
                                Field.own("gap right", FieldKind.SCALAR, "seats", 0, SEATS, 1, 1)),
                        List.of(),
                        2);
        ActionSpace does =
                new ActionSpace.Discrete(
                        List.of(
                                new Push("stay", 0, 0),
                                new Push("left", -1, 0),
                                new Push("right", 1, 0)));
        RewardTerm room =
                new RewardTerm(
                        "room", "Elbow room", "seats", false, 1, -2, 2,
                        "Seats between the agent and its nearest neighbour.");
        RewardTerm effort =
                new RewardTerm(
                        "effort", "Sit still", "moves", false, 0, -2, 2,
                        "Minus one for every move.");
        Metric mean =
                new Metric("R", "Return", "seats", Metric.Over.SUM, "Mean elbow room, summed.");
        return new EnvSpec(
                "elbow_room",
                List.of(new AgentGroup("agents", agents, sees, sees, does)),
                List.of(room, effort),
                List.of(mean),
                List.of(new ReturnDialect("mean", "mean per agent", "R", e -> e.metrics()[0])),
                options.whole("horizon"),
                stateSize);
    }

    /// The rules: one copy of the world.
    private static final class Env implements ParallelEnv {

        private final int[] seat;
        private final EnvSpec spec;
        private final StepResult result;
        private final RandomStream random = new RandomStream(0);
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private int step;

        Env(EnvOptions options) {
            seat = new int[options.whole("agents")];
            StateCursor measure = StateCursor.measuring();
            exchange(measure);
            spec = ElbowRoom.spec(options, measure.position());
            result = new StepResult(spec);
        }

        private void exchange(StateCursor state) {
            state.wholes(seat);
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            int first = random.nextInt(SEATS);
            for (int i = 0; i < seat.length; i++) {
                seat[i] = (first + i) % SEATS; // all in a row, elbow to elbow
            }
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            for (int i = 0; i < seat.length; i++) {
                int choice = actions.choice(i);
                boolean moves = choice == 1 && left(i) > 0 || choice == 2 && right(i) > 0;
                seat[i] = (seat[i] + (!moves ? 0 : choice == 1 ? SEATS - 1 : 1)) % SEATS;
                result.terms[2 * i + 1] = moves ? -1 : 0;
            }
            result.metrics[0] = 0;
            for (int i = 0; i < seat.length; i++) {
                result.terms[2 * i] = Math.min(left(i), right(i));
                result.metrics[0] += result.terms[2 * i] / seat.length;
            }
            result.truncated = ++step >= spec.horizon();
            return result;
        }

        /// Free seats between agent i and the neighbour on its left, who is agent i − 1.
        private int left(int i) {
            return gap(seat[(i + seat.length - 1) % seat.length], seat[i]);
        }

        private int right(int i) {
            return gap(seat[i], seat[(i + 1) % seat.length]);
        }

        private static int gap(int from, int to) {
            return (to - from + SEATS - 1) % SEATS;
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            into[at] = left(agent);
            into[at + 1] = right(agent);
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

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Picture(options.whole("agents"));
    }

    /// The picture: the bench as a ring of seats.
    private record Picture(int agents) implements Portrayal {

        @Override
        public Bounds bounds(Frame frame) {
            return Bounds.square(1.3);
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            brush.ring(0, 0, 1, Ink.Role.MUTED, 2, false);
            double[] place = new double[3];
            for (int i = 0; i < agents; i++) {
                place(frame, i, place);
                AgentGlyph.draw(brush, i, place[0], place[1], place[2], on);
            }
        }

        @Override
        public void place(Frame frame, int agent, double[] into) {
            double angle = 2 * Math.PI * frame.state[agent] / SEATS;
            into[0] = Math.sin(angle);
            into[1] = Math.cos(angle);
            into[2] = 0.06;
        }

        @Override
        public String describe(Frame frame) {
            int[] seats = Arrays.stream(frame.state).mapToInt(s -> (int) s).sorted().toArray();
            return "Elbow Room, step " + frame.step + ": seats " + Arrays.toString(seats) + ".";
        }
    }
}
