package marlab.sim.testkit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import marlab.sim.draw.Bounds;
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
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameCodec;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.EntitySet;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// The rules that every world keeps, as one call in the world's test:
///
/// ```java
/// EnvConformance.check(new MyWorld());
/// ```
///
/// Checked with the smallest, the default and the largest numbers of the world's options and with
/// every word of every choice.
public final class EnvConformance {

    /// Steps of a checked episode, where the horizon is not nearer.
    private static final int STEPS = 30;

    /// Steps of one agent alone that are played to see an episode's end.
    private static final int AFFORDABLE_STEPS = 2_000;

    /// Numbers that a checked episode may observe: large worlds are checked for fewer steps.
    private static final long AFFORDABLE_NUMBERS = 3_000_000;

    /// What looking at an agent costs besides the numbers it sees, counted in such numbers.
    private static final int PER_AGENT = 100;

    /// Agents above which scripted policies are only asked for a few decisions.
    private static final int MANY_AGENTS = 10;

    private final WorldProvider world;
    private final EnvOptions options;
    private final EnvSpec spec;
    private final int steps;

    private EnvConformance(WorldProvider world, EnvOptions options) {
        this.world = world;
        this.options = options;
        spec = world.create(options).spec();
        long numbers = 1;
        for (AgentGroup group : spec.groups()) {
            int each = group.observation().size() + group.central().size() + PER_AGENT;
            numbers += (long) group.size() * each;
        }
        int affordable = Math.clamp(AFFORDABLE_NUMBERS / numbers, 2, STEPS);
        steps = Math.min(spec.horizon() + 3, affordable);
    }

    /// Checks a world.
    ///
    /// @throws ConformanceFailure with one sentence naming the world, its options, the rule and the
    ///   numbers that broke it
    public static void check(WorldProvider world) {
        for (EnvOptions options : combinations(world)) {
            check(world, options);
        }
    }

    /// Checks a world with given options.
    public static void check(WorldProvider world, EnvOptions options) {
        String[] rule = {"the world can be made"};
        try {
            EnvConformance kit = new EnvConformance(world, options);
            for (var each : kit.rules().entrySet()) {
                rule[0] = each.getKey();
                each.getValue().run();
            }
        } catch (Broken | RuntimeException broken) {
            String why = broken instanceof Broken ? broken.getMessage() : "it threw " + broken;
            throw new ConformanceFailure(
                    "World "
                            + world.name()
                            + " with "
                            + options
                            + " breaks the rule that "
                            + rule[0]
                            + ": "
                            + why
                            + ".",
                    broken);
        }
    }

    /// Smallest, default and largest numbers, and every word of every choice.
    static Set<EnvOptions> combinations(WorldProvider world) {
        Set<EnvOptions> all = new LinkedHashSet<>();
        Map<String, String> small = new LinkedHashMap<>();
        Map<String, String> large = new LinkedHashMap<>();
        for (OptionSpec option : world.options()) {
            if (option instanceof OptionSpec.Whole whole) {
                small.put(option.name(), Integer.toString(whole.low()));
                large.put(option.name(), Integer.toString(whole.high()));
            }
            if (option instanceof OptionSpec.Real real) {
                small.put(option.name(), Double.toString(real.low()));
                large.put(option.name(), Double.toString(real.high()));
            }
        }
        all.add(world.defaults());
        add(world, small, all);
        add(world, large, all);
        for (OptionSpec option : world.options()) {
            if (option instanceof OptionSpec.Choice choice) {
                for (String word : choice.values()) {
                    add(world, Map.of(option.name(), word), all);
                }
            }
        }
        world.examples().values().forEach(example -> all.add(world.configure(example)));
        return all;
    }

    /// Adds options unless the world refuses them together.
    private static void add(WorldProvider world, Map<String, String> texts, Set<EnvOptions> to) {
        try {
            to.add(world.configure(texts));
        } catch (IllegalArgumentException refused) {
            if (refused.getMessage() == null || refused.getMessage().isBlank()) {
                throw refused;
            }
        }
    }

    private static final class Broken extends Exception {
        Broken(String message) {
            super(message);
        }
    }

    private interface Rule {
        void run() throws Broken;
    }

    private Map<String, Rule> rules() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        rules.put("every agent is in one group and every name is given once", this::bookkeeping);
        rules.put("default weights lie within their sliders", this::weights);
        rules.put("the same seed and actions give the same episode", this::sameSeed);
        rules.put("a reset forgets everything before it", this::resetForgets);
        rules.put("all numbers are finite and lie where the spaces say", this::spaces);
        rules.put("the episode ends at the horizon, not before or after", this::horizon);
        rules.put("looking changes nothing", this::lookingIsPassive);
        rules.put("a stored frame continues exactly", this::restoring);
        rules.put("copies stepped together behave as single ones", this::copies);
        rules.put("saved copies continue exactly", this::savedCopies);
        rules.put("metrics and returns of episodes are finite", this::figures);
        rules.put("scripted policies act within the action space", this::scripts);
        rules.put("nothing is drawn outside the bounds", this::drawing);
        return rules;
    }

    private static void that(boolean holds, String otherwise) throws Broken {
        if (!holds) {
            throw new Broken(otherwise);
        }
    }

    private static void none(String difference, String where) throws Broken {
        that(difference.isEmpty(), where + " " + difference);
    }

    private void bookkeeping() throws Broken {
        that(spec.world().equals(world.name()), "its spec is named " + spec.world());
        List<AgentId> agents = spec.agents();
        that(!agents.isEmpty(), "there are no agents");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < agents.size(); i++) {
            that(agents.get(i).index() == i, "agent " + i + " has index " + agents.get(i).index());
            unique(names, "agent", agents.get(i).name());
        }
        that(spec.horizon() >= 1, "the horizon is " + spec.horizon());
        that(!spec.dialects().isEmpty(), "there is no dialect to report returns in");
        Set<String> keys = new HashSet<>();
        for (RewardTerm term : spec.terms()) {
            unique(keys, "term or metric", term.name());
        }
        for (Metric metric : spec.metrics()) {
            unique(keys, "term or metric", metric.name());
        }
        for (AgentGroup group : spec.groups()) {
            uniqueFields(group.observation());
            uniqueFields(group.central());
            that(group.action().size() > 0, "group " + group.name() + " can do nothing");
        }
    }

    private static void uniqueFields(ObservationSpace space) throws Broken {
        Set<String> flat = new HashSet<>();
        for (String name : space.flatNames()) {
            unique(flat, "observed number", name);
        }
    }

    private static void unique(Set<String> names, String what, String name) throws Broken {
        that(names.add(name), "two " + what + "s are named " + name);
    }

    private void weights() throws Broken {
        for (RewardTerm term : spec.terms()) {
            boolean inside = term.weight() >= term.low() && term.weight() <= term.high();
            String range = term.low() + " to " + term.high();
            that(inside, term.name() + " weighs " + term.weight() + ", outside " + range);
        }
    }

    /// One copy with a random policy of its own.
    private final class Walker {
        final ParallelEnv env = world.create(options);
        final Decision decision = new Decision(spec);
        final RandomStream random = new RandomStream(0);
        final Policy policy = new RandomPolicy();

        Walker(long seed) {
            begin(seed);
        }

        void begin(long seed) {
            env.reset(seed);
            random.reseed(seed);
        }

        StepResult step() {
            policy.act(env, decision, random);
            return env.step(decision.actions);
        }
    }

    private void sameSeed() throws Broken {
        Walker one = new Walker(11);
        Walker two = new Walker(11);
        none(Moment.of(one.env).differenceFrom(Moment.of(two.env)), "after the reset");
        walkAlike(one, two, steps);
    }

    /// Steps both, each with its own policy, and compares everything after every step.
    private void walkAlike(Walker one, Walker two, int count) throws Broken {
        for (int t = 1; t <= count; t++) {
            StepResult first = one.step();
            StepResult second = two.step();
            Moment moment = Moment.of(one.env, first);
            none(moment.differenceFrom(Moment.of(two.env, second)), "after step " + t);
            if (first.over()) {
                one.begin(t);
                two.begin(t);
            }
        }
    }

    private void resetForgets() throws Broken {
        Walker fresh = new Walker(5);
        Walker used = new Walker(6);
        for (int t = 0; t < Math.min(steps, spec.horizon()); t++) {
            used.step();
        }
        used.begin(5);
        none(Moment.of(used.env).differenceFrom(Moment.of(fresh.env)), "after the reset");
        walkAlike(used, fresh, Math.min(5, steps));
    }

    private void spaces() throws Broken {
        Walker walker = new Walker(3);
        checkObservations(walker.env, 0);
        for (int t = 1; t <= steps; t++) {
            StepResult result = walker.step();
            none(Moment.of(walker.env, result).firstNotFinite(), "after step " + t);
            checkObservations(walker.env, t);
            checkTeamTerms(result, t);
            if (result.over()) {
                walker.begin(t);
            }
        }
    }

    private void checkObservations(ParallelEnv env, int t) throws Broken {
        for (AgentGroup group : spec.groups()) {
            for (AgentId agent : group.agents()) {
                double[] own = new double[group.observation().size() + 2];
                Arrays.fill(own, Double.NaN);
                env.observe(agent.index(), own, 1);
                member(group.observation(), own, agent.name() + " at step " + t);
                double[] central = new double[group.central().size() + 2];
                Arrays.fill(central, Double.NaN);
                env.observeCentral(agent.index(), central, 1);
                member(group.central(), central, agent.name() + "'s critic at step " + t);
            }
        }
    }

    /// The vector stands from 1 to the last but one; the ends must have been left alone.
    private static void member(ObservationSpace space, double[] padded, String who) throws Broken {
        boolean kept = Double.isNaN(padded[0]) && Double.isNaN(padded[padded.length - 1]);
        that(kept, "the observation of " + who + " is written beyond its " + space.size());
        for (int k = 0; k < space.size(); k++) {
            if (!Double.isFinite(padded[1 + k])) {
                throw new Broken(space.flatNames().get(k) + " of " + who + " is " + padded[1 + k]);
            }
        }
        for (Field field : space.own()) {
            zero(field, 1, padded, who);
        }
        for (EntitySet set : space.sets()) {
            for (Field field : set.fields()) {
                zero(field, set.count(), padded, who);
            }
        }
    }

    private static void zero(Field field, int count, double[] padded, String who) throws Broken {
        if (field.kind() != FieldKind.ALWAYS_ZERO) {
            return;
        }
        for (int entity = 0; entity < count; entity++) {
            for (int k = 0; k < field.size(); k++) {
                double number = padded[1 + field.at(entity) + k];
                if (number != 0) {
                    throw new Broken(field.name() + " of " + who + " is " + number + ", not 0");
                }
            }
        }
    }

    private void checkTeamTerms(StepResult result, int t) throws Broken {
        int terms = spec.terms().size();
        for (int i = 1; i < spec.agentCount(); i++) {
            for (int k = 0; k < terms; k++) {
                boolean same = result.terms[i * terms + k] == result.terms[k];
                RewardTerm term = spec.terms().get(k);
                that(!term.team() || same, "team term " + term.name() + " differs at step " + t);
            }
        }
    }

    private void horizon() throws Broken {
        Walker walker = new Walker(4);
        Frame frame = new Frame(spec);
        int most = Math.clamp(AFFORDABLE_STEPS / spec.agentCount(), steps, AFFORDABLE_STEPS);
        for (int t = 1; t <= Math.min(most, spec.horizon()); t++) {
            StepResult result = walker.step();
            boolean last = t >= spec.horizon();
            that(
                    result.truncated == last,
                    "truncated is " + result.truncated + " at step " + t + " of " + spec.horizon());
            walker.env.snapshot(frame);
            that(frame.step == t, "the snapshot after step " + t + " says step " + frame.step);
            if (result.over()) {
                return;
            }
        }
    }

    private void lookingIsPassive() throws Broken {
        Walker watched = new Walker(8);
        Moment first = Moment.of(watched.env);
        none(Moment.of(watched.env).differenceFrom(first), "when looking twice");
        Walker alone = new Walker(8);
        for (int t = 1; t <= Math.min(steps, spec.horizon()); t++) {
            Moment.of(watched.env);
            StepResult result = watched.step();
            Moment seen = Moment.of(watched.env, result);
            none(Moment.of(alone.env, alone.step()).differenceFrom(seen), "after step " + t);
            if (result.over()) {
                return;
            }
        }
    }

    /// Snapshot, codec, restore into a used copy, go on: as if nothing had happened.
    private void restoring() throws Broken {
        FrameCodec codec = new FrameCodec(spec);
        ByteBuffer bytes = ByteBuffer.allocate(codec.mostBytes());
        Walker original = new Walker(21);
        Walker restored = new Walker(22);
        restored.step();
        for (int t = 0; t < Math.min(steps, spec.horizon()) / 2; t++) {
            if (original.step().over()) {
                original.begin(t);
            }
        }
        Moment before = Moment.of(original.env);
        codec.write(before.frame(), bytes);
        Frame frame = new Frame(spec);
        codec.restart();
        codec.read(bytes.flip(), frame);
        that(!bytes.hasRemaining(), "the codec left " + bytes.remaining() + " bytes");
        restored.env.restore(frame);
        restored.random.reseed(33);
        original.random.reseed(33);
        none(Moment.of(restored.env).differenceFrom(before), "after restoring");
        walkAlike(restored, original, steps);
    }

    private void copies() throws Broken {
        CopiesCheck check = new CopiesCheck(world, options, steps);
        none(check.differenceFromSingleCopies(), "when stepped together");
    }

    private void savedCopies() throws Broken {
        CopiesCheck check = new CopiesCheck(world, options, steps);
        none(check.differenceAfterLoading(), "after loading");
    }

    private void figures() throws Broken {
        CopiesCheck check = new CopiesCheck(world, options, steps);
        none(check.figureThatIsNotFinite(), "at the end of an episode");
    }

    private void scripts() throws Broken {
        for (String name : world.scriptedPolicies(options).keySet()) {
            ParallelEnv env = world.create(options);
            Policy policy = world.scriptedPolicies(options).get(name);
            Decision decision = new Decision(spec);
            RandomStream random = new RandomStream(1);
            env.reset(9);
            policy.episodeBegins(env);
            int count = spec.agentCount() > MANY_AGENTS ? 3 : steps;
            for (int t = 0; t < count; t++) {
                Moment before = Moment.of(env);
                decision.clear();
                policy.act(env, decision, random);
                none(
                        Moment.of(env).differenceFrom(before),
                        "policy " + name + " changed the world:");
                legal(decision, name);
                if (env.step(decision.actions).over()) {
                    env.reset(t);
                    policy.episodeBegins(env);
                }
            }
        }
    }

    private void legal(Decision decision, String policy) throws Broken {
        for (AgentGroup group : spec.groups()) {
            for (AgentId agent : group.agents()) {
                String who = "policy " + policy + " lets " + agent.name();
                switch (group.action()) {
                    case ActionSpace.Discrete discrete -> {
                        int choice = decision.actions.choice(agent.index());
                        that(choice >= 0 && choice < discrete.size(), who + " choose " + choice);
                        probabilities(decision, agent.index(), discrete.size(), who);
                    }
                    case ActionSpace.Box box -> {
                        Actions actions = decision.actions;
                        for (int k = 0; k < box.size(); k++) {
                            double x = actions.box(agent.index(), k);
                            that(x >= box.low() && x <= box.high(), who + " do " + k + ": " + x);
                        }
                    }
                }
            }
        }
    }

    private static void probabilities(Decision decision, int agent, int choices, String who)
            throws Broken {
        double sum = 0;
        for (int k = 0; k < choices; k++) {
            double p = decision.probabilities[agent * decision.choicesPerAgent + k];
            that(Double.isNaN(p) || p >= 0, who + " choose with probability " + p);
            sum += p;
        }
        that(Double.isNaN(sum) || Math.abs(sum - 1) < 1e-6, who + " choose with sum " + sum);
    }

    /// Draws with everything on, the whole probability on each choice in turn.
    private void drawing() throws Broken {
        Portrayal portrayal = world.portrayal(options);
        Walker walker = new Walker(13);
        for (int t = 0; t <= steps; t++) {
            Frame frame = Moment.of(walker.env).frame();
            Arrays.fill(frame.probabilities, 0);
            for (int k = t % Math.max(1, frame.choicesPerAgent);
                    k < frame.probabilities.length;
                    k += frame.choicesPerAgent) {
                frame.probabilities[k] = 1;
            }
            draw(portrayal, frame, t % spec.agentCount());
            if (walker.step().over()) {
                walker.begin(t);
            }
        }
    }

    private void draw(Portrayal portrayal, Frame frame, int selected) throws Broken {
        Bounds bounds = portrayal.bounds(frame);
        RecordingBrush brush = new RecordingBrush(bounds);
        Overlays overlays = new Overlays();
        overlays.selected = selected;
        portrayal.draw(frame, overlays, brush);
        none(brush.firstOutside(), "at step " + frame.step);
        that(brush.strokes() > 0, "nothing is drawn at step " + frame.step);
        double[] place = new double[3];
        for (int agent = 0; agent < spec.agentCount(); agent++) {
            portrayal.place(frame, agent, place);
            that(
                    bounds.contains(place[0], place[1]) && place[2] > 0,
                    "agent " + AgentId.letter(agent) + " is at " + Arrays.toString(place));
        }
        that(!portrayal.describe(frame).isBlank(), "a frame has no description");
    }
}
