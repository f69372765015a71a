package marlab.sim.testkit;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Metric;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.RandomStream;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// A world's rules and a short random episode as text, in the manner of OpenSpiel's playthroughs.
/// Kept beside the world's test as a golden file, it shows in a diff what a change did.
public final class Playthrough {

    private final StringBuilder text = new StringBuilder();
    private final EnvSpec spec;
    private final ParallelEnv env;

    private Playthrough(WorldProvider world, EnvOptions options) {
        env = world.create(options);
        spec = env.spec();
        line("world: " + world.name() + " (" + world.title() + ")");
        line("source: " + world.source());
        options.asText().forEach((name, value) -> line("option " + name + ": " + value));
    }

    /// The text for a world.
    ///
    /// @param seed of the episode and of the random policy
    /// @param steps of the episode that are shown
    public static String of(WorldProvider world, EnvOptions options, long seed, int steps) {
        Playthrough playthrough = new Playthrough(world, options);
        playthrough.describe();
        playthrough.play(seed, steps);
        return playthrough.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void describe() {
        line("horizon: " + spec.horizon());
        line("state size: " + spec.stateSize());
        for (AgentGroup group : spec.groups()) {
            line("");
            line("group " + group.name() + ": " + names(group));
            line("action: " + action(group.action()));
            line("observation: " + observation(group.observation()));
            line("central: " + observation(group.central()));
        }
        line("");
        for (RewardTerm term : spec.terms()) {
            String scope = term.team() ? "team" : "own";
            line(
                    "term "
                            + term.name()
                            + " ["
                            + term.unit()
                            + "], "
                            + scope
                            + ", weight "
                            + number(term.weight()));
        }
        for (Metric metric : spec.metrics()) {
            line("metric " + metric.name() + " [" + metric.unit() + "], " + metric.over());
        }
        spec.dialects().forEach(d -> line("return " + d.name() + " = " + d.formula()));
    }

    private static String names(AgentGroup group) {
        return group.agents().stream().map(AgentId::name).collect(Collectors.joining(", "));
    }

    private static String action(ActionSpace space) {
        String parts =
                space.parts().stream()
                        .map(p -> p.label() + "(" + p.dx() + "," + p.dy() + ")")
                        .collect(Collectors.joining(" "));
        return switch (space) {
            case ActionSpace.Discrete _ -> "one of " + parts;
            case ActionSpace.Box box -> parts + ", each " + box.low() + " to " + box.high();
        };
    }

    private static String observation(ObservationSpace space) {
        return space.size() + " numbers: " + String.join(" ", space.briefNames());
    }

    private void play(long seed, int steps) {
        RewardWeights weights = RewardWeights.defaults(spec.terms());
        Decision decision = new Decision(spec);
        RandomStream random = new RandomStream(seed);
        RandomPolicy policy = new RandomPolicy();
        double[] rewards = new double[spec.agentCount()];
        env.reset(seed);
        line("");
        line("reset with seed " + seed);
        see();
        for (int t = 1; t <= steps; t++) {
            policy.act(env, decision, random);
            StepResult result = env.step(decision.actions);
            weights.combine(result.terms, 0, spec.agentCount(), rewards, 0);
            line("");
            line("step " + t + ": " + actions(decision));
            see();
            line("terms " + numbers(result.terms));
            line("rewards " + numbers(rewards));
            line("metrics " + numbers(result.metrics));
            line(
                    "terminated "
                            + Arrays.toString(result.terminated)
                            + ", truncated "
                            + result.truncated);
        }
    }

    private String actions(Decision decision) {
        StringBuilder all = new StringBuilder();
        for (AgentId agent : spec.agents()) {
            all.append(all.isEmpty() ? "" : ", ").append(agent.name()).append(' ');
            switch (spec.groupOf(agent.index()).action()) {
                case ActionSpace.Discrete discrete -> {
                    int choice = decision.actions.choice(agent.index());
                    all.append(discrete.parts().get(choice).label());
                }
                case ActionSpace.Box box -> {
                    double[] pushes = new double[box.size()];
                    Arrays.setAll(pushes, k -> decision.actions.box(agent.index(), k));
                    all.append(numbers(pushes));
                }
            }
        }
        return all.toString();
    }

    private void see() {
        for (AgentId agent : spec.agents()) {
            AgentGroup group = spec.groupOf(agent.index());
            double[] own = new double[group.observation().size()];
            env.observe(agent.index(), own, 0);
            line(agent.name() + " sees " + seen(group.observation(), own));
        }
    }

    /// The numbers, pictures as rows of digits.
    private static String seen(ObservationSpace space, double[] own) {
        StringBuilder all = new StringBuilder("[");
        for (int k = 0; k < own.length; k++) {
            Field grid = gridAt(space, k);
            all.append(k == 0 ? "" : " ");
            if (grid == null) {
                all.append(number(own[k]));
                continue;
            }
            for (int cell = 0; cell < grid.size(); cell++) {
                boolean rowEnds = cell > 0 && cell % grid.columns() == 0;
                all.append(rowEnds ? "/" : "").append(number(own[k + cell]));
            }
            k += grid.size() - 1;
        }
        return all.append("]").toString();
    }

    private static Field gridAt(ObservationSpace space, int at) {
        return space.own().stream()
                .filter(f -> f.kind() == FieldKind.GRID && f.offset() == at)
                .findFirst()
                .orElse(null);
    }

    private static String numbers(double[] numbers) {
        return Arrays.stream(numbers)
                .mapToObj(Playthrough::number)
                .collect(Collectors.joining(" ", "[", "]"));
    }

    /// Nine digits: fewer than arithmetic keeps, more than a mistake could hide in.
    private static String number(double x) {
        if (x == Math.rint(x) && Math.abs(x) < 1e15) {
            return Long.toString((long) x);
        }
        String digits = String.format(Locale.ROOT, "%.9f", x);
        return digits.matches("-0\\.0+") ? digits.substring(1) : digits;
    }
}
