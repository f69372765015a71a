package marlab.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import marlab.learning.store.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {

    private static final RunConfig DEFAULTS = RunConfig.defaults("simple_spread", "mappo", 1);

    /// A setting, another value, how that is written back, and values out of range.
    private record Case(String key, String value, String written, List<String> bad) {}

    private static final List<Case> CASES =
            List.of(
                    new Case("network", "entity", "entity", List.of("mlp", "ENTITY", "")),
                    new Case("network", "gru", "gru", List.of("lstm")),
                    new Case("network", "conv", "conv", List.of("cnn")),
                    new Case("symmetry", "permutation", "permutation", List.of("some", "")),
                    new Case(
                            "hidden",
                            "32, 7",
                            "32,7",
                            List.of("", ",", "0", "1025", "8,,8", "1,1,1,1,1", "8,")),
                    new Case("activation", "relu", "relu", List.of("identity", "sigmoid")),
                    new Case(
                            "epochs", "7", "7", List.of("0", "101", "1.5", "x", "", "3f", "0x3p0")),
                    new Case("minibatches", "9", "9", List.of("0", "1001")),
                    new Case(
                            "learning_rate",
                            "1e-4",
                            "1.0E-4",
                            List.of("-1e-9", "1.1", "NaN", "1d")),
                    new Case("final_rate", "0.5", "0.5", List.of("-0.1", "1.01")),
                    new Case("discount", "0.99", "0.99", List.of("-0.1", "1.01", "Infinity")),
                    new Case("lambda", "0.5", "0.5", List.of("-0.1", "1.01")),
                    new Case("clip", "0.3", "0.3", List.of("0", "10.1")),
                    new Case("entropy", "0.05", "0.05", List.of("-0.1", "10.1")),
                    new Case("final_entropy", "0.5", "0.5", List.of("-0.1", "1.1")),
                    new Case("advantages", "stratum", "stratum", List.of("row", "")),
                    new Case("normalise", "on", "on", List.of("true", "")),
                    new Case("max_norm", "0.5", "0.5", List.of("0", "1e7")),
                    new Case("huber", "1", "1.0", List.of("0", "1e7")),
                    new Case("advantages", "stratum", "stratum", List.of("some", "")),
                    new Case("final_entropy", "0.5", "0.5", List.of("-0.1", "1.01")),
                    new Case("steps", "1_000_000", "1000000", List.of("0", "-5", "2e12", "1.5")),
                    new Case("copies", "64", "64", List.of("0", "10001")),
                    new Case("rollout", "50", "50", List.of("0", "10001")),
                    new Case("sharing", "off", "off", List.of("true", "no", "", "1", "1001")),
                    new Case("agent_id", "on", "on", List.of("true", "")),
                    new Case("checkpoint_every", "1e3", "1000", List.of("0", "1e7")),
                    new Case("evaluate_every", "0", "0", List.of("-1", "1e7")),
                    new Case("evaluate_episodes", "1000", "1000", List.of("0", "100001")),
                    new Case("overlap", "on", "on", List.of("true", "")),
                    new Case("film", "off", "off", List.of("true", "")),
                    new Case("math", "plain", "plain", List.of("cuda", "")),
                    new Case("share", "0.25", "0.25", List.of("-0.1", "1.1", "NaN")),
                    new Case("inequity_disadvantage", "5", "5.0", List.of("-0.1", "101")),
                    new Case("inequity_advantage", "0.05", "0.05", List.of("-0.1", "101")),
                    new Case("inequity_smoothing", "0.5", "0.5", List.of("-0.1", "1")),
                    new Case("svo_angle", "-90", "-90.0", List.of("-181", "181", "NaN")),
                    new Case("svo_weight", "0.2", "0.2", List.of("-0.1", "101")));

    @Test
    void everySettingIsTestedHere() {
        assertEquals(
                Settings.table(DEFAULTS.algorithm()).stream()
                        .map(Settings.Setting::key)
                        .collect(Collectors.toSet()),
                CASES.stream().map(Case::key).collect(Collectors.toSet()));
    }

    static Stream<Arguments> good() {
        return Stream.concat(
                CASES.stream().map(c -> Arguments.of(c.key, c.value, c.written)),
                Stream.of(
                        Arguments.of("agents", "5", "5"),
                        Arguments.of("actions", "continuous", "continuous"),
                        Arguments.of("horizon", "100", "100"),
                        Arguments.of("reward.near", "-0.5", "-0.5")));
    }

    @ParameterizedTest
    @MethodSource("good")
    void aSettingOutlastsTheFile(String key, String value, String written) {
        RunConfig config = DEFAULTS.with(key, value);
        Map<?, ?> file = Json.object(Json.pretty(config.toTree()));
        assertEquals(written, ((Map<?, ?>) file.get("settings")).get(key));
        RunConfig read = RunConfig.fromTree(file);
        assertEquals(config.toTree(), read.toTree());
        assertEquals(config.network(), read.network());
        assertEquals(config.hyper(), read.hyper());
        assertEquals(config.training(), read.training());
        assertEquals(config.rewardWeights(), read.rewardWeights());
        assertEquals(config.envOptions(), read.envOptions());
    }

    @ParameterizedTest
    @MethodSource("good")
    void aSettingChangesNothingElse(String key, String value, String written) {
        Map<String, String> before = Settings.all(DEFAULTS);
        Map<String, String> after = Settings.all(DEFAULTS.with(key, value));
        Set<String> changed = new HashSet<>();
        after.forEach((k, v) -> {
            if (!v.equals(before.get(k))) {
                changed.add(k);
            }
        });
        assertEquals(Set.of(key), changed);
        assertEquals(written, after.get(key));
    }

    static Stream<Arguments> bad() {
        return CASES.stream().flatMap(c -> c.bad.stream().map(v -> Arguments.of(c.key, v)));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aValueOutOfRangeIsRefusedWithTheRange(String key, String value) {
        String range =
                Settings.table(DEFAULTS.algorithm()).stream()
                        .filter(s -> s.key().equals(key))
                        .findFirst()
                        .orElseThrow()
                        .range();
        BadInput bad = assertThrows(BadInput.class, () -> DEFAULTS.with(key, value));
        assertEquals(
                "Setting " + key + " must be " + range + ", not \"" + value + "\".",
                bad.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agents | 0 | World option agents must be a whole number from 1 to 50, not \"0\".",
                "agents | 51 | World option agents must be a whole number from 1 to 50, not \"51\".",
                "agents | three | World option agents must be a whole number from 1 to 50, not \"three\".",
                "actions | both | World option actions must be one of discrete, continuous, not \"both\".",
                "reward.near | NaN | Reward weight near must be a number from -1e6 to 1e6, not \"NaN\".",
                "reward.near | x | Reward weight near must be a number from -1e6 to 1e6, not \"x\".",
                "reward.fame | 1 | World simple_spread has no reward term \"fame\"; it has cover, collide, near, energy."
            })
    void optionsAndRewardsOfTheWorldAreCheckedToo(String key, String value, String sentence) {
        BadInput bad = assertThrows(BadInput.class, () -> DEFAULTS.with(key, value));
        assertEquals(sentence, bad.getMessage());
    }

    @Test
    void anUnknownSettingIsRefusedWithTheListOfThoseThereAre() {
        BadInput bad = assertThrows(BadInput.class, () -> DEFAULTS.with("lr", "1"));
        assertEquals(
                "There is no setting \"lr\" for MAPPO; there are "
                        + String.join(", ", Settings.all(DEFAULTS).keySet())
                        + ".",
                bad.getMessage());
    }

    @Test
    void rangesInWordsAreTheRangesInForce() {
        for (Settings.Setting setting : Settings.table(DEFAULTS.algorithm())) {
            String[] ends = setting.range().split(" to ");
            if (ends.length == 2 && !setting.range().contains("width")) {
                for (String end : ends) {
                    RunConfig config = DEFAULTS.with(setting.key(), end);
                    double got = Double.parseDouble(setting.get().apply(config));
                    assertEquals(Double.parseDouble(end), got, setting.key());
                }
            }
        }
    }
}
