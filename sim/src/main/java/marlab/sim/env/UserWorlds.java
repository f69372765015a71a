package marlab.sim.env;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import marlab.sim.testkit.ConformanceFailure;
import marlab.sim.testkit.EnvConformance;

/// People's own worlds: every jar in a folder that names a {@link WorldProvider} in its
/// META-INF/services and passes the conformance kit with its default options. A jar that does not
/// is named with the reason and never in the way of the others.
///
/// @param worlds those that passed
/// @param broken those that did not
record UserWorlds(List<WorldProvider> worlds, List<BrokenWorld> broken) {

    /// Time that a world has to pass the kit: somebody else's loop may never end.
    private static final int CHECK_SECONDS = 20;

    /// The folder: `.marlab/worlds` in the home folder, or where `-Dmarlab.worlds=DIR` says.
    static Path folder() {
        String given = System.getProperty("marlab.worlds");
        return given != null
                ? Path.of(given)
                : Path.of(System.getProperty("user.home"), ".marlab", "worlds");
    }

    /// What is in a folder; nothing where there is no such folder.
    ///
    /// @param taken worlds whose names are given away already
    static UserWorlds in(Path folder, List<WorldProvider> taken) {
        if (!Files.isDirectory(folder)) {
            return of(List.of(), taken);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return of(files.filter(f -> f.toString().endsWith(".jar")).sorted().toList(), taken);
        } catch (IOException e) {
            UserWorlds found = of(List.of(), taken);
            found.broken.add(
                    new BrokenWorld(folder, "the folder cannot be read; check its permissions"));
            return found;
        }
    }

    /// Names, sizes and times of the jars in a folder: what changes when a jar does.
    static List<String> stamps(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".jar"))
                    .map(f -> f + " " + f.toFile().length() + " " + f.toFile().lastModified())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of(folder + " unreadable");
        }
    }

    /// What is in these jars.
    static UserWorlds of(List<Path> jars, List<WorldProvider> taken) {
        UserWorlds found = new UserWorlds(new ArrayList<>(), new ArrayList<>());
        jars.forEach(jar -> found.load(jar, taken));
        return found;
    }

    private void load(Path jar, List<WorldProvider> taken) {
        FutureTask<List<WorldProvider>> check = new FutureTask<>(() -> checked(jar, taken));
        Thread thread = new Thread(check, "checking " + jar.getFileName());
        thread.setDaemon(true);
        thread.start();
        try {
            worlds.addAll(check.get(CHECK_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            broken.add(new BrokenWorld(jar, reason(e.getCause())));
        } catch (TimeoutException e) {
            broken.add(
                    new BrokenWorld(
                            jar,
                            "it did not finish the check within "
                                    + CHECK_SECONDS
                                    + " s; look for a loop that never ends"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            broken.add(new BrokenWorld(jar, "the check was interrupted; start Marlab again"));
        }
    }

    private List<WorldProvider> checked(Path jar, List<WorldProvider> taken)
            throws MalformedURLException {
        try (JarFile readable = new JarFile(jar.toFile())) {
            if (readable.size() == 0) {
                throw new IllegalArgumentException("it is empty; build it again");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("it is no readable jar; build it again", e);
        }
        // never closed: its classes are in use for as long as the program runs
        URLClassLoader loader =
                new URLClassLoader(
                        new URL[] {jar.toUri().toURL()}, UserWorlds.class.getClassLoader());
        List<WorldProvider> found = new ArrayList<>();
        Iterator<WorldProvider> all = ServiceLoader.load(WorldProvider.class, loader).iterator();
        while (all.hasNext()) {
            WorldProvider world = all.next();
            if (world.getClass().getClassLoader() == loader) {
                refuseTaken(world.name(), taken);
                refuseTaken(world.name(), worlds);
                refuseTaken(world.name(), found);
                EnvConformance.check(world, world.defaults());
                found.add(world);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "it names no world; list its class in"
                            + " META-INF/services/marlab.sim.env.WorldProvider");
        }
        return found;
    }

    private static void refuseTaken(String name, List<WorldProvider> taken) {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException(
                    "its world's name \"" + name + "\" is not of the form my_world; rename it");
        }
        if (taken.stream().anyMatch(w -> w.name().equals(name))) {
            throw new IllegalArgumentException(
                    "there is a world \"" + name + "\" already; rename this one");
        }
    }

    private static String reason(Throwable thrown) {
        return switch (thrown) {
            case ConformanceFailure broken -> broken.getMessage();
            case IllegalArgumentException refused -> refused.getMessage();
            case ServiceConfigurationError error ->
                    "it cannot be loaded ("
                            + error.getMessage()
                            + "); build it against this version of Marlab";
            case LinkageError error ->
                    "it needs something that is not there ("
                            + error
                            + "); build it against this version of Marlab";
            case null, default -> "it threw " + thrown + " while it was checked";
        };
    }
}
