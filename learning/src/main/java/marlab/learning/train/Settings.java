package marlab.learning.train;

import static marlab.learning.train.RecordCopy.with;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import marlab.learning.algo.Algorithm;
import marlab.learning.algo.HyperParameter;
import marlab.learning.algo.Unit;
import marlab.learning.net.Activation;
import marlab.learning.net.NetworkConfig;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.OptionSpec;
import marlab.sim.reward.RewardTerm;

/// Every setting of a run by name, as `--set key=value` and `config.json` know them: the world's
/// options, `reward.TERM`, `frozen.GROUP`, the algorithm's hyper-parameters, and the table below.
public final class Settings {

    /// One setting.
    ///
    /// @param key its name
    /// @param range the values it takes, in words
    /// @param what one sentence on what it does
    /// @param get its value as text
    /// @param set a config with another value; throws IllegalArgumentException where it is out of
    ///   range
    public record Setting(
            String key,
            String range,
            String what,
            Function<RunConfig, String> get,
            BiFunction<RunConfig, String, RunConfig> set) {}

    /// Settings that begin so name a group that does not learn.
    private static final String FROZEN = "frozen.";

    private static final List<Setting> TABLE = new ArrayList<>();

    static {
        network();
        training();
    }

    private Settings() {}

    private static void add(
            String key,
            String range,
            String what,
            Function<RunConfig, Object> get,
            BiFunction<RunConfig, String, RunConfig> set) {
        TABLE.add(new Setting(key, range, what, c -> get.apply(c).toString(), set));
    }

    private static void network() {
        add(
                "network",
                "sorted_mlp, flat_mlp, entity, gru, conv or table",
                "How networks read observations; gru: flat, with a memory; conv: pictures of cells by"
                        + " convolutions.",
                c -> lower(c.network().kind()),
                (c, v) ->
                        c.withNetwork(
                                with(c.network(), "kind", word(NetworkConfig.Kind.class, v))));
        add(
                "symmetry",
                "auto, none, permutation or full",
                "How much of the task's symmetry networks are given; auto: all there is, with gru"
                        + " and conv none, since memories and pictures need a frame that stays.",
                c -> lower(c.network().symmetry()),
                (c, v) ->
                        c.withNetwork(
                                with(
                                        c.network(),
                                        "symmetry",
                                        word(NetworkConfig.Symmetry.class, v))));
        add(
                "hidden",
                "one to four widths from 1 to 1024, such as 64,64",
                "Widths of the hidden layers; with gru the last is that of the memory.",
                c ->
                        c.network().hidden().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(",")),
                (c, v) -> c.withNetwork(with(c.network(), "hidden", widths(v))));
        add(
                "activation",
                "tanh or relu",
                "What follows each hidden layer of an MLP.",
                c -> lower(c.network().activation()),
                (c, v) ->
                        c.withNetwork(
                                with(
                                        c.network(),
                                        "activation",
                                        oneOf(
                                                Activation.class,
                                                v,
                                                List.of(Activation.TANH, Activation.RELU)))));
        add(
                "normalise",
                "on or off",
                "on: inputs of networks are brought to mean 0 and deviation 1 by what was seen so far.",
                c -> c.network().normalise() ? "on" : "off",
                (c, v) -> c.withNetwork(with(c.network(), "normalise", isFirst(v, "on", "off"))));
    }

    private static void training() {
        add(
                "steps",
                "1 to 1e12",
                "Budget in environment steps.",
                c -> c.training().steps(),
                (c, v) ->
                        c.withTraining(
                                with(c.training(), "steps", whole(v, 1, 1_000_000_000_000L))));
        add(
                "copies",
                "1 to 10000",
                "Parallel copies of the world.",
                c -> c.training().copies(),
                (c, v) -> c.withTraining(with(c.training(), "copies", whole(v, 1, 10_000))));
        add(
                "rollout",
                "1 to 10000",
                "Steps of each copy between two updates.",
                c -> c.training().rollout(),
                (c, v) -> c.withTraining(with(c.training(), "rollout", whole(v, 1, 10_000))));
        add(
                "sharing",
                "on, off, or a number of parts (2–1000)",
                "on: the agents of a group share one network; a number: each of so many parts of a"
                        + " group does.",
                c ->
                        c.training().sharing() == Unit.ALL
                                ? "on"
                                : c.training().sharing() == Unit.NONE
                                        ? "off"
                                        : "" + c.training().sharing(),
                (c, v) -> c.withTraining(with(c.training(), "sharing", sharing(v))));
        add(
                "agent_id",
                "on or off",
                "on: networks are told which agent of those that share them they act for.",
                c -> c.training().agentIds() ? "on" : "off",
                (c, v) -> c.withTraining(with(c.training(), "agentIds", isFirst(v, "on", "off"))));
        add(
                "checkpoint_every",
                "1 to 1e6",
                "Updates between checkpoints.",
                c -> c.training().checkpointEvery(),
                (c, v) ->
                        c.withTraining(
                                with(c.training(), "checkpointEvery", whole(v, 1, 1_000_000))));
        add(
                "evaluate_every",
                "0 to 1e6",
                "Updates between evaluations on fixed seeds; 0 for none.",
                c -> c.training().evaluateEvery(),
                (c, v) ->
                        c.withTraining(
                                with(c.training(), "evaluateEvery", whole(v, 0, 1_000_000))));
        add(
                "evaluate_episodes",
                "1 to 100000",
                "Episodes of such an evaluation.",
                c -> c.training().evaluateEpisodes(),
                (c, v) ->
                        c.withTraining(
                                with(c.training(), "evaluateEpisodes", whole(v, 1, 100_000))));
        add(
                "overlap",
                "on or off",
                "on: the copies act for the next roll-out while the last is learned from, so that what"
                        + " is learned from is always one update old.",
                c -> c.training().overlap() ? "on" : "off",
                (c, v) -> c.withTraining(with(c.training(), "overlap", isFirst(v, "on", "off"))));
        add(
                "film",
                "on or off",
                "on: the run leaves a small replay of what it has learned, each time a third later, for a"
                        + " film of its learning; changes no result.",
                c -> c.training().film() ? "on" : "off",
                (c, v) -> c.withTraining(with(c.training(), "film", isFirst(v, "on", "off"))));
        add(
                "math",
                "nd4j or plain",
                "nd4j: native products; plain: the built-in engine, slower.",
                c -> c.training().nd4j() ? "nd4j" : "plain",
                (c, v) -> c.withTraining(with(c.training(), "nd4j", isFirst(v, "nd4j", "plain"))));
        add(
                "share",
                "0 to 1",
                "0: everyone gets their own reward; 1: everyone gets the team's mean.",
                RunConfig::share,
                (c, v) -> c.withShare(real(v, 0, 1)));
        social(
                "inequity_disadvantage",
                "disadvantage",
                0,
                100,
                "How much it hurts an agent that others get more (α of Hughes et al. 2018: 5).",
                SocialReward::disadvantage);
        social(
                "inequity_advantage",
                "advantage",
                0,
                100,
                "How much it hurts an agent to get more than others (β of Hughes et al. 2018: 0.05).",
                SocialReward::advantage);
        social(
                "inequity_smoothing",
                "smoothing",
                0,
                0.9999,
                "Share of past rewards that still counts a step later in these two (γλ).",
                SocialReward::smoothing);
        social(
                "svo_angle",
                "angle",
                -180,
                180,
                "Social value orientation in degrees: 0 wants all, 45 equal parts, 90 gives all.",
                SocialReward::angle);
        social(
                "svo_weight",
                "angleWeight",
                0,
                100,
                "How much a radian away from that costs an agent per step (w of McKee et al. 2020).",
                SocialReward::angleWeight);
    }

    private static void social(
            String key,
            String component,
            double low,
            double high,
            String what,
            Function<SocialReward, Double> get) {
        add(
                key,
                plain(low) + " to " + plain(high),
                what,
                c -> get.apply(c.social()),
                (c, v) -> c.withSocial(with(c.social(), component, real(v, low, high))));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? "" + (long) number : "" + number;
    }

    private static int sharing(String text) {
        return switch (text.strip()) {
            case "on" -> Unit.ALL;
            case "off" -> Unit.NONE;
            default -> (int) whole(text, 2, 1000);
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static <E extends Enum<E>> E word(Class<E> type, String text) {
        return oneOf(type, text, List.of(type.getEnumConstants()));
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, String text, List<E> allowed) {
        return allowed.stream()
                .filter(e -> lower(e).equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type.getSimpleName()));
    }

    private static boolean isFirst(String text, String first, String second) {
        if (!text.strip().equals(first) && !text.strip().equals(second)) {
            throw new IllegalArgumentException(text);
        }
        return text.strip().equals(first);
    }

    private static List<Integer> widths(String text) {
        List<Integer> widths =
                Arrays.stream(text.split(",", -1)).map(w -> (int) whole(w, 1, 1024)).toList();
        if (widths.size() > 4) {
            throw new IllegalArgumentException(text);
        }
        return widths;
    }

    private static long whole(String text, long low, long high) {
        double number = real(text, low, high);
        if (number != Math.rint(number)) {
            throw new IllegalArgumentException(text);
        }
        return (long) number;
    }

    private static double real(String text, double low, double high) {
        if (!text.matches("[-+0-9._eE\\s]+")) { // parseDouble also takes 3f and 0x3p0
            throw new IllegalArgumentException(text);
        }
        double number = Double.parseDouble(text.strip().replace("_", ""));
        if (!(number >= low && number <= high)) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    /// Key and value of `key=value`.
    ///
    /// @throws BadInput where it is not of that form
    public static String[] pair(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new BadInput(
                    "A setting is written key=value, such as agents=5, not \"" + text + "\".");
        }
        return new String[] {text.substring(0, equals).strip(), text.substring(equals + 1)};
    }

    /// The settings that every world has, whatever the algorithm.
    public static List<Setting> table() {
        return List.copyOf(TABLE);
    }

    /// The settings that every world has, and the algorithm's hyper-parameters.
    public static List<Setting> table(Algorithm algorithm) {
        List<Setting> all = new ArrayList<>(TABLE);
        for (HyperParameter p : algorithm.parameters()) {
            all.add(
                    new Setting(
                            p.key(),
                            p.range(),
                            p.what(),
                            c -> c.hyper().text(p.key()),
                            (c, v) -> c.withHyper(c.hyper().with(p, v))));
        }
        return all;
    }

    /// All settings of a config as text.
    static Map<String, String> all(RunConfig config) {
        Map<String, String> all = new LinkedHashMap<>(config.envOptions().asText());
        int k = 0;
        for (RewardTerm term : config.spec().terms()) {
            all.put("reward." + term.name(), Double.toString(config.rewardWeights().weight(k++)));
        }
        table(config.algorithm()).forEach(s -> all.put(s.key(), s.get().apply(config)));
        config.frozen().forEach((group, policy) -> all.put(FROZEN + group, policy));
        return all;
    }

    static RunConfig apply(RunConfig config, Map<String, String> settings) {
        Map<String, String> ofWorld = new LinkedHashMap<>();
        for (OptionSpec option : config.provider().options()) {
            if (settings.containsKey(option.name())) {
                ofWorld.put(option.name(), settings.get(option.name()));
            }
        }
        RunConfig changed = ofWorld.isEmpty() ? config : options(config, ofWorld);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (!ofWorld.containsKey(setting.getKey())) {
                changed = apply(changed, setting.getKey(), setting.getValue());
            }
        }
        return changed;
    }

    private static RunConfig apply(RunConfig config, String key, String value) {
        if (key.startsWith("reward.")) {
            return reward(config, key.substring("reward.".length()), value);
        }
        if (key.startsWith(FROZEN)) {
            return frozen(config, key.substring(FROZEN.length()), value.strip());
        }
        for (Setting setting : table(config.algorithm())) {
            if (setting.key().equals(key)) {
                try {
                    return setting.set().apply(config, value);
                } catch (IllegalArgumentException e) {
                    throw bad(key, setting.range(), value, e);
                }
            }
        }
        throw new BadInput(
                "There is no setting \""
                        + key
                        + "\" for "
                        + config.algorithm().title()
                        + "; there are "
                        + String.join(", ", all(config).keySet())
                        + ".");
    }

    private static BadInput bad(String key, String range, String value, Exception cause) {
        return new BadInput(
                "Setting " + key + " must be " + range + ", not \"" + value + "\".", cause);
    }

    /// A group that does not learn.
    private static RunConfig frozen(RunConfig config, String group, String policy) {
        List<String> groups = config.spec().groups().stream().map(AgentGroup::name).toList();
        if (!groups.contains(group)) {
            throw new BadInput(
                    "World "
                            + config.world()
                            + " has no group \""
                            + group
                            + "\"; it has "
                            + String.join(", ", groups)
                            + ".");
        }
        var scripts = config.provider().scriptedPolicies(config.envOptions()).keySet();
        if (!policy.equals("off") && !scripts.contains(policy)) {
            throw new BadInput(
                    "Setting "
                            + FROZEN
                            + group
                            + " must be off or a scripted policy of the world ("
                            + String.join(", ", scripts)
                            + "), not \""
                            + policy
                            + "\".");
        }
        return config.withFrozen(group, policy);
    }

    /// Changes world options, all at once: some are only right together. A text that was read from
    /// a file is kept as the text it held.
    private static RunConfig options(RunConfig config, Map<String, String> changed) {
        Map<String, String> options = new LinkedHashMap<>(config.options());
        options.putAll(changed);
        try {
            Map<String, String> checked = config.provider().configure(options).asText();
            options.replaceAll((name, text) -> checked.get(name));
        } catch (IllegalArgumentException e) {
            throw new BadInput(RunConfig.sentence(e.getMessage()), e);
        }
        return config.withOptions(options);
    }

    private static RunConfig reward(RunConfig config, String term, String value) {
        if (config.spec().termIndex(term) < 0) {
            throw new BadInput(
                    "World "
                            + config.world()
                            + " has no reward term \""
                            + term
                            + "\"; it has "
                            + config.spec().terms().stream()
                                    .map(RewardTerm::name)
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        try {
            return config.withWeight(term, real(value, -1e6, 1e6));
        } catch (IllegalArgumentException e) {
            throw new BadInput(
                    "Reward weight "
                            + term
                            + " must be a number from -1e6 to 1e6, not \""
                            + value
                            + "\".",
                    e);
        }
    }
}
