package marlab.sim.env;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/// The worlds there are: those on the class path, and people's own from their folder of jars (see
/// {@link UserWorlds}). Found once; {@link #reload} looks again. Any thread.
public final class Worlds {

    private static volatile Found found;

    private record Found(List<WorldProvider> worlds, List<BrokenWorld> broken) {}

    private Worlds() {}

    /// All worlds, by name.
    public static List<WorldProvider> all() {
        return found().worlds;
    }

    /// Files in the folder of people's own worlds that could not be used.
    public static List<BrokenWorld> broken() {
        return found().broken;
    }

    /// Looks again, for instance after somebody has put a jar into the folder.
    public static void reload() {
        found = null;
    }

    /// The folder of people's own worlds: `.marlab/worlds` in the home folder, or where
    /// `-Dmarlab.worlds=DIR` says. It need not exist.
    public static Path folder() {
        return UserWorlds.folder();
    }

    /// Checks a jar of worlds as if it lay alone in the folder.
    ///
    /// @return what is wrong with it; nothing where all is well
    public static List<BrokenWorld> check(Path jar) {
        List<WorldProvider> others =
                all().stream()
                        .filter(w -> w.getClass().getClassLoader() == Worlds.class.getClassLoader())
                        .toList();
        return UserWorlds.of(List.of(jar), others).broken();
    }

    private static synchronized Found found() {
        Found known = found;
        if (known == null) {
            List<WorldProvider> worlds = new ArrayList<>();
            ServiceLoader.load(WorldProvider.class, Worlds.class.getClassLoader())
                    .forEach(worlds::add);
            UserWorlds own = UserWorlds.in(UserWorlds.folder(), worlds);
            worlds.addAll(own.worlds());
            worlds.sort(Comparator.comparing(WorldProvider::name));
            known = new Found(List.copyOf(worlds), own.broken());
            found = known;
        }
        return known;
    }

    /// The world with this name.
    ///
    /// @throws IllegalArgumentException with one sentence that lists the worlds there are, or says
    ///   why the jar that may have it was refused
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
                                                .collect(Collectors.joining(", "))
                                        + refused()));
    }

    private static String refused() {
        return broken().isEmpty()
                ? ""
                : "; refused: "
                        + broken().stream()
                                .map(b -> b.file() + " (" + b.reason() + ")")
                                .collect(Collectors.joining(", "));
    }
}
