package marlab.app.conform;

import marlab.learning.train.BadInput;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.reward.RewardWeights;
import marlab.sim.snapshot.Frame;
import marlab.sim.space.ActionSpace;

/// A trace of MPE2: a header, then episodes. Which of our worlds a header's module is, {@link
/// MpeModule} knows.
final class MpeTrace implements TracePlayer {

    private MpeModule world;
    private ParallelEnv env;
    private RewardWeights weights;
    private Actions actions;
    private Frame ours;
    private double[] theirs;
    private double[] rewards;
    private int agents;
    private boolean begun;
    private Comparison comparison;

    /// A player where the record is one of MPE2's.
    static TracePlayer begin(TraceRecord first) {
        return first.names().contains("kind") && first.names().contains("module")
                ? new MpeTrace()
                : null;
    }

    @Override
    public Comparison comparison() {
        return comparison;
    }

    @Override
    public void take(TraceRecord record) {
        String kind = record.text("kind");
        if (kind.equals("header") == (world != null)) {
            throw record.bad(world == null ? "stands before the header" : "is a second header");
        }
        switch (kind) {
            case "header" -> header(record);
            case "reset" -> restore(record);
            case "step" -> step(record);
            default -> throw record.bad("is of the unknown kind \"" + kind + "\"");
        }
    }

    private void header(TraceRecord header) {
        String module = header.text("module");
        for (MpeModule each : MpeModule.ALL) {
            if (each.module().equals(module)) {
                world = each;
            }
        }
        if (world == null) {
            throw new BadInput(
                    header.place()
                            + " there is no world for \""
                            + module
                            + "\"; traces of "
                            + Trace.mpeModules()
                            + " can be checked.");
        }
        WorldProvider provider = Worlds.named(world.world());
        EnvOptions options;
        try {
            options = provider.configure(world.options(header));
        } catch (IllegalArgumentException e) {
            throw header.bad("does not fit the world (" + e.getMessage() + ")");
        }
        env = provider.create(options);
        comparison = new Comparison(provider.name(), options.asText());
        agents = env.spec().agentCount();
        weights = world.weights().apply(header, env.spec());
        actions = new Actions(env.spec());
        ours = new Frame(env.spec());
        theirs = new double[ours.state.length];
        rewards = new double[agents];
    }

    private void restore(TraceRecord reset) {
        env.reset(0); // for a valid random stream, which nothing draws from
        env.snapshot(ours);
        world.start(reset, ours.state);
        env.restore(ours);
        begun = true;
        comparison.episode();
        compareObservations(reset);
    }

    private void step(TraceRecord step) {
        if (!begun) {
            throw step.bad("stands before the first reset");
        }
        double[][] chosen = step.rows("actions", agents);
        for (int i = 0; i < agents; i++) {
            act(step, i, chosen[i]);
        }
        StepResult result = env.step(actions);
        weights.combine(result.terms, 0, agents, rewards, 0);
        comparison.step();
        compareState(step);
        compareObservations(step);
        double[][] expected = step.rows("rewards", agents);
        double[][] terminated = step.rows("terminated", agents);
        double[][] truncated = step.rows("truncated", agents);
        boolean sameEnds = true;
        for (int i = 0; i < agents; i++) {
            comparison.reward(rewards[i], expected[i][0]);
            sameEnds &= result.terminated[i] == (terminated[i][0] == 1);
            sameEnds &= result.truncated == (truncated[i][0] == 1);
        }
        comparison.end(sameEnds);
    }

    private void act(TraceRecord step, int agent, double[] chosen) {
        switch (env.spec().groupOf(agent).action()) {
            case ActionSpace.Discrete discrete -> {
                int choice = (int) chosen[0];
                if (chosen.length != 1
                        || choice != chosen[0]
                        || choice < 0
                        || choice >= discrete.size()) {
                    throw step.bad(
                            "lets agent "
                                    + agent
                                    + " do what is none of "
                                    + discrete.size()
                                    + " choices");
                }
                actions.choose(agent, choice);
            }
            case ActionSpace.Box box -> {
                if (chosen.length != box.size()) {
                    throw step.bad(
                            "gives agent "
                                    + agent
                                    + " "
                                    + chosen.length
                                    + " numbers instead of "
                                    + box.size());
                }
                for (int k = 0; k < box.size(); k++) {
                    actions.box(agent, k, chosen[k]);
                }
            }
        }
    }

    private void compareState(TraceRecord step) {
        env.snapshot(ours);
        System.arraycopy(ours.state, 0, theirs, 0, theirs.length); // what is hidden stays
        world.state(step.record("state"), theirs);
        for (int k = 0; k < theirs.length; k++) {
            comparison.state(ours.state[k], theirs[k]);
        }
    }

    private void compareObservations(TraceRecord record) {
        double[][] expected = record.rows("obs", agents);
        for (int i = 0; i < agents; i++) {
            double[] seen = new double[env.spec().groupOf(i).observation().size()];
            if (expected[i].length != seen.length) {
                throw record.bad(
                        "shows agent "
                                + i
                                + " "
                                + expected[i].length
                                + " numbers instead of "
                                + seen.length);
            }
            env.observe(i, seen, 0);
            for (int k = 0; k < seen.length; k++) {
                comparison.observation(seen[k], expected[i][k]);
            }
        }
    }
}
