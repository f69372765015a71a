package marlab.sim.env;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/// The worlds on the class path.
public final class Worlds {

    private Worlds() {}

    /// All worlds, by name.
    public static List<WorldProvider> all() {
        return ServiceLoader.load(WorldProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    /// The world with this name.
    ///
    /// @throws IllegalArgumentException with one sentence that lists the worlds there are
    public static WorldProvider named(String name) {
        List<WorldProvider> all = all();
        return all.stream()
                .filter(w -> w.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "there is no world \""
                                        + name
                                        + "\"; the worlds are "
                                        + all.stream()
                                                .map(WorldProvider::name)
                                                .collect(Collectors.joining(", "))));
    }
}
