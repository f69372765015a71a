package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.Worlds;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Acting one agent at a time, as the window does it, leaves nothing to the garbage collector.
class ActingAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource({
        "SORTED_MLP, simple_spread, false",
        "FLAT_MLP, simple_spread, true",
        "ENTITY, simple_spread, false",
        "GRU, simple_spread, false",
        "GRU, simple_spread, true",
        "CONV, coin_game, false",
        "CONV, coin_game, true"
    })
    void actingAllocatesNothing(NetworkConfig.Kind kind, String world, boolean normalise) {
        AgentGroup group =
                Worlds.named(world)
                        .create(Worlds.named(world).configure(Map.of()))
                        .spec()
                        .groups()
                        .getFirst();
        NetworkConfig config =
                new NetworkConfig(
                        kind,
                        List.of(16, 16),
                        Activation.TANH,
                        NetworkConfig.Symmetry.AUTO,
                        normalise);
        InputView view = InputView.of(config.view(group.observation(), group.action(), null));
        Network network = config.build(new PlainAlgebra(), view, 5, 1);
        NetworkConfig.initialise(network, 1, new RandomStream(1));
        float[] flat = new float[group.observation().size()];
        float[] input = new float[view.size()];
        float[] memory = new float[network.memory()];
        boolean[] begins = new boolean[1];
        float[] output = new float[5];
        long fewest = Long.MAX_VALUE; // of several tries: the compiler allocates now and then
        for (int round = 0; round < 30; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int k = 0; k < 100; k++) {
                flat[0] = k;
                view.write(flat, 0, 0, 0, input, 0);
                network.forward(input, 0, 1, 1, memory, begins, 0, output);
            }
            fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, fewest, "bytes in 100 steps");
    }
}
