package marlab.sim.world.particle;

import marlab.sim.reward.RewardTerm;

/// Reward terms that several particle worlds have.
final class ParticleTerms {

    private ParticleTerms() {}

    /// A term with its default weight; the slider reaches twice as far on both sides.
    static RewardTerm of(String name, String label, String unit, double weight, String what) {
        double reach = weight == 0 ? 2 : 2 * Math.abs(weight);
        return new RewardTerm(name, label, unit, false, weight, -reach, reach, what);
    }

    /// Minus how hard the agent pushes; not in the reference, so of weight 0.
    static RewardTerm energy() {
        return of(
                "energy",
                "Save energy",
                "pushes",
                0,
                "Minus the push that the agent makes, 1 being a full one.");
    }
}
