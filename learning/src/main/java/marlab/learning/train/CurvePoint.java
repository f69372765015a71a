package marlab.learning.train;

/// One point of the learning curve: the episodes that ended in one roll-out.
///
/// @param envSteps environment steps after the roll-out
/// @param wallSeconds seconds of wall clock from the start of the run
/// @param episodes n: episodes that ended in it
/// @param mean mean return of these episodes in the world's default dialect, exploration included
/// @param low lower end of the 95 % interval of the mean (Student t over the n episodes)
/// @param high upper end
/// @param training mean return per agent under the weights being learned from
public record CurvePoint(
        long envSteps,
        double wallSeconds,
        int episodes,
        double mean,
        double low,
        double high,
        double training) {}
