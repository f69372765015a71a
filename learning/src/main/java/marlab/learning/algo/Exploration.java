package marlab.learning.algo;

/// Share of random actions over the budget: from `start` to `end`, linearly, within the first
/// `share` of it.
///
/// @param start ε at first
/// @param end ε at last
/// @param share of the budget over which it falls, in [0, 1]
record Exploration(double start, double end, double share) {

    static Exploration of(HyperParameters hyper) {
        return new Exploration(
                hyper.real("epsilon"), hyper.real("final_epsilon"), hyper.real("epsilon_share"));
    }

    /// ε at a share of the budget.
    double at(double progress) {
        double fallen = share == 0 ? 1 : Math.min(1, progress / share);
        return start + fallen * (end - start);
    }
}
