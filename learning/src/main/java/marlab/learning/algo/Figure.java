package marlab.learning.algo;

/// A figure of one update, for the curves.
///
/// @param key name, such as "value_loss"; a world's own figures must not be named so
/// @param who the agents that it is about; "" for all
/// @param value the figure
public record Figure(String key, String who, double value) {}
