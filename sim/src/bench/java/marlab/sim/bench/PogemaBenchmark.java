package marlab.sim.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import marlab.sim.env.Actions;
import marlab.sim.env.AutoResetMode;
import marlab.sim.env.VectorEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.world.grid.Pogema;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Env steps per second of pathfinding with random moves in one thread, observations (3 × 11 × 11
/// numbers an agent), rewards and the resets of episodes of 64 steps included; beside it the floor:
/// filling as many bytes as the observations have.
///
/// `./mvnw -pl sim -am -DskipTests package -Dbench=Pogema`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PogemaBenchmark {

    private static final int DRAWN = 1 << 16;

    /// Side of the map and number of agents.
    @Param({"16/16", "32/64", "64/256", "256/1000", "256/4000"})
    String size;

    private final byte[] moves = new byte[DRAWN];
    private VectorEnv env;
    private RewardWeights weights;
    private double[] rewards;
    private int agents;
    private int round;

    /// Makes one copy and draws all moves beforehand.
    @Setup
    public void setUp() {
        RandomStream random = new RandomStream(1);
        for (int k = 0; k < moves.length; k++) {
            moves[k] = (byte) random.nextInt(5);
        }
        String side = size.split("/")[0];
        Map<String, String> options =
                Map.of(
                        "height",
                        side,
                        "width",
                        side,
                        "density",
                        "0.3",
                        "agents",
                        size.split("/")[1],
                        "horizon",
                        "64");
        WorldProvider world = new Pogema();
        env =
                new VectorEnv(
                        world,
                        world.configure(options),
                        1,
                        0,
                        AutoResetMode.SAME_STEP,
                        new Seeds(1),
                        false);
        env.reset();
        agents = env.spec().agentCount();
        weights = RewardWeights.defaults(env.spec().terms());
        rewards = new double[agents];
    }

    /// Moves, observations and rewards.
    @Benchmark
    public double[] oneThread() {
        Actions actions = env.actions(0);
        round = (round + 7919) % DRAWN;
        for (int i = 0; i < agents; i++) {
            actions.choose(i, moves[(round + i) & (DRAWN - 1)]);
        }
        env.step();
        weights.combine(env.terms(), 0, agents, rewards, 0);
        return rewards;
    }

    /// Nothing but writing the bytes of the observations.
    @Benchmark
    public float[] floor() {
        float[] into = env.observations(0);
        Arrays.fill(into, round++);
        return into;
    }
}
