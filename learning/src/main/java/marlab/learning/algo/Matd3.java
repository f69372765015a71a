package marlab.learning.algo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.ReplayMemory;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;

/// MATD3: Ackermann et al. 2019, Reducing overestimation bias in multi-agent domains using double
/// centralized critics; TD3 (Fujimoto et al. 2018) for many agents. MADDPG (see {@link Maddpg})
/// with
///
/// - two critics for each agent, y = r_i + γ min(Q_i,1′, Q_i,2′),
/// - target actions with noise N(0, σ²) clipped to ±c, in halves of the box; choices are drawn from
///   the target policies, as in MADDPG, and need no other noise,
/// - actors, and all targets, moved with every d-th update of the critics alone.
final class Matd3 implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "matd3",
                    "MATD3",
                    "Ackermann et al. 2019, Reducing overestimation bias in multi-agent domains using double centralized critics",
                    Profile.Critic.NONE,
                    true,
                    true,
                    Profile.Head.DETERMINISTIC,
                    false,
                    Maddpg.RECIPE,
                    DeterministicConfig.parameters(
                            Maddpg.CRITIC,
                            HyperParameter.real(
                                    "target_noise",
                                    0.2,
                                    0,
                                    10,
                                    "Noise on real actions in targets, in halves of their range."),
                            HyperParameter.real("target_clip", 0.5, 0, 10, "Largest such noise."),
                            HyperParameter.whole(
                                    "delay",
                                    2,
                                    1,
                                    100,
                                    "Updates of the critics for one of the actors.")),
                    Matd3::new,
                    "MADDPG that believes the lower of two critics and moves its actors less often.",
                    "An actor that climbs a learned value finds the places where the value is too"
                            + " high by mistake, and targets carry the mistake on. Taking the lower"
                            + " of two critics, blurring target actions and letting the critics run"
                            + " ahead keeps that in check. It is steadier than MADDPG with real"
                            + " numbers; with choices the difference is small, and a low estimate can"
                            + " make it shy of coordination that pays only when all dare.");

    private final DeterministicConfig config;
    private final List<Unit> units;
    private final ReplayMemory memory;
    private final List<RelaxedActor> actors = new ArrayList<>();
    private final List<ActionCritic> first = new ArrayList<>();
    private final List<ActionCritic> second = new ArrayList<>();
    private final JointBatch[] batches = new JointBatch[Maddpg.PARTS];
    private final RelaxedAction[][] actions = new RelaxedAction[Maddpg.PARTS][];
    private final double targetNoise;
    private final double targetClip;
    private final int delay;
    private final long[] updates = {0};
    private final float[][] lower;
    private final double[] valueLoss = new double[Maddpg.PARTS];
    private final double[] value = new double[Maddpg.PARTS];
    private final RandomStream drawing;

    Matd3(Setup setup) {
        config = DeterministicConfig.of(setup.hyper());
        units = setup.units();
        memory = new ReplayMemory(setup.experience(), config.replay());
        targetNoise = setup.hyper().real("target_noise");
        targetClip = setup.hyper().real("target_clip");
        delay = setup.hyper().whole("delay");
        drawing = setup.seeds().stream("replay", 0);
        boolean canonical = setup.hyper().is(Maddpg.CRITIC.key(), "canonical");
        int transitions = (config.batch() + Maddpg.PARTS - 1) / Maddpg.PARTS;
        JointInput[] joint = new JointInput[Maddpg.PARTS];
        for (int part = 0; part < Maddpg.PARTS; part++) {
            joint[part] = new JointInput(setup, canonical);
            actions[part] = new RelaxedAction[units.size()];
        }
        int[] widths = new int[units.size()];
        int most = units.stream().mapToInt(u -> u.members().size()).max().orElse(0);
        lower = new float[Maddpg.PARTS][transitions * most];
        for (int u = 0; u < widths.length; u++) {
            int rows = transitions * units.get(u).members().size();
            actors.add(new RelaxedActor(setup, u, config, Maddpg.PARTS, rows));
            int inputs = joint[0].size(u);
            first.add(new ActionCritic(setup, inputs, "critic", u, Maddpg.PARTS, rows));
            second.add(new ActionCritic(setup, inputs, "critic2", u, Maddpg.PARTS, rows));
            for (int part = 0; part < Maddpg.PARTS; part++) {
                actions[part][u] = actors.get(u).actions(part);
            }
            widths[u] = actions[0][u].width();
        }
        for (int part = 0; part < Maddpg.PARTS; part++) {
            batches[part] = new JointBatch(memory, joint[part], widths, transitions);
        }
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
        int policySteps = 0;
        boolean ready = config.ready(memory);
        actors.forEach(a -> a.warmUp(!ready, config));
        if (ready) {
            IntConsumer criticParts = this::criticGradients;
            IntConsumer actorParts = this::actorGradients;
            double left = config.rateLeft(progress);
            for (int step = 0; step < config.gradientSteps(); step++) {
                for (JointBatch batch : batches) {
                    batch.draw(drawing);
                }
                workers.run(Maddpg.PARTS, criticParts);
                double rate = config.criticRate() * left;
                first.forEach(c -> c.step(rate, config.maxNorm()));
                second.forEach(c -> c.step(rate, config.maxNorm()));
                updates[0]++;
                if (updates[0] % delay == 0) {
                    workers.run(Maddpg.PARTS, actorParts);
                    actors.forEach(a -> a.step(config.learningRate() * left, config.maxNorm()));
                    first.forEach(c -> c.follow(config.tau()));
                    second.forEach(c -> c.follow(config.tau()));
                    actors.forEach(a -> a.follow(config.tau()));
                    policySteps++;
                }
            }
        }
        for (int u = 0; u < actors.size(); u++) {
            actors.get(u).observe(experience.rollout(u));
        }
        double terms = 2.0 * config.gradientSteps() * units.size();
        double policyTerms = (double) Math.max(1, policySteps) * units.size();
        return List.of(
                new Figure("value_loss", "", (valueLoss[0] + valueLoss[1]) / terms),
                new Figure("policy_loss", "", -(value[0] + value[1]) / policyTerms));
    }

    private void criticGradients(int part) {
        JointBatch batch = batches[part];
        batch.gather(actions[part]);
        for (int u = 0; u < units.size(); u++) {
            JointBatch.Side side = batch.side(u);
            actors.get(u)
                    .target(part, side.next, batch.rows(u), targetNoise, targetClip, side.target);
        }
        batch.joinTargets();
        for (int u = 0; u < units.size(); u++) {
            JointBatch.Side side = batch.side(u);
            int rows = batch.rows(u);
            float[] after = batch.after(u);
            float[] one = first.get(u).target(part, after, rows);
            float[] two = second.get(u).target(part, after, rows);
            for (int row = 0; row < rows; row++) {
                lower[part][row] = Math.min(one[row], two[row]);
            }
            ActionCritic.goals(
                    side.reward, side.terminated, lower[part], config.discount(), rows, side.goal);
            int all = rows * Maddpg.PARTS;
            float[] before = batch.before(u);
            for (ActionCritic critic : List.of(first.get(u), second.get(u))) {
                double loss = critic.learn(part, before, side.goal, side.gone, rows, all);
                valueLoss[part] += loss / all;
            }
        }
    }

    private void actorGradients(int part) {
        JointBatch batch = batches[part];
        for (int u = 0; u < units.size(); u++) {
            JointBatch.Side side = batch.side(u);
            int rows = batch.rows(u);
            int all = rows * Maddpg.PARTS;
            actors.get(u).propose(part, side.input, rows, side.proposal);
            float[] seen = batch.proposed(u);
            value[part] +=
                    first.get(u).ascent(part, seen, side.gone, rows, all, side.criticSlope) / all;
            float[] slope = batch.slopeOfProposals(u);
            actors.get(u).backward(part, slope, rows, config.regulariser(), all);
        }
    }

    @Override
    public void persist(Persistence state) throws IOException {
        for (int u = 0; u < units.size(); u++) {
            actors.get(u).persist(state, units.get(u).name());
            first.get(u).persist(state, units.get(u).name() + ".action_value");
            second.get(u).persist(state, units.get(u).name() + ".action_value2");
        }
        state.longs("critic_updates", updates);
        state.stream("replay_drawing", drawing);
        memory.persist(state);
        actors.forEach(a -> a.warmUp(!config.ready(memory), config));
    }
}
