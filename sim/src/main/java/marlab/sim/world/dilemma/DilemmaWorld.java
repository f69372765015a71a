package marlab.sim.world.dilemma;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.Family;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.PaintableWorld;
import marlab.sim.env.TextProblem;
import marlab.sim.snapshot.Frame;

/// What the providers of sequential social dilemmas share: options, maps, picture.
abstract class DilemmaWorld implements PaintableWorld {

    private static final List<OptionSpec> QUIRKS =
            List.of(
                    new OptionSpec.Choice(
                            "seen_as",
                            "Others are seen as",
                            "agent",
                            List.of("agent", "numbered"),
                            "agent: a 1 in the picture. numbered: 1 + the agent's index, as the"
                                    + " reference's colours tell agents apart."),
                    OptionSpec.onOff(
                            "beams_visible",
                            "Beams are seen",
                            false,
                            "on: what beams covered in the last step is in the picture too."),
                    new OptionSpec.Real(
                            "smoothing",
                            "Memory of envy and guilt",
                            0.975,
                            0,
                            1,
                            "",
                            "γλ: how much of the smoothed rewards that envy and guilt compare lasts"
                                    + " for a step; 0 compares the rewards of the step alone."),
                    new OptionSpec.Choice(
                            "moves",
                            "Contested cells",
                            "strict",
                            List.of("strict", "upstream"),
                            "strict: never two agents in a cell. upstream: as coded in the"
                                    + " reference, where that can happen."),
                    new OptionSpec.Choice(
                            "view_rotation",
                            "Turned pictures",
                            "correct",
                            List.of("correct", "upstream"),
                            "correct: what lies ahead is on top. upstream: for agents that look left"
                                    + " or right it is at the bottom, as coded in the reference."),
                    new OptionSpec.Choice(
                            "first_view",
                            "First picture",
                            "agents",
                            List.of("agents", "upstream"),
                            "upstream: agents are missing from an episode's first picture, as in the"
                                    + " reference."));

    private static final OptionSpec RULES =
            new OptionSpec.Choice(
                    "rules",
                    "Rules",
                    "ssd",
                    List.of("ssd", "tag_out"),
                    "ssd: beams only cost. tag_out: who is hit is out for 25 steps, agents may share"
                            + " a cell; the options below don't count, Gathering has them all.");

    /// True where agents that are hit are out for a while: the rules of {@link TagOut}.
    static boolean tagOut(EnvOptions options) {
        return options.word("rules").equals("tag_out");
    }

    /// The reference's numbers for {@link TagOut}, with map, agents, view and horizon as set.
    abstract TagRules tagOutRules(EnvOptions options);

    /// The ground for {@link TagOut}.
    TagMap tagMap(EnvOptions options) {
        String own = options.text("map");
        return TagMap.of(TagMap.normal(own.isEmpty() ? maps().get(options.word("preset")) : own));
    }

    /// Maps of ours by name, the default first.
    abstract Map<String, String> maps();

    /// Letters that a map can have.
    abstract String letters();

    /// Whether apple cells bear an apple when an episode begins.
    abstract boolean applesAtStart();

    @Override
    public Family family() {
        return Family.DILEMMAS;
    }

    /// Agents, map and horizon; then the world's own; then what is for those who compare.
    List<OptionSpec> optionsWith(OptionSpec... own) {
        List<String> names = List.copyOf(maps().keySet());
        List<OptionSpec> all = new ArrayList<>();
        all.add(new OptionSpec.Whole("agents", "Agents", 5, 1, 100, "Number of agents."));
        all.add(
                new OptionSpec.Choice(
                        "preset",
                        "Map",
                        "standard",
                        names,
                        "A map that comes along; standard is the reference's."));
        all.add(
                new OptionSpec.Text(
                        "map",
                        "Own map",
                        "",
                        OptionSpec.Text.Editor.MAP,
                        this::checkMap,
                        "A map as text, one letter a cell; empty takes the one chosen above."));
        all.add(
                new OptionSpec.Whole(
                        "view",
                        "View",
                        7,
                        1,
                        Views.FARTHEST,
                        "Cells that an agent sees to each side."));
        all.add(
                new OptionSpec.Whole(
                        "horizon",
                        "Steps per episode",
                        1000,
                        1,
                        100_000,
                        "Steps after which the episode is cut."));
        all.add(RULES);
        all.addAll(List.of(own));
        all.addAll(QUIRKS);
        return List.copyOf(all);
    }

    private String checkMap(String text) {
        String checked = DilemmaMap.check(text, letters());
        if (!checked.isEmpty() && new DilemmaMap(checked, false).openCells.length == 0) {
            throw new TextProblem(1, 0, "the map is all walls; leave a cell to stand on");
        }
        return checked;
    }

    /// The map that options ask for.
    DilemmaMap map(EnvOptions options) {
        String own = options.text("map");
        return new DilemmaMap(
                own.isEmpty() ? maps().get(options.word("preset")) : own, applesAtStart());
    }

    @Override
    public void check(EnvOptions options) {
        int agents = options.whole("agents");
        int room = map(options).openCells.length;
        if (agents > room) {
            throw new IllegalArgumentException(
                    "world option agents is "
                            + agents
                            + ", but the map has room for "
                            + room
                            + "; take fewer agents or a larger map");
        }
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        if (tagOut(options)) {
            return new TagPicture(title(), tagOutRules(options));
        }
        return new DilemmaPicture(title(), map(options), options.whole("agents"));
    }

    @Override
    public List<Tile> tiles(EnvOptions options) {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile(' ', "floor", Ink.Role.FLOOR));
        tiles.add(new Tile('@', "wall", Ink.Role.WALL));
        tiles.add(new Tile('P', "start", Ink.Role.GOAL));
        for (char letter : letters().toCharArray()) {
            switch (letter) {
                case 'A', 'B' -> tiles.add(new Tile(letter, "apple", Ink.Role.FOOD));
                case 'R' -> tiles.add(new Tile(letter, "river", Ink.Role.WATER));
                case 'H' -> tiles.add(new Tile(letter, "dirty river", Ink.Role.WASTE));
                case 'S' -> tiles.add(new Tile(letter, "stream", Ink.Role.WATER));
                default -> {}
            }
        }
        return tiles;
    }

    /// The map; the river as dirty as it is, or with the rules tag_out as it was at first.
    @Override
    public String mapText(EnvOptions options, Frame frame) {
        DilemmaMap map = map(options);
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < map.rows; row++) {
            for (int column = 0; column < map.columns; column++) {
                char letter = map.letter(row, column);
                if (!tagOut(options) && (letter == 'H' || letter == 'R')) {
                    boolean dirty = frame.state[map.cell(row, column)] == DilemmaMap.WASTE;
                    letter = dirty ? 'H' : 'R';
                }
                text.append(letter);
            }
            text.append('\n');
        }
        return text.toString();
    }
}
