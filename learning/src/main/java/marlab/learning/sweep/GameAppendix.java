package marlab.learning.sweep;

import java.util.ArrayList;
import java.util.List;
import marlab.learning.train.LearnedGame;
import marlab.learning.train.RunConfig;
import marlab.sim.env.PayoffWorld;
import marlab.sim.game.PayoffMatrix;
import marlab.sim.space.ActionSpace;

/// The pay-off tables that teams believed in at the end of training, beside the true ones: what a
/// sum of values, or a mixing of them that never falls, can't say.
public final class GameAppendix {

    private static final List<String> TEAMS = List.of("vdn", "qmix");

    private GameAppendix() {}

    /// Markdown with the tables of the runs of VDN and QMIX in games, as far as they are done;
    /// empty where there are none.
    public static String of(Benchmarks benchmarks, SweepFolder folder) {
        StringBuilder page = new StringBuilder();
        for (Benchmarks.Task task : benchmarks.tasks()) {
            RunConfig config = task.config();
            if (!(config.provider() instanceof PayoffWorld world)) {
                continue;
            }
            for (Benchmarks.Row row : task.rows()) {
                Member first = benchmarks.members(task, row).getFirst();
                if (TEAMS.contains(row.algorithm()) && folder.outcome(first).isPresent()) {
                    append(
                            page,
                            task.title() + ", " + row.name() + ", seed 1",
                            actions(config),
                            world.payoffs(config.envOptions()),
                            LearnedGame.of(folder.run(first)));
                }
            }
        }
        return page.isEmpty()
                ? ""
                : "\n## Learned pay-offs\n\nIn each cell what the team believes that the pair of"
                        + " choices pays in a round, and in brackets what it does pay (mean of both"
                        + " players).\n"
                        + page;
    }

    private static List<String> actions(RunConfig config) {
        return ((ActionSpace.Discrete) config.spec().groups().getFirst().action())
                .parts().stream().map(ActionSpace.Push::label).toList();
    }

    private static void append(
            StringBuilder page,
            String title,
            List<String> actions,
            PayoffMatrix truth,
            double[][] learned) {
        List<String> head = new ArrayList<>(List.of(""));
        for (int column = 0; column < learned[0].length; column++) {
            head.add(actions.get(column));
        }
        Tables table = new Tables(head);
        for (int row = 0; row < learned.length; row++) {
            List<String> cells = new ArrayList<>(List.of(actions.get(row)));
            for (int column = 0; column < learned[row].length; column++) {
                double pays = (truth.row(row, column) + truth.column(row, column)) / 2;
                cells.add(Tables.words(learned[row][column]) + " (" + Tables.words(pays) + ")");
            }
            table.add(cells);
        }
        page.append("\n").append(title).append(":\n\n").append(table.markdown());
    }
}
