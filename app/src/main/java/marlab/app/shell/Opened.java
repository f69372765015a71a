package marlab.app.shell;

import java.nio.file.Path;
import java.util.List;
import marlab.sim.replay.Replay;

/// A replay that a session begins with.
///
/// @param name what to call it on screen, for instance the file's name
/// @param files where it comes from
/// @param replay what was read
public record Opened(String name, List<Path> files, Replay replay) {

    public Opened {
        files = List.copyOf(files);
    }
}
