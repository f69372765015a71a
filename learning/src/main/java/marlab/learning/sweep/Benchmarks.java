package marlab.learning.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import marlab.learning.train.RunConfig;

/// The tasks and algorithms of the benchmark table, as a JSON file lists them.
///
/// @param seeds training seeds of each row: 1 to this
/// @param episodes of the evaluation at the end of a run
/// @param tasks the tasks with their rows
public record Benchmarks(int seeds, int episodes, List<Task> tasks) {

    /// A task.
    ///
    /// @param name short, for `--only`
    /// @param title for people
    /// @param world its world
    /// @param settings of all its runs
    /// @param evaluateSteps about how many environment steps lie between two evaluations
    /// @param figure dialect of the return or metric that counts
    /// @param scale what the figure is multiplied by
    /// @param unit what the figure is then, in words
    /// @param mark what a good policy reaches; NaN where there is none
    /// @param published what others report, in words, with where from and how sure that is
    /// @param rows what is run
    public record Task(
            String name,
            String title,
            String world,
            Map<String, String> settings,
            long evaluateSteps,
            String figure,
            double scale,
            String unit,
            double mark,
            List<String> published,
            List<Row> rows) {

        /// World, settings and frozen groups, for baselines.
        public RunConfig config() {
            return RunConfig.defaults(world, "mappo", 1).with(settings);
        }
    }

    /// An algorithm on a task.
    ///
    /// @param name usually the algorithm's
    /// @param algorithm its key
    /// @param settings its own
    public record Row(String name, String algorithm, Map<String, String> settings) {}

    /// Reads a file of benchmarks.
    ///
    /// @param quick whether only what has a "quick" entry is wanted, with the settings there
    /// @throws BadInput where it is not such a file
    public static Benchmarks read(String text, boolean quick) {
        try {
            Map<?, ?> tree = Json.object(text);
            Map<?, ?> counts = quick ? (Map<?, ?>) tree.get("quick") : tree;
            List<Task> tasks = new ArrayList<>();
            for (Object each : (List<?>) tree.get("tasks")) {
                Task task = task((Map<?, ?>) each, quick);
                if (!task.rows().isEmpty()) {
                    tasks.add(task);
                }
            }
            return new Benchmarks(
                    ((Number) counts.get("seeds")).intValue(),
                    ((Number) counts.get("episodes")).intValue(),
                    List.copyOf(tasks));
        } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw new BadInput("The list of benchmarks can't be read: " + e.getMessage() + ".", e);
        }
    }

    private static Task task(Map<?, ?> tree, boolean quick) {
        List<Row> rows = new ArrayList<>();
        for (Object each : (List<?>) tree.get("algorithms")) {
            Map<?, ?> row = (Map<?, ?>) each;
            Map<String, String> settings = texts(row.get("settings"));
            if (quick && !row.containsKey("quick")) {
                continue;
            }
            if (quick) {
                settings.putAll(texts(row.get("quick")));
            }
            String algorithm = row.get("algorithm").toString();
            Object name = row.containsKey("name") ? row.get("name") : algorithm;
            rows.add(new Row(name.toString(), algorithm, settings));
        }
        List<String> published = new ArrayList<>();
        if (tree.get("published") instanceof List<?> list) {
            list.forEach(line -> published.add(line.toString()));
        }
        return new Task(
                tree.get("name").toString(),
                tree.get("title").toString(),
                tree.get("world").toString(),
                texts(tree.get("settings")),
                ((Number) tree.get("evaluate_steps")).longValue(),
                tree.get("figure").toString(),
                tree.get("scale") instanceof Number scale ? scale.doubleValue() : 1,
                tree.get("unit").toString(),
                tree.get("mark") instanceof Number mark ? mark.doubleValue() : Double.NaN,
                List.copyOf(published),
                List.copyOf(rows));
    }

    private static Map<String, String> texts(Object tree) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> texts.put(key.toString(), String.valueOf(value)));
        }
        return texts;
    }

    /// Only these rows.
    ///
    /// @param only texts `TASK` or `TASK/ALGORITHM`; empty for all
    /// @throws BadInput where one of them names nothing
    public Benchmarks only(List<String> only) {
        for (String wanted : only) {
            boolean any =
                    tasks.stream()
                            .anyMatch(t -> t.rows().stream().anyMatch(r -> meant(wanted, t, r)));
            if (!any) {
                throw new BadInput(
                        "There is no benchmark \""
                                + wanted
                                + "\"; there are "
                                + String.join(
                                        ", ",
                                        tasks.stream()
                                                .flatMap(t ->
                                                        t.rows().stream()
                                                                .map(r ->
                                                                        t.name() + "/" + r.name()))
                                                .toList())
                                + ".");
            }
        }
        List<Task> kept = new ArrayList<>();
        for (Task t : tasks) {
            List<Row> rows =
                    t.rows().stream()
                            .filter(r ->
                                    only.isEmpty() || only.stream().anyMatch(w -> meant(w, t, r)))
                            .toList();
            if (!rows.isEmpty()) {
                kept.add(
                        new Task(
                                t.name,
                                t.title,
                                t.world,
                                t.settings,
                                t.evaluateSteps,
                                t.figure,
                                t.scale,
                                t.unit,
                                t.mark,
                                t.published,
                                rows));
            }
        }
        return new Benchmarks(seeds, episodes, kept);
    }

    private static boolean meant(String wanted, Task task, Row row) {
        return wanted.equals(task.name()) || wanted.equals(task.name() + "/" + row.name());
    }

    /// The same with another number of seeds.
    public Benchmarks withSeeds(int count) {
        return new Benchmarks(count, episodes, tasks);
    }

    /// The runs of a row, one per seed. Unless its settings say otherwise, it is evaluated every
    /// {@link Task#evaluateSteps}.
    ///
    /// @throws BadInput where its settings are wrong
    public List<Member> members(Task task, Row row) {
        return LongStream.rangeClosed(1, seeds).mapToObj(seed -> member(task, row, seed)).toList();
    }

    private Member member(Task task, Row row, long seed) {
        try {
            Member plain =
                    Member.of(
                            task.world, row.algorithm, task.settings, row.settings, seed, episodes);
            RunConfig config = plain.config();
            if (!row.settings.containsKey("evaluate_every")) {
                long update = (long) config.training().copies() * config.training().rollout();
                long every = Math.max(1, Math.round((double) task.evaluateSteps / update));
                config = config.with("evaluate_every", Long.toString(every));
            }
            return new Member(Map.of("task", task.name(), "row", row.name()), config, episodes);
        } catch (BadInput e) {
            throw new BadInput(task.name() + "/" + row.name() + ": " + e.getMessage(), e);
        }
    }

    /// All runs: first seeds first, so that the table is complete early if not sure.
    ///
    /// @throws BadInput where settings are wrong
    public List<Member> members() {
        List<Member> members = new ArrayList<>();
        for (long seed = 1; seed <= seeds; seed++) {
            for (Task task : tasks) {
                for (Row row : task.rows()) {
                    members.add(member(task, row, seed));
                }
            }
        }
        return members;
    }
}
