package marlab.learning.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import marlab.learning.algo.Algorithm;
import marlab.learning.algo.HyperParameters;
import marlab.learning.algo.Setup;
import marlab.learning.algo.Unit;
import marlab.learning.net.LinearAlgebra;
import marlab.learning.net.NetworkConfig;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.reward.RewardTerm;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.Seeds;

/// Everything that decides a run: world × algorithm × network × training, and the seed. Two runs of
/// equal configs give equal results on the same machine.
///
/// @param options world options that differ from their defaults, as text
/// @param weights reward weights that differ from their defaults, by term
/// @param share how much of the reward is shared, in [0, 1]
/// @param social what agents make of each other's rewards
/// @param frozen groups that do not learn and the scripted policies that they follow
public record RunConfig(
        String world,
        Map<String, String> options,
        Algorithm algorithm,
        NetworkConfig network,
        HyperParameters hyper,
        TrainingConfig training,
        Map<String, Double> weights,
        double share,
        SocialReward social,
        Map<String, String> frozen,
        long seed) {

    /// Numbers that the roll-outs of one update hold, unless `copies` is set: 600 MB.
    private static final long ROLLOUT_FLOATS = 150_000_000;

    /// Samples, one step of one agent each, that an update learns from, unless `copies` is set.
    private static final long ROLLOUT_SAMPLES = 160_000;

    public RunConfig {
        options = Map.copyOf(options);
        weights = Map.copyOf(weights);
        frozen = Map.copyOf(frozen);
    }

    /// The recipe for a world and an algorithm.
    ///
    /// @throws BadInput where there is no such world or algorithm
    public static RunConfig defaults(String world, String algorithm, long seed) {
        try {
            Worlds.named(world);
            Algorithm how = Algorithm.named(algorithm);
            RunConfig recipe =
                    new RunConfig(
                            world,
                            Map.of(),
                            how,
                            NetworkConfig.defaults(),
                            HyperParameters.defaults(how.parameters()),
                            TrainingConfig.defaults(),
                            Map.of(),
                            0,
                            SocialReward.NONE,
                            Map.of(),
                            seed);
            return Settings.apply(recipe, how.recipe()).fitted();
        } catch (IllegalArgumentException e) {
            throw new BadInput(sentence(e.getMessage()), e);
        }
    }

    /// The message as a sentence. A message that begins with a file's name keeps its first letter.
    public static String sentence(String message) {
        boolean word = message.split("[ ,:]", 2)[0].chars().allMatch(Character::isLetter);
        char first = word ? Character.toUpperCase(message.charAt(0)) : message.charAt(0);
        String text = first + message.substring(1);
        return text.endsWith(".") ? text : text + ".";
    }

    /// The world.
    public WorldProvider provider() {
        return Worlds.named(world);
    }

    /// The world's options, checked, with defaults.
    ///
    /// @throws BadInput where they do not fit each other
    public EnvOptions envOptions() {
        try {
            return provider().configure(options);
        } catch (IllegalArgumentException e) {
            throw new BadInput(sentence(e.getMessage()), e);
        }
    }

    /// The world with these options.
    public EnvSpec spec() {
        return provider().create(envOptions()).spec();
    }

    /// What a learner is made from.
    ///
    /// @param algebra where its matrices live
    public Setup setup(LinearAlgebra algebra) {
        EnvSpec spec = spec();
        return new Setup(
                algorithm,
                spec,
                Unit.of(spec, training.sharing(), frozen.keySet()),
                network,
                training.agentIds(),
                hyper,
                algebra,
                new Seeds(seed),
                training.copies(),
                training.rollout(),
                envOptions());
    }

    /// The reward weights in force at the start.
    public RewardWeights rewardWeights() {
        RewardWeights all = RewardWeights.defaults(spec().terms()).withShare(share);
        int k = 0;
        for (RewardTerm term : spec().terms()) {
            all = all.withWeight(k, weights.getOrDefault(term.name(), term.weight()));
            k++;
        }
        return all;
    }

    /// This config with one setting changed, see {@link Settings}.
    ///
    /// @throws BadInput with one sentence naming key, value and range
    public RunConfig with(String key, String value) {
        return with(Map.of(key, value));
    }

    /// This config with several settings changed, world options first and together. Unless `copies`
    /// is among them, there are as many copies as the memory and patience for one roll-out allow.
    ///
    /// @throws BadInput with one sentence naming key, value and range
    public RunConfig with(Map<String, String> settings) {
        RunConfig changed = Settings.apply(this, settings);
        return settings.containsKey("copies") || changed.options.equals(options)
                ? changed
                : changed.fitted();
    }

    /// The same with copies and evaluation episodes that suit the size of the world.
    private RunConfig fitted() {
        EnvSpec spec = spec();
        long floats = 0;
        for (AgentGroup group : spec.groups()) {
            int own = group.observation().size();
            int critic = algorithm.centralCritic() ? group.central().size() : own;
            floats += (long) group.size() * (own + 2 * critic);
        }
        long perCopy = Math.max(1, training.rollout() * floats * (training.overlap() ? 2 : 1));
        long samples = (long) training.rollout() * spec.agentCount();
        int copies = training.copies();
        copies = (int) Math.min(copies, ROLLOUT_FLOATS / perCopy);
        copies = (int) Math.min(copies, ROLLOUT_SAMPLES / samples);
        int episodes = Evaluation.affordable(spec, training.evaluateEpisodes());
        return withTraining(training.fitted(Math.max(1, copies), episodes));
    }

    /// The same with another seed.
    public RunConfig withSeed(long newSeed) {
        return RecordCopy.with(this, "seed", newSeed);
    }

    RunConfig withOptions(Map<String, String> newOptions) {
        return RecordCopy.with(this, "options", newOptions);
    }

    RunConfig withNetwork(NetworkConfig newNetwork) {
        return RecordCopy.with(this, "network", newNetwork);
    }

    RunConfig withHyper(HyperParameters newHyper) {
        return RecordCopy.with(this, "hyper", newHyper);
    }

    RunConfig withTraining(TrainingConfig newTraining) {
        return RecordCopy.with(this, "training", newTraining);
    }

    RunConfig withWeight(String term, double weight) {
        Map<String, Double> changed = new TreeMap<>(weights);
        changed.put(term, weight);
        return RecordCopy.with(this, "weights", changed);
    }

    RunConfig withFrozen(String group, String policy) {
        Map<String, String> changed = new TreeMap<>(frozen);
        if (policy.equals("off")) {
            changed.remove(group);
        } else {
            changed.put(group, policy);
        }
        return RecordCopy.with(this, "frozen", changed);
    }

    RunConfig withSocial(SocialReward newSocial) {
        return RecordCopy.with(this, "social", newSocial);
    }

    RunConfig withShare(double newShare) {
        return RecordCopy.with(this, "share", newShare);
    }

    /// Everything as a tree of maps and texts, for `config.json`; {@link #fromTree} reads it.
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", 1);
        tree.put("world", world);
        tree.put("algorithm", algorithm.key());
        tree.put("seed", seed);
        tree.put("settings", Settings.all(this));
        return tree;
    }

    /// Reads what {@link #toTree} wrote, or a part of it.
    ///
    /// @throws BadInput with one sentence on what is wrong
    public static RunConfig fromTree(Map<?, ?> tree) {
        for (Object key : tree.keySet()) {
            if (!java.util.Set.of("schema", "world", "algorithm", "seed", "settings")
                    .contains(key)) {
                throw new BadInput(
                        "A config has world, algorithm, seed and settings, but no \""
                                + key
                                + "\".");
            }
        }
        if (!(tree.get("world") instanceof String world)
                || !(tree.get("algorithm") instanceof String algorithm)
                || !(tree.get("seed") instanceof Number seed)
                || !(seed instanceof Integer || seed instanceof Long)) {
            throw new BadInput(
                    "A config needs \"world\" and \"algorithm\" as texts and \"seed\" as a whole number.");
        }
        RunConfig config = defaults(world, algorithm, seed.longValue());
        if (!tree.containsKey("settings")) {
            return config;
        }
        if (!(tree.get("settings") instanceof Map<?, ?> settings)) {
            throw new BadInput("A config's \"settings\" must be an object of names and values.");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        settings.forEach((key, value) -> texts.put(key.toString(), String.valueOf(value)));
        return config.with(texts);
    }
}
