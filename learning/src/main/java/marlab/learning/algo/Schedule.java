package marlab.learning.algo;

/// Values that change while the budget is spent.
final class Schedule {

    private Schedule() {}

    /// A straight line from a value at the beginning to a share of it at the end.
    ///
    /// @param left share of the value that is left at the end; 1 for a constant
    /// @param progress share of the budget spent; beyond 1 nothing changes any more
    static double linear(double start, double left, double progress) {
        return start * (1 - Math.min(1, progress) * (1 - left));
    }
}
