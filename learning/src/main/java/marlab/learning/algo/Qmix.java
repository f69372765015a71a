package marlab.learning.algo;

/// QMIX: Q_tot is a function of the agents' values that never falls when one of them rises, of a
/// form that depends on the state, see {@link marlab.learning.net.MonotonicMixer}; learned by
/// {@link TeamValues}. The state is what all agents see, in the world's frame, scaled by its
/// running mean and deviation.
final class Qmix {

    static final Profile PROFILE =
            new Profile(
                    "qmix",
                    "QMIX",
                    "Rashid et al. 2018, QMIX: monotonic value function factorisation",
                    Profile.Critic.NONE,
                    true,
                    true,
                    Profile.Head.VALUES,
                    true,
                    QConfig.RECIPE,
                    QConfig.PARAMETERS,
                    setup -> new TeamValues(setup, true),
                    "A team learns one value that grows with each agent's, mixed by a network that sees the state.",
                    "Everybody who learns, of whatever group, is one team with one reward, the mean of"
                            + " theirs. A mixing network that sees the whole state while learning makes the"
                            + " team's value out of the agents' values, in a way that may differ from state to"
                            + " state but never falls when an agent's value rises, so that each agent's best"
                            + " action is part of the team's best. It can say more than VDN's sum and is often"
                            + " the strongest of its kind on small teams. What it cannot say is that an action"
                            + " is good only if the others join in: in climbing and penalty games it too plays"
                            + " it safe. The mixing network grows with the state, so large teams learn slowly.");

    private Qmix() {}
}
