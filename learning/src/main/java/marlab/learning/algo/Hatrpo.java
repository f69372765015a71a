package marlab.learning.algo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.Rollout;
import marlab.sim.env.Workers;

/// HATRPO: Kuba et al. 2022, Trust region policy optimisation in multi-agent reinforcement
/// learning, algorithm 3.
///
/// As in {@link Happo} the units learn in a random order, each with its advantage weighted by the
/// changes of those before it ({@link JointRatio}); but each makes one step of TRPO ({@link
/// TrustRegion}) instead of PPO's many, so that no policy moves by more than the bound, and the
/// joint surrogate mean M·A becomes worse with no unit's step. Critics, advantages and the critics'
/// gradient steps are those of {@link Ppo}. Units of several members are treated as there.
final class Hatrpo implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "hatrpo",
                    "HATRPO",
                    "Kuba et al. 2022, Trust region policy optimisation in multi-agent reinforcement learning",
                    Profile.Critic.CENTRAL,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    false,
                    Map.of("sharing", "off"),
                    parameters(),
                    Hatrpo::new,
                    "Agents improve one after another, each by a step that provably changes its policy only a little.",
                    "As in HAPPO the agents take turns, and experience is weighted by what those before have"
                            + " changed; but each makes one step only, the best within a bound on how much its policy"
                            + " may differ (KL divergence), found by conjugate gradients and checked before it is"
                            + " taken. So every step is an improvement of what is measured, there is no learning rate"
                            + " for policies to tune, and progress is steady. A step costs about half"
                            + " as much again as HAPPO, and exploration is whatever the bound leaves of it.");

    private final List<Unit> units;
    private final List<Ppo> learners = new ArrayList<>();
    private final List<TrustRegion> regions = new ArrayList<>();
    private final JointRatio before;
    private final Happo.Sequence sequence;
    private final double bound;
    private final double finalBound;

    private static List<HyperParameter> parameters() {
        Stream<HyperParameter> own =
                Stream.of(
                        HyperParameter.real(
                                "kl_bound",
                                0.01,
                                1e-6,
                                1,
                                "How far a step may move a policy: mean KL divergence, nats (δ)."),
                        HyperParameter.real(
                                "final_bound", 1, 0, 1, "Share of the bound left at the end."));
        List<String> actors = List.of("clip", "entropy", "final_entropy");
        return Stream.concat(
                        own, PpoConfig.PARAMETERS.stream().filter(p -> !actors.contains(p.key())))
                .map(p ->
                        switch (p.key()) {
                            case "epochs" -> p.saying("Passes of the critic over each roll-out.");
                            case "learning_rate" ->
                                    p.saying("Step size of the critic's Adam at the start.");
                            case "max_norm" -> p.saying("Largest norm of the critic's gradient.");
                            default -> p;
                        })
                .toList();
    }

    Hatrpo(Setup setup) {
        units = setup.units();
        bound = setup.hyper().real("kl_bound");
        finalBound = setup.hyper().real("final_bound");
        Map<String, String> settings = new HashMap<>();
        settings.putAll(HyperParameters.defaults(PpoConfig.PARAMETERS).values());
        settings.putAll(
                setup.hyper().values()); // what is left of the defaults concerns PPO's actor
        PpoConfig config = PpoConfig.of(new HyperParameters(settings));
        for (int u = 0; u < units.size(); u++) {
            Ppo ppo = new Ppo(setup, u, config);
            learners.add(ppo);
            int rows = setup.length() * setup.lanes(units.get(u));
            regions.add(new TrustRegion(ppo.behaviour().network(), ppo.distribution(), rows));
        }
        before = new JointRatio(setup.length() * setup.copies());
        sequence = new Happo.Sequence(units.size(), setup.seeds().stream("sequence", 0));
    }

    @Override
    public List<Behaviour> behaviours() {
        return learners.stream().map(Ppo::behaviour).toList();
    }

    @Override
    public List<Figure> update(Experience experience, double progress, Workers workers) {
        double delta = Schedule.linear(bound, finalBound, progress);
        Ppo.Losses[] losses = new Ppo.Losses[units.size()];
        TrustRegion.Step[] steps = new TrustRegion.Step[units.size()];
        before.reset();
        for (int u : sequence.next()) {
            Ppo ppo = learners.get(u);
            Rollout rollout = experience.rollout(u);
            ppo.begin(rollout, progress);
            before.weigh(rollout);
            losses[u] =
                    ppo.improve(
                            workers, sums -> steps[u] = regions.get(u).step(rollout, delta, sums));
            before.include(ppo.behaviour().network(), ppo.distribution(), rollout);
        }
        List<Figure> figures = new ArrayList<>();
        for (int u = 0; u < units.size(); u++) {
            String who = units.size() == 1 ? "" : units.get(u).name();
            figures.add(new Figure("policy_loss", who, losses[u].policyLoss()));
            figures.add(new Figure("value_loss", who, losses[u].valueLoss()));
            figures.add(new Figure("entropy", who, losses[u].entropy()));
            figures.add(new Figure("improvement", who, steps[u].improvement()));
            figures.add(new Figure("kl", who, steps[u].kl()));
            figures.add(new Figure("step_taken", who, steps[u].taken()));
            figures.add(new Figure("explained_variance", who, losses[u].explained()));
        }
        return figures;
    }

    @Override
    public void persist(Persistence state) throws IOException {
        for (int u = 0; u < units.size(); u++) {
            learners.get(u).persist(state, units.get(u).name());
        }
        state.stream("sequence", sequence.random());
    }
}
