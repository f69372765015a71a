package marlab.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import marlab.learning.net.DenseLayers;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ForeignPolicyTest {

    @TempDir private Path folder;

    private static Path dl4j(Path file, Layer... layers) throws IOException {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().seed(7).list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork net =
                new MultiLayerNetwork(list.validateOutputLayerConfig(false).build());
        net.init();
        ModelSerializer.writeModel(net, file.toFile(), true);
        return file;
    }

    private static DenseLayer dense(int inputs, int outputs, Activation activation) {
        return new DenseLayer.Builder().nIn(inputs).nOut(outputs).activation(activation).build();
    }

    private static OutputLayer out(int inputs, int outputs, Activation activation) {
        return new OutputLayer.Builder(LossFunction.MSE)
                .nIn(inputs)
                .nOut(outputs)
                .activation(activation)
                .build();
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"IDENTITY", "RELU", "LEAKYRELU", "ELU", "TANH", "SIGMOID", "SOFTMAX"})
    void foreignLayersComputeWhatDl4jComputes(Activation activation) throws IOException {
        Path file = dl4j(folder.resolve("net.zip"), dense(6, 9, activation), out(9, 4, activation));
        assertTrue(PolicyFiles.isForeign(file));
        MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
        DenseLayers layers = PolicyFiles.foreign(file);
        Random random = new Random(3);
        for (int row = 0; row < 20; row++) {
            float[] input = new float[6];
            for (int k = 0; k < input.length; k++) {
                input[k] = 2 * (float) random.nextGaussian();
            }
            assertArrayEquals(PolicyFilesTest.output(net, input), layers.apply(input), 1e-5f);
        }
    }

    @Test
    void aForeignNetworkActsGreedilyOnTheFlatObservation() throws IOException {
        Path file =
                dl4j(
                        folder.resolve("net.zip"),
                        dense(18, 12, Activation.TANH),
                        out(12, 5, Activation.SOFTMAX));
        MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
        WorldProvider world = Worlds.named("simple_spread");
        EnvOptions options = world.configure(Map.of());
        ParallelEnv env = world.create(options);
        EnvSpec spec = env.spec();
        Policy policy = new ForeignPolicy(file, PolicyFiles.foreign(file), spec, List.of());
        Decision decision = new Decision(spec);
        for (long seed = 0; seed < 20; seed++) {
            env.reset(seed);
            policy.act(env, decision, new RandomStream(1));
            for (int agent = 0; agent < 3; agent++) {
                double[] seen = new double[18];
                env.observe(agent, seen, 0);
                INDArray row =
                        Nd4j.createFromArray(new double[][] {seen}).castTo(net.params().dataType());
                assertEquals(net.output(row).argMax(1).getInt(0), decision.actions.choice(agent));
            }
        }
        PolicyFilesTest.assertRefused(() -> PolicyFiles.read(file), "--world");
    }

    @Test
    void aForeignNetworkOfAnotherSizeIsToldTheSizes() throws IOException {
        Path file = dl4j(folder.resolve("net.zip"), out(12, 5, Activation.SOFTMAX));
        DenseLayers layers = PolicyFiles.foreign(file);
        WorldProvider world = Worlds.named("simple_spread");
        EnvSpec spec = world.create(world.configure(Map.of())).spec();
        PolicyFilesTest.assertRefused(
                () -> new ForeignPolicy(file, layers, spec, List.of()),
                "takes 12 numbers and gives 5",
                "18 inputs",
                "5 outputs");
    }

    @Test
    void whatIsNoPlainPerceptronIsRefused() throws IOException {
        Path norm =
                dl4j(
                        folder.resolve("norm.zip"),
                        new BatchNormalization.Builder().nIn(4).nOut(4).build(),
                        out(4, 2, Activation.IDENTITY));
        PolicyFilesTest.assertRefused(
                () -> PolicyFiles.foreign(norm), "layer 1 is BatchNormalization");
        Path swish =
                dl4j(
                        folder.resolve("swish.zip"),
                        dense(4, 3, Activation.SWISH),
                        out(3, 2, Activation.IDENTITY));
        PolicyFilesTest.assertRefused(() -> PolicyFiles.foreign(swish), "layer 1", "relu");
        Path six =
                dl4j(
                        folder.resolve("six.zip"),
                        new DenseLayer.Builder()
                                .nIn(4)
                                .nOut(3)
                                .activation(new ActivationReLU(6.0, 0.0, 0.0))
                                .build(),
                        out(3, 2, Activation.IDENTITY));
        PolicyFilesTest.assertRefused(() -> PolicyFiles.foreign(six), "layer 1", "relu");
        MultiLayerNetwork recurrent =
                new MultiLayerNetwork(
                        new NeuralNetConfiguration.Builder()
                                .list()
                                .layer(new LSTM.Builder().nOut(3).build())
                                .layer(
                                        new RnnOutputLayer.Builder(LossFunction.MSE)
                                                .activation(Activation.IDENTITY)
                                                .nOut(2)
                                                .build())
                                .setInputType(InputType.recurrent(4))
                                .build());
        recurrent.init();
        Path lstm = folder.resolve("lstm.zip");
        ModelSerializer.writeModel(recurrent, lstm.toFile(), false);
        PolicyFilesTest.assertRefused(() -> PolicyFiles.foreign(lstm), "layer 1 is LSTM");
        Path scaled = dl4j(folder.resolve("scaled.zip"), out(4, 2, Activation.IDENTITY));
        ModelSerializer.addNormalizerToModel(scaled.toFile(), fitted());
        PolicyFilesTest.assertRefused(() -> PolicyFiles.foreign(scaled), "normaliser");
    }

    private static NormalizerMinMaxScaler fitted() {
        NormalizerMinMaxScaler scaler = new NormalizerMinMaxScaler(0, 1);
        scaler.setFeatureStats(Nd4j.zeros(1, 4), Nd4j.ones(1, 4));
        return scaler;
    }
}
