package marlab.learning.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import marlab.learning.train.BadInput;
import marlab.learning.train.RunConfig;

/// Which runs belong to a sweep: every point with every seed. Points are the combinations of a
/// grid, times the points of a list, times the points of a Latin hypercube. Pure: the same plan has
/// the same runs.
///
/// @param world of all runs, unless it is an axis
/// @param algorithm of all runs, unless it is an axis
/// @param settings of all runs
/// @param points settings of each point
/// @param seeds training seeds of each point
/// @param episodes of the evaluation after a run
public record SweepPlan(
        String world,
        String algorithm,
        Map<String, String> settings,
        List<Map<String, String>> points,
        List<Long> seeds,
        int episodes) {

    private static final Set<String> KEYS =
            Set.of(
                    "world",
                    "algorithm",
                    "settings",
                    "grid",
                    "list",
                    "lhs",
                    "samples",
                    "seeds",
                    "episodes");

    private static final int MOST_RUNS = 100_000;
    private static final int MOST_EPISODES = 1_000_000;

    /// Reads a plan from a tree, as a file of JSON or the command line gives it.
    ///
    /// @throws BadInput with one sentence on what is wrong
    public static SweepPlan of(Map<?, ?> tree) {
        for (Object key : tree.keySet()) {
            if (!KEYS.contains(key)) {
                throw new BadInput(
                        "A sweep has no \""
                                + key
                                + "\"; it has "
                                + String.join(", ", sorted())
                                + ".");
            }
        }
        Map<String, List<String>> grid = new LinkedHashMap<>();
        texts(tree, "grid").forEach((key, value) -> grid.put(key, values(key, value)));
        List<Map<String, String>> points = Design.grid(grid);
        if (tree.containsKey("list")) {
            points = Design.cross(points, list(tree.get("list")));
        }
        points = Design.cross(points, latin(tree));
        List<Long> seeds = seeds(tree);
        if ((long) points.size() * seeds.size() > MOST_RUNS) {
            throw new BadInput(
                    "A sweep of "
                            + (long) points.size() * seeds.size()
                            + " runs is more than the 100000 that one may have; take fewer values,"
                            + " samples or seeds.");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        texts(tree, "settings").forEach((key, value) -> settings.put(key, String.valueOf(value)));
        return new SweepPlan(
                text(tree, "world", "simple_spread"),
                text(tree, "algorithm", "mappo"),
                settings,
                points,
                seeds,
                (int) whole(tree, "episodes", 1000, MOST_EPISODES));
    }

    private static List<String> sorted() {
        return KEYS.stream().sorted().toList();
    }

    private static String text(Map<?, ?> tree, String key, String otherwise) {
        return tree.get(key) == null ? otherwise : tree.get(key).toString();
    }

    private static long whole(Map<?, ?> tree, String key, long otherwise, long most) {
        Object value = tree.get(key) == null ? otherwise : tree.get(key);
        if (!(value instanceof Integer || value instanceof Long)
                || ((Number) value).longValue() < 1
                || ((Number) value).longValue() > most) {
            throw new BadInput(
                    "A sweep's \""
                            + key
                            + "\" must be a whole number from 1 to "
                            + most
                            + ", not "
                            + value
                            + ".");
        }
        return ((Number) value).longValue();
    }

    private static Map<String, Object> texts(Map<?, ?> tree, String key) {
        Map<String, Object> texts = new LinkedHashMap<>();
        switch (tree.get(key)) {
            case null -> {}
            case Map<?, ?> map -> map.forEach((name, value) -> texts.put(name.toString(), value));
            default ->
                    throw new BadInput(
                            "A sweep's \"" + key + "\" must be an object of names and values.");
        }
        return texts;
    }

    private static List<String> values(String key, Object value) {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            throw new BadInput(
                    "The axis \"" + key + "\" of a grid must be a list of at least one value.");
        }
        return list.stream().map(String::valueOf).map(String::strip).toList();
    }

    private static List<Map<String, String>> list(Object tree) {
        if (!(tree instanceof List<?> list) || list.isEmpty()) {
            throw new BadInput("A sweep's \"list\" must hold at least one point.");
        }
        List<Map<String, String>> points = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> map)) {
                throw new BadInput(
                        "Every point of a sweep's \"list\" must be an object of names and values.");
            }
            Map<String, String> point = new LinkedHashMap<>();
            map.forEach((key, value) -> point.put(key.toString(), String.valueOf(value)));
            points.add(point);
        }
        return points;
    }

    private static List<Map<String, String>> latin(Map<?, ?> tree) {
        Map<String, Design.Range> axes = new LinkedHashMap<>();
        texts(tree, "lhs")
                .forEach((key, value) -> {
                    try {
                        axes.put(key, Design.Range.of(String.valueOf(value)));
                    } catch (IllegalArgumentException e) {
                        throw new BadInput(
                                "The axis \""
                                        + key
                                        + "\" can't be \""
                                        + value
                                        + "\": "
                                        + e.getMessage()
                                        + ".",
                                e);
                    }
                });
        if (axes.isEmpty() != !tree.containsKey("samples")) {
            throw new BadInput(
                    "A Latin hypercube needs both axes (lhs) and a number of points (samples).");
        }
        return axes.isEmpty()
                ? List.of(Map.of())
                : Design.latin(axes, (int) whole(tree, "samples", 1, MOST_RUNS), 1);
    }

    private static List<Long> seeds(Map<?, ?> tree) {
        Object value = tree.get("seeds") == null ? "1-5" : tree.get("seeds");
        String text =
                value instanceof List<?> list
                        ? String.join(",", list.stream().map(String::valueOf).toList())
                        : value.toString();
        try {
            return Design.seeds(text);
        } catch (IllegalArgumentException e) {
            throw new BadInput(RunConfig.sentence(e.getMessage()), e);
        }
    }

    /// The runs: the seeds of a point follow each other.
    ///
    /// @throws BadInput with one sentence where a setting is wrong or an algorithm can't run on its
    ///   world
    public List<Member> members() {
        List<Member> members = Member.all(world, algorithm, settings, points, seeds, episodes);
        Map<String, Member> names = new LinkedHashMap<>();
        for (Member member : members) {
            Member same = names.put(member.name(), member);
            if (same != null) {
                throw new BadInput(
                        "The points "
                                + same.label()
                                + " and "
                                + member.label()
                                + " are the same; name each once.");
            }
        }
        return members;
    }
}
