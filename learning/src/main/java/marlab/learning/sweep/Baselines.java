package marlab.learning.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import marlab.learning.store.AtomicFile;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;

/// What scripted policies earn on the benchmark's tasks, kept in files.
public final class Baselines {

    private final Path folder;
    private final int episodes;

    /// @param folder where they are kept
    /// @param episodes of each policy
    public Baselines(Path folder, int episodes) {
        this.folder = folder;
        this.episodes = episodes;
    }

    /// What each scripted policy of a task's world earns; measures what is not known yet.
    ///
    /// @param measuring is told what is being measured
    /// @throws BadInput where files can't be read or written
    public Map<String, Outcome> of(Benchmarks.Task task, Consumer<String> measuring) {
        Member config = new Member(Map.of(), task.config(), episodes);
        Path file = folder.resolve(config.name().replace("_mappo_s1_", "_") + ".json");
        try {
            if (Files.exists(file)) {
                Map<String, Outcome> known = new LinkedHashMap<>();
                Json.object(Files.readString(file))
                        .forEach((name, tree) ->
                                known.put(name.toString(), Outcome.fromTree((Map<?, ?>) tree)));
                return known;
            }
            Map<String, Outcome> measured = new LinkedHashMap<>();
            Map<String, Object> tree = new LinkedHashMap<>();
            for (String name :
                    task.config()
                            .provider()
                            .scriptedPolicies(task.config().envOptions())
                            .keySet()) {
                measuring.accept(task.name() + ", " + name);
                Outcome outcome = MemberRun.scripted(task.config(), episodes, name);
                measured.put(name, outcome);
                tree.put(name, outcome.toTree());
            }
            Files.createDirectories(folder);
            AtomicFile.write(file, Json.pretty(tree));
            return measured;
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(
                    file
                            + " can't be read or written ("
                            + e.getMessage()
                            + "); delete it, or permit writing there.",
                    e);
        }
    }
}
