package marlab.sim.world.dilemma;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.Family;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.PaintableWorld;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.snapshot.Frame;

/// Gathering (Leibo et al. 2017): apples grow back after a while, and a beam puts rivals out of
/// play for some steps. With other settings the same rules are a commons or a cleanup, see {@link
/// TagOut}.
public final class Gathering implements PaintableWorld {

    private static final List<OptionSpec> OPTIONS =
            List.of(
                    whole("agents", "Agents", 2, 1, 40, "Number of agents."),
                    new OptionSpec.Text(
                            "map",
                            "Map",
                            TagMaps.DIAMOND,
                            OptionSpec.Text.Editor.MAP,
                            TagMap::normal,
                            "# wall, space floor, A apple, P start, R river, H waste, S stream."),
                    new OptionSpec.Choice(
                            "respawn",
                            "Apples come back",
                            "timer",
                            List.of("timer", "neighbours", "river"),
                            "After a time; where live apples are near; while the river is clean."),
                    whole(
                            "respawn_time",
                            "Respawn time",
                            25,
                            0,
                            10_000,
                            "Steps until an eaten apple is back, with the timer."),
                    whole("beam_length", "Beam length", 20, 1, 60, "Cells that beams reach."),
                    whole(
                            "beam_width",
                            "Beam width",
                            1,
                            1,
                            21,
                            "Cells across; an even number counts as the odd one above."),
                    whole("hits_to_tag", "Hits to tag", 2, 1, 1000, "Hits that put an agent out."),
                    whole(
                            "timeout",
                            "Timeout",
                            25,
                            0,
                            10_000,
                            "Steps for which a tagged agent is out."),
                    whole("view_ahead", "View ahead", 15, 0, 30, "Cells seen ahead."),
                    whole("view_side", "View aside", 10, 0, 30, "Cells seen to either side."),
                    whole(
                            "horizon",
                            "Steps per episode",
                            1000,
                            1,
                            100_000,
                            "Steps after which the episode is cut."),
                    cost("fire_cost", "Cost of a shot", 0, "What firing costs the shooter."),
                    cost("fire_penalty", "Cost of a hit", 0, "What being hit costs."),
                    cost("clean_cost", "Cost of cleaning", 1, "What a spray costs, with a river."),
                    rate("depletion", "Depletion", 0.4, "Share of waste that stops all growth."),
                    rate(
                            "restoration",
                            "Restoration",
                            0,
                            "Share of waste below which apples grow fastest."),
                    rate("waste_rate", "New waste", 0.5, "Probability of new waste in a step."),
                    rate(
                            "apple_rate",
                            "New apples",
                            0.05,
                            "Highest probability of an apple per free cell and step, with a river."));

    private static OptionSpec whole(
            String name, String label, int value, int low, int high, String what) {
        return new OptionSpec.Whole(name, label, value, low, high, what);
    }

    private static OptionSpec cost(String name, String label, double value, String what) {
        return new OptionSpec.Real(name, label, value, 0, 100, "reward", what);
    }

    private static OptionSpec rate(String name, String label, double value, String what) {
        return new OptionSpec.Real(name, label, value, 0, 1, "", what);
    }

    @Override
    public String name() {
        return "gathering";
    }

    @Override
    public String title() {
        return "Gathering";
    }

    @Override
    public String summary() {
        return "Agents eat apples that grow back, and carry a beam that puts others out of play for a"
                + " while. When apples are scarce, shooting pays.";
    }

    @Override
    public Family family() {
        return Family.DILEMMAS;
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Nobody gains by a hit itself: what pays is to have the apples alone for a while.",
                "Let apples come back sooner or later and see how peaceful agents stay.",
                "Agents may stand in one cell, as in the reference; only walls block.",
                "Beams pass through walls and through agents, who are all hit.");
    }

    @Override
    public String source() {
        return "Leibo et al. 2017, Perolat et al. 2017; rules of"
                + " vicgalle/llm-policies-social-dilemmas @ f5c5b2b";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public void check(EnvOptions options) {
        TagMap map = TagMap.of(options.text("map"));
        if (map.spawns().length == 0) {
            throw new IllegalArgumentException(
                    "world option map has no cell to start from; replace some walls by spaces");
        }
        if (options.word("respawn").equals("river") && map.river().length == 0) {
            throw new IllegalArgumentException(
                    "world option respawn is river, but the map has none; write cells R or H into"
                            + " it or choose another respawn");
        }
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> examples = new LinkedHashMap<>();
        examples.put("reference map", Map.of("map", TagMaps.TWO_ROWS));
        examples.put(
                "twenty agents", Map.of("map", TagMap.normal(DilemmaMaps.HARVEST), "agents", "20"));
        examples.put("commons", COMMONS);
        examples.put("cleanup", CLEANUP);
        Map<String, String> small = new LinkedHashMap<>(CLEANUP);
        small.put("map", TagMaps.CLEANUP_SMALL);
        small.put("agents", "3");
        examples.put("small cleanup", small);
        return examples;
    }

    /// Settings of the reference's commons.
    static final Map<String, String> COMMONS =
            Map.of(
                    "map", TagMaps.COMMONS,
                    "agents", "12",
                    "respawn", "neighbours",
                    "beam_width", "5",
                    "hits_to_tag", "1",
                    "view_ahead", "20");

    /// Settings of the reference's cleanup.
    static final Map<String, String> CLEANUP =
            Map.of(
                    "map", TagMap.normal(DilemmaMaps.CLEANUP),
                    "agents", "5",
                    "respawn", "river",
                    "beam_length", "5",
                    "beam_width", "3",
                    "hits_to_tag", "1",
                    "view_ahead", "7",
                    "view_side", "7",
                    "fire_cost", "1",
                    "fire_penalty", "50");

    private static TagRules rules(EnvOptions options) {
        return new TagRules(
                "gathering",
                TagMap.of(options.text("map")),
                options.whole("agents"),
                options.whole("horizon"),
                options.whole("view_ahead"),
                options.whole("view_side"),
                options.whole("beam_length"),
                options.whole("beam_width"),
                options.whole("hits_to_tag"),
                options.whole("timeout"),
                TagRules.Respawn.valueOf(options.word("respawn").toUpperCase(Locale.ROOT)),
                options.whole("respawn_time"),
                options.number("fire_cost"),
                options.number("fire_penalty"),
                options.number("clean_cost"),
                options.number("depletion"),
                options.number("restoration"),
                options.number("waste_rate"),
                options.number("apple_rate"));
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new TagOut(rules(options));
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new TagPicture(title(), rules(options));
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        return scripts(rules(options));
    }

    /// Scripts that suit what brings the apples back.
    static Map<String, Policy> scripts(TagRules rules) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        int some = Math.ceilDiv(rules.agents(), 3);
        switch (rules.respawn()) {
            case TIMER -> {
                policies.put("armed gatherers", new TagScript(rules, true, 0, 0));
                policies.put("peaceful gatherers", new TagScript(rules, false, 0, 0));
            }
            case NEIGHBOURS -> {
                policies.put("sustainable", new TagScript(rules, false, 4, 0));
                policies.put("greedy", new TagScript(rules, false, 0, 0));
                policies.put("armed", new TagScript(rules, true, 0, 0));
            }
            case RIVER -> {
                policies.put("a third cleans", new TagScript(rules, false, 0, some));
                policies.put("all clean", new TagScript(rules, false, 0, rules.agents()));
                policies.put("nobody cleans", new TagScript(rules, false, 0, 0));
            }
        }
        policies.put("random", new RandomPolicy());
        return policies;
    }

    @Override
    public List<Tile> tiles(EnvOptions options) {
        return TagMap.TILES;
    }

    /// The ground as it was given: what agents ate or cleaned comes back with the next episode.
    @Override
    public String mapText(EnvOptions options, Frame frame) {
        return options.text("map");
    }
}
