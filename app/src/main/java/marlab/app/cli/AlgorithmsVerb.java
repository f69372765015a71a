package marlab.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import marlab.learning.algo.Algorithm;
import marlab.learning.algo.HyperParameter;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import marlab.learning.train.RunConfig;
import marlab.learning.train.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `marlab algorithms`: the algorithms there are, what each is about, and the settings of a run.
@Command(
        name = "algorithms",
        description = "List the algorithms, or tell about one of them and its hyper-parameters.",
        mixinStandardHelpOptions = true)
final class AlgorithmsVerb implements Callable<Integer> {

    private static final int WIDTH = 96;
    private static final String WORLD = "simple_spread";

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "Tell about this one: card, paper, hyper-parameters, ranges, defaults.")
    private String name;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (name != null) {
            Algorithm one = named(name);
            if (json) {
                System.out.println(Json.line(tree(one)));
            } else {
                tell(one);
            }
            return CommandLineMain.DONE;
        }
        RunConfig defaults = RunConfig.defaults(WORLD, "mappo", 1);
        if (json) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put(
                    "algorithms",
                    List.of(Algorithm.values()).stream().map(AlgorithmsVerb::tree).toList());
            tree.put(
                    "settings",
                    Settings.table().stream()
                            .map(s ->
                                    Map.of(
                                            "name",
                                            s.key(),
                                            "default",
                                            s.get().apply(defaults),
                                            "range",
                                            s.range(),
                                            "what",
                                            s.what()))
                            .toList());
            System.out.println(Json.line(tree));
            return CommandLineMain.DONE;
        }
        for (Algorithm algorithm : Algorithm.values()) {
            System.out.printf(
                    "%-15s %s: %s%n", algorithm.key(), algorithm.title(), algorithm.summary());
        }
        System.out.println(
                "\nmarlab algorithms NAME tells about one of them and its hyper-parameters.");
        System.out.println(
                "\nSettings of every algorithm (--set KEY=VALUE), with MAPPO's defaults:");
        for (Settings.Setting s : Settings.table()) {
            System.out.printf(
                    "  %-18s %-12s %s (%s)%n",
                    s.key(), s.get().apply(defaults), s.what(), s.range());
        }
        System.out.println(
                """
                  frozen.GROUP       off          A group that does not learn: it follows this scripted policy of the world.

                A world's options, groups, scripted policies and reward terms: marlab worlds NAME.\
                """);
        return CommandLineMain.DONE;
    }

    private static Algorithm named(String name) {
        try {
            return Algorithm.named(name);
        } catch (IllegalArgumentException e) {
            throw new BadInput(RunConfig.sentence(e.getMessage()), e);
        }
    }

    private static void tell(Algorithm a) {
        System.out.println(a.title() + ": " + a.summary());
        if (!a.card().isBlank()) {
            System.out.println("\n" + wrapped(a.card()));
        }
        System.out.println("\nPaper: " + a.paper());
        System.out.println("\nHyper-parameters (--set KEY=VALUE), with their defaults:");
        for (HyperParameter p : a.parameters()) {
            System.out.printf("  %-22s %-12s %s (%s)%n", p.key(), p.value(), p.what(), p.range());
        }
        if (a.parameters().isEmpty()) {
            System.out.println("  none");
        }
        if (!a.recipe().isEmpty()) {
            System.out.println("\nSettings of every algorithm that differ here:");
            a.recipe().forEach((key, value) -> System.out.printf("  %-22s %s%n", key, value));
        }
        System.out.println("\nTry: ./marlab train --algorithm " + a.key() + " --world NAME");
    }

    private static String wrapped(String text) {
        StringBuilder page = new StringBuilder();
        int column = 0;
        for (String word : text.split("\\s+")) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                page.append('\n');
                column = 0;
            } else if (column > 0) {
                page.append(' ');
                column++;
            }
            page.append(word);
            column += word.length();
        }
        return page.toString();
    }

    private static Map<String, Object> tree(Algorithm a) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", a.key());
        tree.put("title", a.title());
        tree.put("summary", a.summary());
        tree.put("card", a.card());
        tree.put("paper", a.paper());
        tree.put("settings", a.recipe());
        List<Object> parameters = new ArrayList<>();
        for (HyperParameter p : a.parameters()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", p.key());
            one.put("default", p.value());
            one.put("range", p.range());
            if (p.words().isEmpty()) {
                one.put("low", p.low());
                one.put("high", p.high());
                one.put("whole", p.whole());
            } else {
                one.put("values", p.words());
            }
            one.put("what", p.what());
            parameters.add(one);
        }
        tree.put("parameters", parameters);
        return tree;
    }
}
