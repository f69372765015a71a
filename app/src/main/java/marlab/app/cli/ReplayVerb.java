package marlab.app.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import marlab.sim.env.ReturnDialect;
import marlab.sim.replay.ReplayCheck;
import marlab.sim.replay.ReplayEvent;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.replay.ReplayReader;
import marlab.sim.replay.ReplayTable;
import marlab.sim.replay.ReplayWriter;
import marlab.sim.snapshot.Frame;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `marlab replay`: what is in replays, as words, JSON or a table; whether they are exact; a whole
/// file from a damaged one.
@Command(
        name = "replay",
        description = {
            "Tell what is in replay files. Each is played again, so returns are the world's own, and",
            "the first step that does not come out as recorded is told."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "2:a file can't be opened",
            "3:with --check, a recording does not come out the same"
        })
final class ReplayVerb implements Callable<Integer> {

    private static final int MOST_LINES = 12;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Replays; several make a table, one row each.")
    private List<Path> files;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Option(
            names = "--csv",
            paramLabel = "OUT",
            description = "Write one row per moment and agent; OUT must not exist yet.")
    private Path csv;

    @Option(
            names = "--check",
            description = "End with code 3 where a recording does not come out the same.")
    private boolean check;

    @Option(
            names = "--repair",
            paramLabel = "OUT",
            description = "Write what can be read as a whole new replay; OUT must not exist yet.")
    private Path repair;

    /// What was found out about a file.
    private record Found(
            Path file,
            ReplayHeader header,
            int agents,
            ReturnDialect dialect,
            ReplayCheck check,
            List<ReplayEvent> events,
            String damage) {}

    @Override
    public Integer call() {
        if (files.size() > 1 && (csv != null || repair != null)) {
            throw new BadInput("--csv and --repair take one replay; name only one.");
        }
        for (Path out : new Path[] {csv, repair}) {
            if (out != null && Files.exists(out)) {
                throw new BadInput(
                        out + " exists already and is not overwritten; name another file.");
            }
        }
        if (repair != null) {
            repair(files.getFirst());
        }
        return files.size() == 1 ? one(look(files.getFirst())) : several();
    }

    private void repair(Path file) {
        try (ReplayReader reader = new ReplayReader(file);
                ProgressLine _ = new ProgressLine(() -> percent(reader))) {
            long moments = copy(reader, file);
            System.err.println("Wrote " + Output.count(moments) + " moments to " + repair + ".");
        } catch (IOException e) {
            throw new BadInput(e.getMessage(), e);
        }
    }

    private long copy(ReplayReader reader, Path file) {
        try {
            return ReplayWriter.copy(reader, repair);
        } catch (IOException e) {
            throw new BadInput(
                    repair + " can't be written from " + file + " (" + words(e) + ").", e);
        }
    }

    private static String words(IOException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static String percent(ReplayReader reader) {
        return String.format(Locale.ROOT, "%3.0f %% read", 100 * reader.share());
    }

    private Found look(Path file) {
        Path draft = csv == null ? null : csv.resolveSibling(csv.getFileName() + ".tmp");
        try (ReplayReader reader = new ReplayReader(file);
                BufferedWriter out = draft == null ? null : Files.newBufferedWriter(draft)) {
            return look(file, reader, out);
        } catch (IOException e) {
            throw new BadInput(sentence(e, file), e);
        } finally {
            delete(draft);
        }
    }

    private Found look(Path file, ReplayReader reader, BufferedWriter out) throws IOException {
        ReplayCheck played = new ReplayCheck(reader.header());
        long start = System.nanoTime();
        try (ProgressLine _ = new ProgressLine(() -> describe(reader, start))) {
            ReplayTable table =
                    out == null ? null : new ReplayTable(reader.header(), reader.spec(), out);
            Frame frame = new Frame(reader.spec());
            while (reader.next(frame)) {
                played.add(frame);
                if (table != null) {
                    table.add(frame);
                }
            }
        }
        if (out != null) {
            out.close();
            Files.move(
                    csv.resolveSibling(csv.getFileName() + ".tmp"),
                    csv,
                    StandardCopyOption.ATOMIC_MOVE);
        }
        return new Found(
                file,
                reader.header(),
                reader.spec().agentCount(),
                reader.spec().dialects().getFirst(),
                played,
                reader.events(),
                reader.damage());
    }

    private static String sentence(IOException e, Path file) {
        boolean ours = e.getMessage() != null && e.getMessage().endsWith(".");
        return ours ? e.getMessage() : file + " can't be told about (" + words(e) + ").";
    }

    private static void delete(Path draft) {
        try {
            if (draft != null) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            draft.toFile().deleteOnExit();
        }
    }

    private static String describe(ReplayReader reader, long start) {
        double share = reader.share();
        double spent = (System.nanoTime() - start) * 1e-9;
        return percent(reader)
                + "  "
                + (share == 0 ? "–" : Output.clock(spent / share - spent))
                + " left";
    }

    private int one(Found found) {
        if (json) {
            System.out.println(Json.line(tree(found)));
        } else {
            print(found);
        }
        boolean differs = check && found.check.difference() != null;
        return differs ? CommandLineMain.FAILED : CommandLineMain.DONE;
    }

    private int several() {
        int exit = CommandLineMain.DONE;
        List<Object> trees = new ArrayList<>();
        int width = files.stream().mapToInt(f -> f.toString().length()).max().orElse(0);
        for (Path file : files) {
            try {
                Found found = look(file);
                trees.add(tree(found));
                if (!json) {
                    if (trees.size() == 1) {
                        heading(width);
                    }
                    row(found, width);
                }
                if (check && found.check.difference() != null && exit == CommandLineMain.DONE) {
                    exit = CommandLineMain.FAILED;
                }
            } catch (BadInput e) {
                System.err.println("marlab: " + e.getMessage());
                trees.add(Map.of("file", file.toString(), "error", e.getMessage()));
                exit = CommandLineMain.BAD_INPUT;
            }
        }
        if (json) {
            System.out.println(Json.line(trees));
        }
        return exit;
    }

    private static void heading(int width) {
        System.out.printf(
                "%-" + width + "s  %-22s %6s %9s %8s %10s  %s%n",
                "file",
                "world",
                "agents",
                "moments",
                "episodes",
                "return",
                "exact");
    }

    private static void row(Found found, int width) {
        double mean = found.check.meanReturn();
        System.out.printf(
                "%-" + width + "s  %-22s %6d %9s %8d %10s  %s%n",
                found.file,
                found.header.world(),
                found.agents,
                Output.count(found.check.moments()),
                found.check.episodes().size(),
                Double.isNaN(mean) ? "–" : Output.fixed(mean),
                (found.check.difference() == null ? "yes" : "no")
                        + (found.damage == null ? "" : ", damaged"));
    }

    private static void print(Found found) {
        ReplayCheck played = found.check;
        System.out.println(found.file);
        line("world", found.header.world() + ", " + found.agents + " agents");
        line("options", options(found.header));
        found.header.about().forEach(ReplayVerb::line);
        line("moments", Output.count(played.moments()));
        List<ReplayCheck.Episode> episodes = played.episodes();
        line("episodes", Output.count(episodes.size()) + ", return: " + found.dialect.label());
        for (ReplayCheck.Episode each :
                episodes.subList(0, Math.min(episodes.size(), MOST_LINES))) {
            System.out.printf(
                    "    %5d  seed %-20d %6d steps  %s%n",
                    each.episode(),
                    each.seed(),
                    each.steps(),
                    Double.isNaN(each.figure()) ? "not whole" : Output.fixed(each.figure()));
        }
        if (episodes.size() > MOST_LINES) {
            System.out.println("    … and " + (episodes.size() - MOST_LINES) + " more");
        }
        double mean = played.meanReturn();
        line("mean return", Double.isNaN(mean) ? "– (no whole episode)" : Output.fixed(mean));
        found.events.stream()
                .limit(MOST_LINES)
                .forEach(e -> line("moment " + e.moment(), e.type() + ": " + e.text()));
        if (found.events.size() > MOST_LINES) {
            line("", "… and " + (found.events.size() - MOST_LINES) + " more events");
        }
        line("exact", exact(played));
        if (found.damage != null) {
            line("damage", found.damage);
        }
    }

    private static String exact(ReplayCheck played) {
        if (played.difference() != null) {
            return "no. " + played.difference();
        }
        String gaps = played.gaps() == 0 ? "" : "; thinned at " + Output.count(played.gaps());
        return "yes, " + Output.count(played.steps()) + " steps played again" + gaps;
    }

    private static String options(ReplayHeader header) {
        List<String> parts = new ArrayList<>();
        header.options()
                .forEach((name, value) -> {
                    String plain = value.strip();
                    long lines = plain.lines().count();
                    boolean much = lines > 1 || plain.length() > 40;
                    parts.add(name + "=" + (much ? "(" + lines + " lines)" : plain));
                });
        parts.sort(null);
        return String.join(" ", parts);
    }

    private static void line(String name, String text) {
        String plain = text.replaceAll("\\p{Cntrl}+", " ");
        System.out.printf("  %-14s %s%n", name.replaceAll("\\p{Cntrl}+", " "), plain);
    }

    private static Map<String, Object> tree(Found found) {
        ReplayCheck played = found.check;
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("file", found.file.toString());
        tree.put("world", found.header.world());
        tree.put("agents", found.agents);
        tree.put("options", found.header.options());
        tree.put("about", found.header.about());
        tree.put("moments", played.moments());
        tree.put("dialect", found.dialect.name());
        tree.put("mean_return", finite(played.meanReturn()));
        List<Object> episodes = new ArrayList<>();
        for (ReplayCheck.Episode each : played.episodes()) {
            Map<String, Object> episode = new LinkedHashMap<>();
            episode.put("episode", each.episode());
            episode.put("seed", each.seed());
            episode.put("first_moment", each.first());
            episode.put("steps", each.steps());
            episode.put("return", finite(each.figure()));
            episodes.add(episode);
        }
        tree.put("episodes", episodes);
        List<Object> events = new ArrayList<>();
        for (ReplayEvent each : found.events) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("moment", each.moment());
            event.put("type", each.type());
            event.put("text", each.text());
            events.add(event);
        }
        tree.put("events", events);
        tree.put("steps_played_again", played.steps());
        tree.put("gaps", played.gaps());
        tree.put("exact", played.difference() == null);
        tree.put("difference", played.difference());
        tree.put("damage", found.damage);
        return tree;
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
