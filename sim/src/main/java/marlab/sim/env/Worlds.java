package marlab.sim.env;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/// The worlds there are: those on the class path, and people's own from their folder of jars (see
/// {@link UserWorlds}), which are checked before they are used: that can take seconds. Any thread.
public final class Worlds {

    private static final List<WorldProvider> BUILT_IN =
            ServiceLoader.load(WorldProvider.class, Worlds.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .sorted(Comparator.comparing(WorldProvider::name))
                    .toList();

    private static volatile Found found = new Found(BUILT_IN, List.of(), null);

    /// @param stamps names and times of the folder's files; null before anybody looked
    private record Found(
            List<WorldProvider> worlds, List<BrokenWorld> broken, List<String> stamps) {}

    private Worlds() {}

    /// All worlds, by name, as the folder is now.
    public static List<WorldProvider> all() {
        look();
        return found.worlds;
    }

    /// Files in the folder of people's own worlds that could not be used, as the folder is now.
    public static List<BrokenWorld> broken() {
        look();
        return found.broken;
    }

    /// The worlds as they were when somebody last looked into the folder; never waits.
    public static List<WorldProvider> known() {
        return found.worlds;
    }

    /// The files that could not be used when somebody last looked; never waits.
    public static List<BrokenWorld> knownBroken() {
        return found.broken;
    }

    /// Looks into the folder of people's own worlds.
    ///
    /// @return true when it was not as it was the last time
    public static synchronized boolean look() {
        List<String> stamps = UserWorlds.stamps(folder());
        if (stamps.equals(found.stamps)) {
            return false;
        }
        UserWorlds own = UserWorlds.in(folder(), BUILT_IN);
        List<WorldProvider> worlds = new ArrayList<>(BUILT_IN);
        worlds.addAll(own.worlds());
        worlds.sort(Comparator.comparing(WorldProvider::name));
        found = new Found(List.copyOf(worlds), List.copyOf(own.broken()), stamps);
        return true;
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
        return UserWorlds.of(List.of(jar), BUILT_IN).broken();
    }

    /// The world with this name.
    ///
    /// @throws IllegalArgumentException with one sentence that lists the worlds there are, or says
    ///   why the jar that may have it was refused
    public static WorldProvider named(String name) {
        return BUILT_IN.stream()
                .filter(w -> w.name().equals(name))
                .findFirst()
                .or(() -> all().stream().filter(w -> w.name().equals(name)).findFirst())
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "there is no world \""
                                        + name
                                        + "\"; the worlds are "
                                        + all().stream()
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
