package marlab.sim.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import marlab.sim.env.EnvSpec;
import marlab.sim.replay.ZipParts.Damaged;
import marlab.sim.reward.RewardTerm;
import marlab.sim.reward.RewardWeights;
import marlab.sim.snapshot.Frame;

/// The header of a replay as text, written and read.
final class HeaderText {

    private static final int LONGEST_MESSAGE = 300;

    private final Map<?, ?> tree;
    private final ReplayHeader header;

    /// Reads a header.
    ///
    /// @param text content of `header.json`
    /// @param config content of `config.json`; null where there is none
    HeaderText(String text, String config) throws Damaged {
        if (!(JsonText.read(text) instanceof Map<?, ?> map)
                || !ReplayWriter.FORMAT.equals(map.get("format"))
                || !(map.get("version") instanceof Double version)) {
            throw new Damaged("its header does not say that it is one");
        }
        if (version != ReplayWriter.VERSION) {
            throw new Damaged(
                    "its format is version "
                            + JsonText.line(version)
                            + " and this program reads version "
                            + ReplayWriter.VERSION
                            + "; open it with a newer Marlab");
        }
        tree = map;
        if (!(map.get("world") instanceof String world)) {
            throw new Damaged("its header does not name a world");
        }
        header =
                new ReplayHeader(
                        world,
                        options(map.get("options")),
                        weights(map.get("weights"), map.get("share")),
                        texts(map.get("about")),
                        config == null ? "" : config);
    }

    ReplayHeader header() {
        return header;
    }

    private static Map<String, String> texts(Object tree) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, value) -> texts.put(name.toString(), String.valueOf(value)));
        }
        return texts;
    }

    /// A text that begins with @ names a file where people write options: a replay must not make
    /// this machine read one.
    private static Map<String, String> options(Object tree) throws Damaged {
        Map<String, String> texts = texts(tree);
        for (String text : texts.values()) {
            if (namesFile(text)) {
                throw new Damaged("its options name a file instead of telling what is in it");
            }
        }
        return texts;
    }

    private static boolean namesFile(String text) {
        return text.startsWith("@") && text.indexOf('\n') < 0;
    }

    private static RewardWeights weights(Object weights, Object share) throws Damaged {
        if (!(weights instanceof List<?> list)) {
            return null;
        }
        double[] numbers = new double[list.size()];
        for (int k = 0; k < numbers.length; k++) {
            if (!(list.get(k) instanceof Double number)) {
                throw new Damaged("a reward weight is no number");
            }
            numbers[k] = number;
        }
        return new RewardWeights(numbers, share instanceof Double d ? d : 0);
    }

    /// A replay of a world that has changed since can't be read.
    void checkFits(EnvSpec spec) throws Damaged {
        Map<?, ?> here = (Map<?, ?>) JsonText.read(JsonText.line(shape(spec)));
        for (Object part : here.keySet()) {
            if (!here.get(part).equals(tree.get(part))) {
                throw new Damaged(
                        "it was recorded in another version of the world "
                                + header.world()
                                + ", whose "
                                + part
                                + " are different");
            }
        }
        if (header.weights() != null && header.weights().size() != spec.terms().size()) {
            throw new Damaged("it has weights for other reward terms than its world");
        }
    }

    /// Writes a header.
    static String of(ReplayHeader header, EnvSpec spec) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", ReplayWriter.FORMAT);
        tree.put("version", ReplayWriter.VERSION);
        tree.put("world", header.world());
        Map<String, String> options = new TreeMap<>(header.envOptions().asText());
        options.replaceAll((name, text) -> namesFile(text) ? text + "\n" : text);
        tree.put("options", options);
        if (header.weights() != null) {
            List<Double> weights = new ArrayList<>();
            for (int k = 0; k < header.weights().size(); k++) {
                weights.add(header.weights().weight(k));
            }
            tree.put("weights", weights);
            tree.put("share", header.weights().share());
        }
        tree.put("about", header.about());
        tree.putAll(shape(spec));
        return JsonText.pretty(tree);
    }

    /// Who and what a frame's numbers are about, and how many words of which kind it has, in their
    /// order.
    private static Map<String, Object> shape(EnvSpec spec) {
        Frame frame = new Frame(spec);
        Map<String, Object> wide = new LinkedHashMap<>();
        wide.put("seed", 1);
        wide.put("policy_version", 1);
        wide.put("moment", 1);
        wide.put("state", frame.state.length);
        wide.put("random", frame.random.length);
        wide.put("box_actions", frame.actions.boxes().length);
        Map<String, Object> narrow = new LinkedHashMap<>();
        narrow.put("step", 1);
        narrow.put("episode", 1);
        narrow.put("choices", frame.actions.choices().length);
        narrow.put("terms", frame.terms.length);
        narrow.put("probabilities", frame.probabilities.length);
        narrow.put("values", frame.values.length);
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("agents", spec.agents().stream().map(agent -> (Object) agent.name()).toList());
        shape.put("terms", spec.terms().stream().map(RewardTerm::name).toList());
        shape.put("wide", wide);
        shape.put("narrow", narrow);
        return shape;
    }

    /// What went wrong, on one line and not endless, since it may quote the file; without a full
    /// stop.
    static String brief(Exception e) {
        String message = e.getMessage();
        if (message == null || message.isBlank()) {
            return "it is not what its world expects";
        }
        String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
        line = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
        int more = line.length() - LONGEST_MESSAGE;
        return more <= 0
                ? line
                : line.substring(0, LONGEST_MESSAGE / 2)
                        + " … "
                        + line.substring(line.length() - LONGEST_MESSAGE / 2);
    }
}
