package marlab.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import marlab.learning.algo.Algorithm;
import marlab.learning.store.Json;
import marlab.learning.train.RunConfig;
import marlab.learning.train.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `marlab algorithms`: the algorithms there are and the settings of a run.
@Command(
        name = "algorithms",
        description = "List the algorithms and the settings of a run.",
        mixinStandardHelpOptions = true)
final class AlgorithmsVerb implements Callable<Integer> {

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        RunConfig defaults = RunConfig.defaults("simple_spread", "mappo", 1);
        if (json) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put(
                    "algorithms",
                    List.of(Algorithm.values()).stream()
                            .map(a ->
                                    Map.of(
                                            "name",
                                            a.key(),
                                            "title",
                                            a.title(),
                                            "summary",
                                            a.summary()))
                            .toList());
            tree.put(
                    "settings",
                    Settings.table(defaults.algorithm()).stream()
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
                    "%-6s %s %s%n", algorithm.key(), algorithm.title() + ":", algorithm.summary());
        }
        System.out.println("\nSettings (--set KEY=VALUE), with their defaults:");
        for (Settings.Setting s : Settings.table(defaults.algorithm())) {
            System.out.printf(
                    "  %-18s %-12s %s (%s)%n",
                    s.key(), s.get().apply(defaults), s.what(), s.range());
        }
        System.out.println(
                "\nA world's options and reward terms are settings too: marlab worlds NAME.");
        return CommandLineMain.DONE;
    }
}
