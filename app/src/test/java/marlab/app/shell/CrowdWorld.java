package marlab.app.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import marlab.sim.env.Family;
import marlab.sim.env.Metric;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.snapshot.Frame;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// A world for tests of the window: a crowd in two groups of unlike spaces, walkers first, drivers
/// after, on a line that goes round.
final class CrowdWorld implements WorldProvider {

    private static final ObservationSpace SEES =
            new ObservationSpace(
                    List.of(Field.own("place", FieldKind.SCALAR, "", 0, 1, 1, 0)), List.of(), 1);

    private static final ActionSpace WALK =
            new ActionSpace.Discrete(
                    List.of(
                            new ActionSpace.Push("left", -1, 0),
                            new ActionSpace.Push("right", 1, 0)));

    private static final ActionSpace DRIVE =
            new ActionSpace.Box(List.of(new ActionSpace.Push("speed", 1, 0)), -1, 1);

    @Override
    public String name() {
        return "crowd_for_tests";
    }

    @Override
    public String title() {
        return "Crowd";
    }

    @Override
    public String summary() {
        return "Walkers and drivers on a ring.";
    }

    @Override
    public List<String> notice() {
        return List.of("Nobody bumps into anybody.");
    }

    @Override
    public Family family() {
        return Family.SWARMS;
    }

    @Override
    public String source() {
        return "tests of the window";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                new OptionSpec.Whole("agents", "Agents", 10_000, 2, 20_000, "How many."),
                new OptionSpec.Whole("drivers", "Drivers", 100, 1, 1_000, "How many drive."),
                new OptionSpec.Real("pace", "Pace", 0.01, 0, 1, "m", "Length of a step."),
                OptionSpec.onOff("ring", "Ring", true, "Whether the line goes round."),
                new OptionSpec.Choice("from", "From", "left", List.of("left", "right"), "Where."),
                new OptionSpec.Choice(
                        "mood",
                        "Mood",
                        "cheerful",
                        List.of("cheerful", "thoughtful", "inconsiderate", "somewhere_between"),
                        "How they feel."),
                new OptionSpec.Text(
                        "motto",
                        "Motto",
                        "onward",
                        OptionSpec.Text.Editor.LINE,
                        text -> {
                            if (text.isBlank()) {
                                throw new IllegalArgumentException("a motto has at least a letter");
                            }
                            return text;
                        },
                        "What they say."),
                new OptionSpec.Text(
                        "street",
                        "Street",
                        "...\n.#.\n",
                        OptionSpec.Text.Editor.MAP,
                        text -> text,
                        "Where they go."));
    }

    @Override
    public void check(EnvOptions options) {
        if (options.whole("drivers") >= options.whole("agents")) {
            throw new IllegalArgumentException(
                    "drivers ("
                            + options.whole("drivers")
                            + ") must be fewer than agents; raise agents or lower drivers");
        }
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        return Map.of("a_few", Map.of("agents", "5", "drivers", "2"));
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Picture(options.whole("agents"));
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("go_with_the_flow", new RandomPolicy());
        policies.put("stand_still", new RandomPolicy());
        policies.put("keep_left", new RandomPolicy());
        policies.put("keep_right", new RandomPolicy());
        policies.put("random", new RandomPolicy());
        return policies;
    }

    private static EnvSpec spec(EnvOptions options) {
        int walkers = options.whole("agents") - options.whole("drivers");
        return new EnvSpec(
                "crowd_for_tests",
                List.of(
                        group("walkers", 0, walkers, WALK),
                        group("drivers", walkers, options.whole("agents"), DRIVE)),
                List.of(new RewardTerm("go", "Go", "m", false, 1, -1, 1, "Metres gone.")),
                List.of(new Metric("R", "Way", "m", Metric.Over.SUM, "Mean way gone.")),
                List.of(new ReturnDialect("mean", "mean", "R", e -> e.metrics()[0])),
                20,
                options.whole("agents"));
    }

    private static AgentGroup group(String name, int from, int to, ActionSpace action) {
        List<AgentId> agents = new ArrayList<>();
        for (int i = from; i < to; i++) {
            agents.add(new AgentId(i, name + "_" + i));
        }
        return new AgentGroup(name, agents, SEES, SEES, action);
    }

    private static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final double[] at;
        private final int walkers;
        private final double pace;
        private int step;

        Env(EnvOptions options) {
            spec = CrowdWorld.spec(options);
            result = new StepResult(spec);
            at = new double[spec.agentCount()];
            walkers = spec.groups().getFirst().size();
            pace = options.number("pace");
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            step = 0;
            for (int i = 0; i < at.length; i++) {
                at[i] = (double) i / at.length;
            }
        }

        @Override
        public StepResult step(Actions actions) {
            for (int i = 0; i < at.length; i++) {
                double way = pace * (i < walkers ? 2 * actions.choice(i) - 1 : actions.box(i, 0));
                at[i] = (at[i] + way + 1) % 1;
                result.terms[i] = way;
            }
            result.truncated = ++step == 20;
            return result;
        }

        @Override
        public void observe(int agent, double[] into, int where) {
            into[where] = at[agent];
        }

        @Override
        public void observeCentral(int agent, double[] into, int where) {
            into[where] = at[agent];
        }

        @Override
        public void snapshot(Frame into) {
            System.arraycopy(at, 0, into.state, 0, at.length);
        }

        @Override
        public void restore(Frame from) {
            System.arraycopy(from.state, 0, at, 0, at.length);
        }
    }

    private record Picture(int agents) implements Portrayal {

        @Override
        public Bounds bounds(Frame frame) {
            return Bounds.square(1.1);
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            double[] xs = new double[agents];
            double[] ys = new double[agents];
            double[] place = new double[3];
            for (int i = 0; i < agents; i++) {
                place(frame, i, place);
                xs[i] = place[0];
                ys[i] = place[1];
            }
            brush.sprites(
                    Brush.Sprite.DISC,
                    agents,
                    xs,
                    ys,
                    null,
                    0.01,
                    new byte[agents],
                    new Ink[] {new Ink.Agent(0)});
        }

        @Override
        public void place(Frame frame, int agent, double[] into) {
            double angle = 2 * Math.PI * frame.state[agent];
            into[0] = Math.cos(angle);
            into[1] = Math.sin(angle);
            into[2] = 0.01;
        }

        @Override
        public String describe(Frame frame) {
            return agents + " on a ring.";
        }
    }
}
