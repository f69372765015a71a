package marlab.learning.sweep;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import marlab.learning.train.RunConfig;

/// One run of a sweep.
///
/// @param point what sets it apart from runs of other points, by setting; runs that differ only in
///   their seeds have equal points
/// @param config all that decides its result
/// @param episodes of the evaluation at the end
public record Member(Map<String, String> point, RunConfig config, int episodes) {

    private static final int HASH_BYTES = 6;
    private static final String FILM = "film";

    public Member {
        point = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(point));
    }

    /// A run of a point: `world` and `algorithm` may be among its settings.
    ///
    /// @param settings of all points
    /// @throws BadInput where a setting is wrong
    static Member of(
            String world,
            String algorithm,
            Map<String, String> settings,
            Map<String, String> point,
            long seed,
            int episodes) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(point);
        String where = all.containsKey("world") ? all.remove("world") : world;
        String how = all.containsKey("algorithm") ? all.remove("algorithm") : algorithm;
        all.putIfAbsent(FILM, "off"); // who has hundreds of runs looks at few of them
        RunConfig config = RunConfig.defaults(where, how, seed).with(all);
        config.algorithm()
                .misfit(config.spec(), config.frozen().keySet())
                .ifPresent(why -> {
                    throw new BadInput(RunConfig.sentence(why));
                });
        return new Member(point, config, episodes);
    }

    /// Name of its folder: what, how, which seed, and a hash of everything that decides its result,
    /// so that no result is ever taken for that of other settings.
    public String name() {
        return config.world()
                + "_"
                + config.algorithm().key()
                + "_s"
                + config.seed()
                + "_"
                + hash();
    }

    private String hash() {
        Map<Object, Object> sorted = new TreeMap<>(config.toTree());
        Map<Object, Object> settings = new TreeMap<>((Map<?, ?>) sorted.get("settings"));
        settings.remove(FILM); // changes no result
        sorted.put("settings", settings);
        sorted.put("episodes", episodes);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(Json.line(sorted).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /// The point in words.
    public String label() {
        return label(point);
    }

    /// A point in words.
    public static String label(Map<String, String> point) {
        if (point.isEmpty()) {
            return "defaults";
        }
        return String.join(
                ", ", point.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
    }

    /// As a tree; {@link #fromTree} reads it.
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("point", point);
        tree.put("config", config.toTree());
        tree.put("episodes", episodes);
        return tree;
    }

    /// Reads what {@link #toTree} wrote.
    ///
    /// @throws IllegalArgumentException where it is something else
    /// @throws BadInput where a setting is wrong
    public static Member fromTree(Map<?, ?> tree) {
        if (!(tree.get("point") instanceof Map<?, ?> point)
                || !(tree.get("config") instanceof Map<?, ?> config)
                || !(tree.get("episodes") instanceof Integer episodes)) {
            throw new IllegalArgumentException(
                    "a member has a \"point\", a \"config\" and \"episodes\"");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        point.forEach((key, value) -> texts.put(key.toString(), String.valueOf(value)));
        return new Member(texts, RunConfig.fromTree(config), episodes);
    }

    /// All points with all seeds: the seeds of a point follow each other.
    ///
    /// @param settings of all points
    /// @throws BadInput with one sentence where a setting is wrong
    public static List<Member> all(
            String world,
            String algorithm,
            Map<String, String> settings,
            List<Map<String, String>> points,
            List<Long> seeds,
            int episodes) {
        return points.stream()
                .flatMap(point ->
                        seeds.stream()
                                .map(seed -> of(world, algorithm, settings, point, seed, episodes)))
                .toList();
    }
}
