package marlab.learning.algo;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.EnvSpec;
import marlab.sim.space.ActionSpace;

/// The learning algorithms there are; each one's file holds its {@link Profile}.
public enum Algorithm {
    TABULAR_Q(TabularQ.PROFILE),
    WOLF_PHC(WolfPhc.PROFILE),
    IQL(Iql.PROFILE),
    VDN(Vdn.PROFILE),
    QMIX(Qmix.PROFILE),
    REINFORCE(Reinforce.PROFILE),
    IA2C(AdvantageActorCritic.IA2C),
    MAA2C(AdvantageActorCritic.MAA2C),
    COMA(Coma.PROFILE),
    IPPO(Ppo.IPPO),
    MAPPO(Ppo.MAPPO),
    HAPPO(Happo.PROFILE),
    HATRPO(Hatrpo.PROFILE),
    DDPG(Ddpg.PROFILE),
    MADDPG(Maddpg.PROFILE),
    MATD3(Matd3.PROFILE),
    EXACT_GRADIENT(ExactGradient.PROFILE),
    REPLICATOR(ReplicatorDynamics.PROFILE),
    ;

    private final Profile profile;

    Algorithm(Profile profile) {
        this.profile = profile;
    }

    /// Name on the command line and in files.
    public String key() {
        return profile.key();
    }

    /// Name on screen.
    public String title() {
        return profile.title();
    }

    /// Where it comes from.
    public String paper() {
        return profile.paper();
    }

    /// True where a value network sees what agents can't.
    public boolean centralCritic() {
        return profile.critic() == Profile.Critic.CENTRAL;
    }

    /// True where it has a value network of states, see {@link Setup#criticInput}.
    public boolean hasCritic() {
        return profile.critic() != Profile.Critic.NONE;
    }

    /// True where it learns from sequences, as networks with memory need it.
    public boolean learnsSequences() {
        return switch (this) {
            case REINFORCE, IPPO, MAPPO, IQL, VDN, QMIX -> true;
            default -> false;
        };
    }

    /// True where it learns from what agents see after each step.
    boolean wantsNext() {
        return profile.next();
    }

    /// True where it learns from everything that all agents see, in the world's frame.
    boolean wantsState() {
        return profile.state();
    }

    /// True where it learns in tables, false where it takes networks.
    public boolean tabular() {
        return "table".equals(recipe().get("network"));
    }

    /// True where it learns from the rules of a game and not from what happens.
    public boolean exact() {
        return this == EXACT_GRADIENT || this == REPLICATOR;
    }

    /// Training settings that suit it, where they differ from everyone's.
    public Map<String, String> recipe() {
        return profile.recipe();
    }

    /// Its hyper-parameters.
    public List<HyperParameter> parameters() {
        return profile.parameters();
    }

    /// The hyper-parameter with this name, if it has one.
    public Optional<HyperParameter> parameter(String name) {
        return parameters().stream().filter(p -> p.key().equals(name)).findFirst();
    }

    /// One plain sentence.
    public String summary() {
        return profile.summary();
    }

    /// One paragraph: how it learns, where it shines, where it fails.
    public String card() {
        return profile.card();
    }

    /// A learner with fresh networks.
    public Learner learner(Setup setup) {
        return profile.make().apply(setup);
    }

    /// How actions follow from the outputs of its acting networks. Each call gives an object of its
    /// own.
    ///
    /// @param duelling whether action values have a common part and a part of their own
    ActionHead head(ActionSpace space, boolean duelling) {
        return switch (space) {
            case ActionSpace.Box box when profile.head() == Profile.Head.DETERMINISTIC ->
                    new NoisyAction(box.size(), box.low(), box.high());
            case ActionSpace.Discrete discrete when profile.head() == Profile.Head.VALUES ->
                    new EpsilonGreedy(discrete.size(), duelling);
            default -> ActionDistribution.of(space);
        };
    }

    /// Why it can't run on a world.
    ///
    /// @param frozen names of groups that do not learn
    /// @return one sentence without a full stop, or nothing where it can
    public Optional<String> misfit(EnvSpec spec, Collection<String> frozen) {
        for (AgentGroup group : spec.groups()) {
            boolean learns = !frozen.contains(group.name());
            if (learns && profile.choicesOnly() && group.action() instanceof ActionSpace.Box) {
                return Optional.of(
                        title()
                                + " chooses one of several actions, and the "
                                + group.name()
                                + " of this world act by real numbers; use another algorithm, or the"
                                + " world's discrete actions");
            }
        }
        return profile.misfit().apply(spec);
    }

    /// The algorithm with this key.
    ///
    /// @throws IllegalArgumentException with one sentence that lists the algorithms there are
    public static Algorithm named(String key) {
        return Arrays.stream(values())
                .filter(a -> a.key().equals(key))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "there is no algorithm \""
                                        + key
                                        + "\"; the algorithms are "
                                        + Arrays.stream(values())
                                                .map(Algorithm::key)
                                                .collect(Collectors.joining(", "))));
    }
}
