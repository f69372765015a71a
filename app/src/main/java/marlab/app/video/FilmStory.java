package marlab.app.video;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import marlab.app.text.Figures;
import marlab.app.text.PolicyNames;
import marlab.learning.store.Json;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.snapshot.Frame;

/// The words of a film: what its cards and its metadata say. Immutable.
final class FilmStory {

    private final String title;
    private final String subtitle;
    private final Map<String, Object> provenance;

    FilmStory(Film film) {
        FilmSource first = film.sources().getFirst();
        String world = first.replay().header().provider().title();
        String asked = film.plan().title().strip();
        title = asked.isEmpty() ? usual(film, world) : asked;
        subtitle = subtitle(film);
        provenance = provenance(film, first);
    }

    private static String usual(Film film, String world) {
        if (film.isOfLearning()) {
            return world + " is learned";
        }
        List<String> worlds =
                film.sources().stream().map(s -> s.replay().header().provider().title()).toList();
        return worlds.stream().distinct().count() > 1 ? String.join(" · ", worlds) : world;
    }

    private static String subtitle(Film film) {
        StringBuilder text = new StringBuilder();
        List<String> policies = film.sources().stream().map(FilmStory::policy).distinct().toList();
        policies.stream()
                .filter(p -> !p.isEmpty())
                .limit(2)
                .forEach(p -> text.append(p).append(" · "));
        text.append("seed ").append(seed(film));
        if (film.isOfLearning()) {
            long steps = film.sources().getLast().envSteps();
            if (steps >= 0) {
                text.append(" · ").append(Figures.brief(steps)).append(" steps of training");
            }
        } else {
            int steps =
                    film.scenes().stream()
                            .mapToInt(s ->
                                    s.strips().stream().mapToInt(Strip::length).max().orElse(0))
                            .sum();
            text.append(" · ").append(Figures.whole(steps)).append(steps == 1 ? " step" : " steps");
        }
        return text.toString();
    }

    /// What acted, as its header says; "" where it does not.
    static String policy(FilmSource source) {
        String policy = source.replay().header().about().getOrDefault("policy", "");
        return policy.isEmpty() ? "" : PolicyNames.of(policy);
    }

    /// The seed that a person knows: of the run or recording; else that of the first episode.
    private static String seed(Film film) {
        Strip strip = film.scenes().getFirst().strips().getFirst();
        String told = strip.source().replay().header().about().getOrDefault("seed", "");
        return told.isBlank() ? Long.toString(episodeSeed(strip)) : told;
    }

    private static long episodeSeed(Strip strip) {
        var recording = strip.source().replay().recording();
        Frame frame = new Frame(recording.spec());
        recording.frame(strip.moments()[0], frame);
        return frame.seed;
    }

    private static Map<String, Object> provenance(Film film, FilmSource first) {
        ReplayHeader header = first.replay().header();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("program", "Marlab " + version());
        tree.put("world", header.world());
        tree.put("seed", seed(film));
        tree.put("episode_seed", episodeSeed(film.scenes().getFirst().strips().getFirst()));
        if (!policy(first).isEmpty()) {
            tree.put("policy", policy(first));
        }
        tree.put("config_sha256", hash(config(header)));
        tree.put("replays", film.sources().stream().map(FilmSource::name).toList());
        return tree;
    }

    private static String version() {
        String version = FilmStory.class.getPackage().getImplementationVersion();
        return Objects.requireNonNullElse(version, "development");
    }

    /// The run's config, or what stands for it where there was no run: the world's options.
    private static String config(ReplayHeader header) {
        return header.config().isEmpty()
                ? header.world() + new java.util.TreeMap<>(header.options())
                : header.config();
    }

    private static String hash(String text) {
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    String title() {
        return title;
    }

    String subtitle() {
        return subtitle;
    }

    /// JSON on one line.
    String provenance() {
        return Json.line(provenance);
    }

    /// Lines of the end card, each a name and what it is.
    Map<String, String> credits() {
        Map<String, String> lines = new LinkedHashMap<>();
        provenance.forEach((name, value) ->
                lines.put(
                        switch (name) {
                            case "config_sha256" -> "config";
                            case "episode_seed" -> "episode";
                            case "replays" -> "from";
                            default -> name;
                        },
                        switch (name) {
                            case "config_sha256" -> value.toString().substring(0, 16);
                            case "episode_seed" -> "seed " + value;
                            case "replays" -> files((List<?>) value);
                            default -> value.toString();
                        }));
        return lines;
    }

    private static String files(List<?> names) {
        return names.size() <= 2
                ? String.join(", ", names.stream().map(Object::toString).toList())
                : names.size() + " replays, " + names.getFirst() + " to " + names.getLast();
    }
}
