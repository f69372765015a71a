package marlab.learning.algo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.ReplayMemory;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;

/// MADDPG: Lowe et al. 2017, Multi-agent actor-critic for mixed cooperative-competitive
/// environments. Every agent i has a policy μ_i(o_i) and a value Q_i(o_1 … o_n, a_1 … a_n) of what
/// all see and do, both with targets that follow slowly.
///
/// - Critic: (Q_i(x, a) − y)², y = r_i + γ Q_i′(x′, μ_1′(o_1′) … μ_n′(o_n′)); nothing follows where
///   the agent's task is over, but where only the time limit cut the episode.
/// - Actor: ∇ Q_i(x, a_1 … μ_i(o_i) … a_n), the others' actions as they were; choices as in {@link
///   RelaxedAction}, plus a weight on the squared logits.
/// - Inferred policies: targets use what i guesses of the others, see {@link InferredPolicies}.
/// - Ensembles: an agent acts by one of K sub-policies for a whole episode. A row of the memory is
///   routed to the sub-policy that it says (see {@link marlab.learning.net.Ensemble}), so that each
///   learns from its own episodes alone, and the mean over rows is that over sub-policies.
///
/// Agents with parameter sharing are one actor and one critic, and their rows one batch.
final class Maddpg implements Learner {

    /// Parts of a minibatch, one thread each.
    static final int PARTS = 2;

    static final HyperParameter CRITIC =
            HyperParameter.word(
                    "critic",
                    "The frame in which critics see all: the agent's own with the others in order"
                            + " of distance, or the world's.",
                    "canonical",
                    "joint");

    static final HyperParameter INFERRED =
            HyperParameter.word(
                    "inferred",
                    "on: agents infer the policies of others from what these do.",
                    "off",
                    "on");

    static final HyperParameter ENSEMBLE =
            HyperParameter.whole("ensemble", 1, 1, 100, "Sub-policies, one drawn per episode.");

    static final Map<String, String> RECIPE =
            Map.of(
                    "copies", "64",
                    "rollout", "25",
                    "steps", "500000",
                    "activation", "relu",
                    "checkpoint_every", "200");

    static final Profile PROFILE =
            new Profile(
                    "maddpg",
                    "MADDPG",
                    "Lowe et al. 2017, Multi-agent actor-critic for mixed cooperative-competitive environments",
                    Profile.Critic.NONE,
                    true,
                    true,
                    Profile.Head.DETERMINISTIC,
                    false,
                    RECIPE,
                    DeterministicConfig.parameters(CRITIC, INFERRED, ENSEMBLE),
                    Maddpg::new,
                    "Every agent has a critic that sees what all see and do while learning.",
                    "The critic of each agent is told everybody's action, so that for it the world"
                            + " stands still while the others learn; the agent climbs its critic's"
                            + " slope and afterwards acts by its own eyes alone. It learns from old"
                            + " experience, in cooperation as in competition, with choices and with"
                            + " real numbers. It needs luck where a reward is rare, its critics grow"
                            + " with the number of agents, and values that are too high are believed"
                            + " (see MATD3).");

    private final DeterministicConfig config;
    private final List<Unit> units;
    private final ReplayMemory memory;
    private final List<RelaxedActor> actors = new ArrayList<>();
    private final List<ActionCritic> critics = new ArrayList<>();
    private final InferredPolicies inferred; // null where the others' policies are known
    private final JointBatch[] batches = new JointBatch[PARTS];
    private final RelaxedAction[][] actions = new RelaxedAction[PARTS][];
    private final double[] valueLoss = new double[PARTS];
    private final double[] value = new double[PARTS];
    private final RandomStream drawing;

    Maddpg(Setup setup) {
        config = DeterministicConfig.of(setup.hyper());
        units = setup.units();
        memory = new ReplayMemory(setup.experience(), config.replay());
        drawing = setup.seeds().stream("replay", 0);
        boolean canonical = setup.hyper().is(CRITIC.key(), "canonical");
        int transitions = (config.batch() + PARTS - 1) / PARTS;
        JointInput[] joint = new JointInput[PARTS];
        for (int part = 0; part < PARTS; part++) {
            joint[part] = new JointInput(setup, canonical);
            actions[part] = new RelaxedAction[units.size()];
        }
        int[] widths = new int[units.size()];
        for (int u = 0; u < widths.length; u++) {
            int rows = transitions * units.get(u).members().size();
            actors.add(new RelaxedActor(setup, u, config, PARTS, rows));
            int inputs = joint[0].size(u);
            critics.add(new ActionCritic(setup, inputs, "critic", u, PARTS, rows));
            for (int part = 0; part < PARTS; part++) {
                actions[part][u] = actors.get(u).actions(part);
            }
            widths[u] = actions[0][u].width();
        }
        for (int part = 0; part < PARTS; part++) {
            batches[part] = new JointBatch(memory, joint[part], widths, transitions);
        }
        inferred =
                setup.hyper().on(INFERRED.key())
                        ? new InferredPolicies(setup, config, PARTS, transitions)
                        : null;
    }

    @Override
    public List<Behaviour> behaviours() {
        return actors.stream().map(RelaxedActor::behaviour).toList();
    }

    @Override
    public List<Figure> update(Experience experience, double progress, Workers workers) {
        memory.add(experience);
        Arrays.fill(valueLoss, 0);
        Arrays.fill(value, 0);
        double surprise = 0;
        boolean ready = config.ready(memory);
        actors.forEach(a -> a.warmUp(!ready, config));
        if (ready) {
            IntConsumer criticParts = this::criticGradients;
            IntConsumer actorParts = this::actorGradients;
            double left = config.rateLeft(progress);
            for (int step = 0; step < config.gradientSteps(); step++) {
                if (inferred != null) {
                    surprise += inferred.learn(experience, left, workers);
                }
                for (JointBatch batch : batches) {
                    batch.draw(drawing);
                }
                workers.run(PARTS, criticParts);
                critics.forEach(c -> c.step(config.criticRate() * left, config.maxNorm()));
                workers.run(PARTS, actorParts);
                actors.forEach(a -> a.step(config.learningRate() * left, config.maxNorm()));
                critics.forEach(c -> c.follow(config.tau()));
                actors.forEach(a -> a.follow(config.tau()));
            }
        }
        for (int u = 0; u < actors.size(); u++) {
            actors.get(u).observe(experience.rollout(u));
        }
        double terms = (double) config.gradientSteps() * units.size();
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("value_loss", "", (valueLoss[0] + valueLoss[1]) / terms));
        figures.add(new Figure("policy_loss", "", -(value[0] + value[1]) / terms));
        if (inferred != null) {
            figures.add(new Figure("inferred_loss", "", surprise / config.gradientSteps()));
        }
        return figures;
    }

    private void criticGradients(int part) {
        JointBatch batch = batches[part];
        batch.gather(actions[part]);
        for (int u = 0; u < units.size(); u++) {
            JointBatch.Side side = batch.side(u);
            actors.get(u).target(part, side.next, batch.rows(u), 0, 0, side.target);
        }
        batch.joinTargets();
        for (int u = 0; u < units.size(); u++) {
            JointBatch.Side side = batch.side(u);
            int rows = batch.rows(u);
            if (inferred != null) {
                inferred.joinTargets(part, u, batch);
            }
            float[] next = critics.get(u).target(part, batch.after(u), rows);
            ActionCritic.goals(
                    side.reward, side.terminated, next, config.discount(), rows, side.goal);
            int all = rows * PARTS;
            valueLoss[part] +=
                    critics.get(u).learn(part, batch.before(u), side.goal, side.gone, rows, all)
                            / all;
        }
    }

    private void actorGradients(int part) {
        JointBatch batch = batches[part];
        for (int u = 0; u < units.size(); u++) {
            JointBatch.Side side = batch.side(u);
            int rows = batch.rows(u);
            int all = rows * PARTS;
            actors.get(u).propose(part, side.input, rows, side.proposal);
            float[] seen = batch.proposed(u);
            value[part] +=
                    critics.get(u).ascent(part, seen, side.gone, rows, all, side.criticSlope) / all;
            float[] slope = batch.slopeOfProposals(u);
            actors.get(u).backward(part, slope, rows, config.regulariser(), all);
        }
    }

    @Override
    public void persist(Persistence state) throws IOException {
        for (int u = 0; u < units.size(); u++) {
            actors.get(u).persist(state, units.get(u).name());
            critics.get(u).persist(state, units.get(u).name() + ".action_value");
        }
        if (inferred != null) {
            inferred.persist(state);
        }
        state.stream("replay_drawing", drawing);
        memory.persist(state);
        actors.forEach(a -> a.warmUp(!config.ready(memory), config));
    }
}
