package marlab.learning.algo;

/// Value-decomposition networks: Q_tot = Σᵢ Qᵢ(oᵢ, aᵢ), learned by {@link TeamValues}.
final class Vdn {

    static final Profile PROFILE =
            new Profile(
                    "vdn",
                    "VDN",
                    "Sunehag et al. 2018, Value-decomposition networks for cooperative multi-agent learning",
                    Profile.Critic.NONE,
                    true,
                    false,
                    Profile.Head.VALUES,
                    true,
                    QConfig.RECIPE,
                    QConfig.PARAMETERS,
                    setup -> new TeamValues(setup, false),
                    "A team learns one value that is the sum of its agents' values.",
                    "Everybody who learns, of whatever group, is one team with one reward, the mean of"
                            + " theirs; the sum of the agents' values is taught to predict what the team will"
                            + " earn, and each agent takes the action that its own part of the sum favours."
                            + " That tells the agents apart without anyone being told who earned what, quickly"
                            + " and with little experience. What one agent's action is worth must not depend"
                            + " on the others' actions: in climbing and penalty games, where a good action is"
                            + " ruinous unless the other joins in, the sum cannot say so and the team plays it"
                            + " safe. Where agents compete there is no team, and it makes no sense.");

    private Vdn() {}
}
