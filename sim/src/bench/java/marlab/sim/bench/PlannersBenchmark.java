package marlab.sim.bench;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
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

/// Steps per second of lifelong pathfinding by scripts, the world's step included: 4,000 agents on
/// 256 × 256 cells, a fifth of them obstacles.
///
/// `./mvnw -pl sim -am -DskipTests package -Dbench=Planners`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PlannersBenchmark {

    @Param({"pibt", "prioritised", "astar"})
    String script;

    private final RandomStream random = new RandomStream(1);
    private ParallelEnv env;
    private Policy policy;
    private Decision decision;

    /// Makes the world.
    @Setup
    public void setUp() {
        WorldProvider world = new Pogema();
        var options =
                world.configure(
                        Map.of(
                                "height", "256", "width", "256", "density", "0.2", "agents", "4000",
                                "horizon", "10000"));
        env = world.create(options);
        env.reset(1);
        policy = world.scriptedPolicies(options).get(script);
        policy.episodeBegins(env);
        decision = new Decision(env.spec());
    }

    /// Plans and steps.
    @Benchmark
    public double[] step() {
        policy.act(env, decision, random);
        return env.step(decision.actions).metrics;
    }
}
