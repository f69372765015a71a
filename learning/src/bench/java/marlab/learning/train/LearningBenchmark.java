package marlab.learning.train;

import java.util.concurrent.TimeUnit;
import marlab.learning.algo.Learner;
import marlab.learning.buffer.Experience;
import marlab.learning.nd4j.Nd4jAlgebra;
import marlab.learning.net.LinearAlgebra;
import marlab.learning.net.Network;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.Workers;
import marlab.sim.reward.RewardWeights;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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

/// How fast MAPPO learns Simple Spread with the recipe's sizes: 128 copies × 25 steps × 3 agents a
/// roll-out, 4 epochs × 4 minibatches. All figures but {@link #act} are environment steps a second.
///
/// `./mvnw -pl learning -am -DskipTests package -Dbench=LearningBenchmark`
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
public class LearningBenchmark {

    private static final int STEPS = 128 * 25;

    /// A learner with a roll-out to learn from.
    @State(Scope.Thread)
    public static class Lab {

        @Param({"sorted_mlp", "entity"})
        public String network;

        @Param({"1", "2"})
        public int threads;

        private Workers workers;
        private Learner learner;
        private Experience experience;
        private Collector collector;
        private RewardWeights weights;

        @Setup(Level.Trial)
        public void open() {
            RunConfig config =
                    RunConfig.defaults("simple_spread", "mappo", 1).with("network", network);
            marlab.learning.algo.Setup setup = config.setup(new Nd4jAlgebra());
            workers = new Workers(threads);
            learner = config.algorithm().learner(setup);
            experience = setup.experience();
            collector = new Collector(config, setup, learner.behaviours());
            weights = config.rewardWeights();
            collector.reset();
            collector.collect(weights, experience, workers);
        }

        @TearDown(Level.Trial)
        public void close() {
            workers.close();
        }
    }

    /// Learning alone, again and again from one roll-out.
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public Object learn(Lab lab) {
        return lab.learner.update(lab.experience, 0.5, lab.workers);
    }

    /// Acting alone: worlds, views, forward pass, drawing of actions.
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public Object rollOut(Lab lab) {
        return lab.collector.collect(lab.weights, lab.experience, lab.workers);
    }

    /// Both, as in training.
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public Object rollOutAndLearn(Lab lab) {
        lab.collector.collect(lab.weights, lab.experience, lab.workers);
        return lab.learner.update(lab.experience, 0.5, lab.workers);
    }

    /// A policy network and a batch of observations.
    @State(Scope.Thread)
    public static class Actor {

        @Param({"nd4j", "plain"})
        public String math;

        @Param({"1", "8", "32", "192"})
        public int rows;

        private Network network;
        private float[] input;
        private float[] output;

        @Setup(Level.Trial)
        public void open() {
            RunConfig config = RunConfig.defaults("simple_spread", "mappo", 1);
            LinearAlgebra algebra = math.equals("nd4j") ? new Nd4jAlgebra() : new PlainAlgebra();
            marlab.learning.algo.Setup setup = config.setup(algebra);
            network = setup.actor(setup.units().getFirst(), rows);
            input = new float[rows * network.inputs()];
            output = new float[rows * 5];
            for (int k = 0; k < input.length; k++) {
                input[k] = (float) Math.sin(k);
            }
        }
    }

    /// Forward passes a second of the recipe's policy network.
    @Benchmark
    public float[] act(Actor actor) {
        actor.network.forward(actor.input, 0, actor.rows, actor.output);
        return actor.output;
    }
}
