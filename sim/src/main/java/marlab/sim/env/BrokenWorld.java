package marlab.sim.env;

import java.nio.file.Path;

/// A file in the folder of people's own worlds that could not be used, and why.
///
/// @param file the jar
/// @param reason one sentence: what is wrong and what to do
public record BrokenWorld(Path file, String reason) {}
