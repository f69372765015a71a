package marlab.learning.algo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.NetworkConfig;
import marlab.learning.net.PlainAlgebra;
import marlab.learning.net.Table;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Workers;
import marlab.sim.env.Worlds;
import marlab.sim.game.PayoffMatrix;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;

/// Two learners of one algorithm at a game without memory, each with a table of its own, without
/// trainer and files.
final class Duel implements AutoCloseable {

    private static final float[] SEEN = {1};

    final List<UnitLearner> learners = new ArrayList<>();
    private final PayoffMatrix game;
    private final Rollout[] rollouts = new Rollout[2];
    private final ActionHead[] heads = new ActionHead[2];
    private final RandomStream random;
    private final Workers workers = new Workers(1);
    private final int length;
    private final int copies;

    Duel(Algorithm algorithm, String payoffs, long seed, Map<String, String> hyper) {
        game = PayoffMatrix.parse(payoffs);
        Setup setup = setup(algorithm, Map.of("payoffs", payoffs, "memory", "off"), seed, hyper);
        length = setup.length();
        copies = setup.copies();
        random = new RandomStream(seed);
        for (int u = 0; u < 2; u++) {
            learners.add(
                    algorithm == Algorithm.TABULAR_Q
                            ? new TabularQ(setup, u)
                            : new WolfPhc(setup, u));
            heads[u] = setup.head(setup.units().get(u));
            rollouts[u] = new Rollout(length, copies, 1, 0, 1, false, true, 0);
        }
    }

    /// A setup for the matrix game, a unit for each player.
    static Setup setup(
            Algorithm algorithm,
            Map<String, String> options,
            long seed,
            Map<String, String> hyper) {
        return setup(algorithm, options, seed, hyper, Unit.NONE);
    }

    /// A setup for the matrix game.
    static Setup setup(
            Algorithm algorithm,
            Map<String, String> options,
            long seed,
            Map<String, String> hyper,
            int sharing) {
        Map<String, String> all = new java.util.HashMap<>(options);
        all.putIfAbsent("game", "custom");
        EnvOptions checked = Worlds.named("matrix_game").configure(all);
        EnvSpec spec = Worlds.named("matrix_game").create(checked).spec();
        HyperParameters parameters = HyperParameters.defaults(algorithm.parameters());
        for (Map.Entry<String, String> e : hyper.entrySet()) {
            parameters =
                    parameters.with(algorithm.parameter(e.getKey()).orElseThrow(), e.getValue());
        }
        return new Setup(
                algorithm,
                spec,
                Unit.of(spec, sharing, List.of()),
                new NetworkConfig(
                        NetworkConfig.Kind.TABLE,
                        List.of(),
                        NetworkConfig.defaults().activation(),
                        NetworkConfig.Symmetry.AUTO),
                false,
                parameters,
                new PlainAlgebra(),
                new Seeds(seed),
                4,
                10,
                checked);
    }

    /// Plays and learns.
    void play(int updates) {
        float[] outputs = new float[game.actions()];
        for (int k = 0; k < updates; k++) {
            for (int u = 0; u < 2; u++) {
                heads[u].explore(learners.get(u).behaviour().exploration());
            }
            for (int row = 0; row < length * copies; row++) {
                for (int u = 0; u < 2; u++) {
                    learners.get(u).behaviour().network().forward(SEEN, 0, 1, outputs);
                    rollouts[u].input[row] = SEEN[0];
                    rollouts[u].nextActor[row] = SEEN[0];
                    heads[u].sample(outputs, 0, random, rollouts[u].action, row);
                    rollouts[u].end(row, false, true);
                }
                int a = (int) rollouts[0].action[row];
                int b = (int) rollouts[1].action[row];
                rollouts[0].reward[row] = (float) game.row(a, b);
                rollouts[1].reward[row] = (float) game.column(a, b);
            }
            for (int u = 0; u < 2; u++) {
                learners.get(u).update(rollouts[u], (double) k / updates, workers, "");
            }
        }
    }

    /// Outputs of a player's table.
    float[] outputs(int player) {
        Table table = (Table) learners.get(player).behaviour().network();
        float[] outputs = new float[game.actions()];
        table.forward(SEEN, 0, 1, outputs);
        return outputs;
    }

    /// Chances by which a player acts.
    float[] chances(int player) {
        return heads[player].probabilities(outputs(player), 0).clone();
    }

    @Override
    public void close() {
        workers.close();
    }
}
