package marlab.app.shell;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.app.text.Messages;
import marlab.app.theme.ThemeChoice;
import marlab.app.training.Learning;
import marlab.learning.algo.Algorithm;
import marlab.learning.train.BadInput;
import marlab.learning.train.RunConfig;
import marlab.learning.train.Settings;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.replay.ReplayReader;
import marlab.sim.snapshot.Frame;

/// What the command line says about the window. Immutable.
///
/// @param set settings of the run, as `key=value`
/// @param theme null where the remembered one is wanted
/// @param replay file to begin with; null for none
/// @param recording bytes that a recording may take; 0 where the remembered number is wanted
public record WindowOptions(
        String world,
        String algorithm,
        long seed,
        List<String> set,
        Path runs,
        ThemeChoice theme,
        Path replay,
        long recording) {

    private static final List<String> NAMES =
            List.of(
                    "--world",
                    "--algorithm",
                    "--seed",
                    "--steps",
                    "--set",
                    "--runs",
                    "--theme",
                    "--replay",
                    "--recording");

    private static final String ALGORITHM = Learning.STANDARD;

    /// Settings that begin so name a group that does not learn.
    private static final String FROZEN = "frozen.";

    /// True when these arguments are about the window and not a verb of the command line.
    public static boolean areMeant(String[] arguments) {
        return arguments.length == 0
                || NAMES.contains(name(arguments[0]))
                || isReplay(arguments[0]);
    }

    private static boolean isReplay(String argument) {
        return !argument.startsWith("-") && argument.endsWith(Replays.EXTENSION);
    }

    private static String name(String argument) {
        int equals = argument.indexOf('=');
        return equals < 0 ? argument : argument.substring(0, equals);
    }

    /// Reads the arguments.
    ///
    /// @throws BadInput with one sentence on what is wrong
    public static WindowOptions read(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        List<String> set = new ArrayList<>();
        for (int k = 0; k < arguments.length; k++) {
            String name = name(arguments[k]);
            if (isReplay(arguments[k])) {
                values.put("--replay", arguments[k]);
                continue;
            }
            if (!NAMES.contains(name)) {
                throw new BadInput(
                        Messages.text("options.unknown", arguments[k], String.join(", ", NAMES)));
            }
            boolean joined = name.length() < arguments[k].length();
            if (!joined && k + 1 == arguments.length) {
                throw new BadInput(Messages.text("options.missing", name));
            }
            String value = joined ? arguments[k].substring(name.length() + 1) : arguments[++k];
            switch (name) {
                case "--set" -> set.add(value);
                case "--steps" -> set.add("steps=" + value);
                default -> values.put(name, value);
            }
        }
        return of(values, set);
    }

    /// Checks the arguments; asks the learning side only when they say something about it.
    ///
    /// @throws BadInput with one sentence on what is wrong
    public static void check(String[] arguments) {
        WindowOptions options = read(arguments);
        options.checkReplay();
        options.provider();
        if (!options.plain() || !options.algorithm().equals(ALGORITHM)) {
            options.config(options.seed()).envOptions();
        }
    }

    private void checkReplay() {
        if (replay != null) {
            try (ReplayReader reader = new ReplayReader(replay)) {
                if (!reader.next(new Frame(reader.spec()))) {
                    throw new BadInput(Messages.text("options.replay.empty", replay.toString()));
                }
            } catch (FileSystemException e) {
                throw new BadInput(
                        Messages.text("options.replay", replay.toString(), FileTrouble.words(e)),
                        e);
            } catch (IOException e) {
                throw new BadInput(e.getMessage(), e);
            }
        }
    }

    private static WindowOptions of(Map<String, String> values, List<String> set) {
        String theme = values.get("--theme");
        String replay = values.get("--replay");
        String runs = values.getOrDefault("--runs", System.getProperty("marlab.runs", "runs"));
        return new WindowOptions(
                values.getOrDefault("--world", "simple_spread"),
                values.getOrDefault("--algorithm", ALGORITHM),
                seed(values.getOrDefault("--seed", "7")),
                List.copyOf(set),
                Path.of(runs),
                theme == null ? null : theme(theme),
                replay == null ? null : Path.of(replay),
                recording(values.get("--recording")));
    }

    private static long recording(String megabytes) {
        if (megabytes == null) {
            return 0;
        }
        if (!megabytes.matches("[1-9]\\d{0,4}")) {
            throw new BadInput(Messages.text("options.recording", megabytes));
        }
        return Long.parseLong(megabytes) << 20;
    }

    private static ThemeChoice theme(String text) {
        if (!text.matches("(?i)light|dark|system")) {
            throw new BadInput(Messages.text("options.theme", text));
        }
        return ThemeChoice.named(text);
    }

    private static long seed(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new BadInput(Messages.text("options.seed", text));
        }
        return Long.parseLong(text);
    }

    /// The world.
    ///
    /// @throws BadInput when there is none of this name
    public WorldProvider provider() {
        try {
            return Worlds.named(world);
        } catch (IllegalArgumentException e) {
            RunConfig.defaults(world, algorithm, seed); // says it in a sentence
            throw e;
        }
    }

    /// True when nothing about the run differs from its defaults, so that the window can open
    /// before anything of the learning side is loaded.
    public boolean plain() {
        return set.isEmpty();
    }

    /// Config of a run in any world: what the command line says about learning holds in all of
    /// them, what it says about options, rewards and frozen groups in the first world only.
    ///
    /// @param how algorithm and hyper-parameters
    /// @throws BadInput with one sentence on what is wrong
    public RunConfig config(WorldProvider other, EnvOptions options, long runSeed, Learning how) {
        Map<String, String> changes = new LinkedHashMap<>(options.asText());
        for (String setting : set) {
            String[] pair = Settings.pair(setting);
            boolean frozenHere = pair[0].startsWith(FROZEN) && other.name().equals(world);
            if (frozenHere || Settings.table().stream().anyMatch(s -> s.key().equals(pair[0]))) {
                changes.put(pair[0], pair[1]);
            }
        }
        changes.putAll(how.hyper());
        return RunConfig.defaults(other.name(), how.algorithm(), runSeed).with(changes);
    }

    /// How the first run learns.
    public Learning learning() {
        Map<String, String> hyper = new LinkedHashMap<>();
        for (String setting : set) {
            String[] pair = Settings.pair(setting);
            if (Algorithm.named(algorithm).parameter(pair[0]).isPresent()) {
                hyper.put(pair[0], pair[1]);
            }
        }
        return new Learning(algorithm, hyper);
    }

    /// Config of a run from this seed.
    ///
    /// @throws BadInput with one sentence on what is wrong
    public RunConfig config(long runSeed) {
        Map<String, String> changes = new LinkedHashMap<>();
        for (String setting : set) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new BadInput(Messages.text("options.setting", setting));
            }
            changes.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return RunConfig.defaults(world, algorithm, runSeed).with(changes);
    }
}
