package marlab.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import marlab.app.theme.Scheme;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `marlab worlds`: the worlds there are, or everything about one.
@Command(
        name = "worlds",
        description = "List the worlds, or tell everything about one.",
        mixinStandardHelpOptions = true)
final class WorldsVerb implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "A world to tell about.")
    private String name;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Option(
            names = "--add",
            paramLabel = "FILE.java",
            description = {
                "Compile the source file of a world of your own, check it, and put it into your folder",
                "of worlds (see docs/own-world)."
            })
    private Path add;

    @Option(
            names = "--pictures",
            paramLabel = "DIR",
            description = {
                "Instead of words: a picture of each world and of each of its examples in the middle of",
                "a scripted episode, and all of them on contact-sheet.png."
            })
    private Path pictures;

    @Option(
            names = "--theme",
            paramLabel = "THEME",
            defaultValue = "light",
            description = "Colours of the pictures: light or dark (default: ${DEFAULT-VALUE}).")
    private Scheme theme;

    @Override
    public Integer call() {
        if (add != null) {
            System.out.println("Installed " + new WorldFile(add).install() + ".");
            return CommandLineMain.DONE;
        }
        Worlds.broken().forEach(b -> System.err.println(b.file() + " is not used: " + b.reason()));
        List<WorldProvider> worlds;
        try {
            worlds = name == null ? Worlds.all() : List.of(Worlds.named(name));
        } catch (IllegalArgumentException e) {
            throw new BadInput("There is no world \"" + name + "\"; marlab worlds lists them.", e);
        }
        if (pictures != null) {
            new WorldPictures(theme).write(worlds, pictures);
        } else if (json) {
            System.out.println(Json.line(worlds.stream().map(WorldsVerb::tree).toList()));
        } else {
            worlds.forEach(name == null ? WorldsVerb::brief : WorldsVerb::full);
        }
        return CommandLineMain.DONE;
    }

    private static void brief(WorldProvider world) {
        System.out.printf(
                "%-16s %s%n%-16s %s%n",
                world.name(), world.summary(), "", "marlab worlds " + world.name());
    }

    private static void full(WorldProvider world) {
        EnvSpec spec = world.create(world.defaults()).spec();
        System.out.println(world.title() + "\n" + world.summary() + "\nSource: " + world.source());
        System.out.println("\nOptions (--set KEY=VALUE)");
        for (OptionSpec option : world.options()) {
            System.out.printf(
                    "  %-12s %-12s %s %s%n",
                    option.name(), option.defaultText(), option.what(), range(option));
        }
        System.out.println("\nReward terms (--set reward.TERM=WEIGHT; share mixes own and team)");
        spec.terms()
                .forEach(t ->
                        System.out.printf(
                                "  %-12s %+-12.2f %s [%s]%n",
                                t.name(), t.weight(), t.what(), t.unit()));
        System.out.println("\nMetrics");
        spec.metrics()
                .forEach(m -> System.out.printf("  %-12s %s [%s]%n", m.name(), m.what(), m.unit()));
        System.out.println("\nDialects of the return");
        spec.dialects()
                .forEach(d ->
                        System.out.printf("  %-18s %s: %s%n", d.name(), d.label(), d.formula()));
        spec.groups()
                .forEach(g -> {
                    System.out.printf(
                            "%nGroup %s: %d agents, %d actions%n",
                            g.name(), g.size(), g.action().size());
                    System.out.println("  sees " + String.join(", ", g.observation().briefNames()));
                    System.out.println(
                            "  does "
                                    + String.join(
                                            ", ",
                                            g.action().parts().stream()
                                                    .map(p -> p.label())
                                                    .toList()));
                });
        System.out.println(
                "\nScripted policies: "
                        + String.join(", ", world.scriptedPolicies(world.defaults()).keySet()));
    }

    private static String range(OptionSpec option) {
        return switch (option) {
            case OptionSpec.Whole w -> "(" + w.low() + " to " + w.high() + ")";
            case OptionSpec.Real r -> "(" + r.low() + " to " + r.high() + " " + r.unit() + ")";
            case OptionSpec.Text _ -> "(text, or @FILE)";
            case OptionSpec.Choice c -> "(" + String.join(", ", c.values()) + ")";
        };
    }

    private static Map<String, Object> tree(WorldProvider world) {
        EnvSpec spec = world.create(world.defaults()).spec();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", world.name());
        tree.put("title", world.title());
        tree.put("summary", world.summary());
        tree.put("source", world.source());
        List<Object> options = new ArrayList<>();
        for (OptionSpec option : world.options()) {
            options.add(
                    Map.of(
                            "name",
                            option.name(),
                            "default",
                            option.defaultText(),
                            "range",
                            range(option),
                            "what",
                            option.what()));
        }
        tree.put("options", options);
        tree.put(
                "reward_terms",
                spec.terms().stream()
                        .map(t ->
                                Map.of(
                                        "name",
                                        t.name(),
                                        "weight",
                                        t.weight(),
                                        "unit",
                                        t.unit(),
                                        "what",
                                        t.what()))
                        .toList());
        tree.put(
                "metrics",
                spec.metrics().stream()
                        .map(m -> Map.of("name", m.name(), "unit", m.unit(), "what", m.what()))
                        .toList());
        tree.put(
                "dialects",
                spec.dialects().stream()
                        .map(d -> Map.of("name", d.name(), "formula", d.formula()))
                        .toList());
        tree.put("observation", spec.groups().getFirst().observation().flatNames());
        return tree;
    }
}
