package marlab.sim.bench;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import marlab.sim.env.Actions;
import marlab.sim.env.AutoResetMode;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.VectorEnv;
import marlab.sim.env.Workers;
import marlab.sim.env.WorldProvider;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.world.particle.SimpleSpread;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Env steps per second of Simple Spread with random pushes, observations and rewards included:
/// {@link VectorEnv} in one thread and in all, and {@link PlainSpreadLoop} beside it.
///
/// `./mvnw -pl sim -am -DskipTests package -Dbench=SimpleSpread`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SimpleSpreadBenchmark {

    private static final int COPIES = 128;
    private static final int ROUNDS = 64;

    @Param({"3", "10", "50"})
    int agents;

    private final int[] pushes = new int[ROUNDS * 1024];
    private PlainSpreadLoop loop;
    private VectorEnv env;
    private RewardWeights weights;
    private double[] rewards;
    private Workers workers;
    private int round;

    /// Makes the copies and draws all pushes beforehand.
    @Setup
    public void setUp() {
        RandomStream random = new RandomStream(1);
        for (int k = 0; k < pushes.length; k++) {
            pushes[k] = random.nextInt(5);
        }
        loop = new PlainSpreadLoop(COPIES, agents);
        WorldProvider world = new SimpleSpread();
        EnvOptions options =
                EnvOptions.of(world.options(), Map.of("agents", Integer.toString(agents)));
        env =
                new VectorEnv(
                        world, options, COPIES, 0, AutoResetMode.SAME_STEP, new Seeds(1), false);
        env.reset();
        weights = RewardWeights.defaults(env.spec().terms());
        rewards = new double[COPIES * agents];
        workers = new Workers(Runtime.getRuntime().availableProcessors());
    }

    /// Ends the threads.
    @TearDown
    public void tearDown() {
        workers.close();
    }

    /// The yardstick.
    @Benchmark
    @OperationsPerInvocation(COPIES)
    public double[] plainLoop() {
        int at = nextPushes();
        for (int k = 0; k < loop.actions.length; k++) {
            loop.actions[k] = pushes[(at + k) & (pushes.length - 1)];
        }
        loop.step();
        return loop.rewards;
    }

    /// Ours, in the caller's thread.
    @Benchmark
    @OperationsPerInvocation(COPIES)
    public double[] oneThread() {
        choose();
        env.step();
        return combine();
    }

    /// Ours, in all threads.
    @Benchmark
    @OperationsPerInvocation(COPIES)
    public double[] allThreads() {
        choose();
        env.step(workers);
        return combine();
    }

    private int nextPushes() {
        round = (round + 1) % ROUNDS;
        return round * 1021;
    }

    void choose() {
        int at = nextPushes();
        for (int c = 0; c < COPIES; c++) {
            Actions actions = env.actions(c);
            for (int i = 0; i < agents; i++) {
                actions.choose(i, pushes[at++ & (pushes.length - 1)]);
            }
        }
    }

    double[] combine() {
        int perCopy = agents * weights.size();
        for (int c = 0; c < COPIES; c++) {
            weights.combine(env.terms(), c * perCopy, agents, rewards, c * agents);
        }
        return rewards;
    }
}
