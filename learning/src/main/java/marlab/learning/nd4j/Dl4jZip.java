package marlab.learning.nd4j;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import marlab.learning.net.DenseLayers;
import marlab.learning.net.DenseLayers.Function;
import marlab.learning.net.DenseLayers.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// Dense layers to and from the zip that DL4J's `ModelSerializer` makes of a `MultiLayerNetwork`.
public final class Dl4jZip {

    /// Entry with the layers as JSON.
    private static final String CONFIGURATION = ModelSerializer.CONFIGURATION_JSON;

    /// Entry with all weights.
    private static final String COEFFICIENTS = ModelSerializer.COEFFICIENTS_BIN;

    /// Held here, since the logging system forgets the settings of loggers that nobody holds.
    private static final Logger TALK = Logger.getLogger("org.deeplearning4j");

    /// There are others, with a ceiling, a threshold or a slope.
    private static final ActivationReLU PLAIN = new ActivationReLU();

    private Dl4jZip() {}

    private static void load() {
        Nd4jAlgebra.load();
        TALK.setLevel(Level.WARNING);
    }

    /// The bytes of a zip. The same layers give the same entries.
    public static byte[] write(DenseLayers network) throws IOException {
        load();
        NeuralNetConfiguration.ListBuilder layers =
                new NeuralNetConfiguration.Builder()
                        .seed(0) // else it is the time of day
                        .updater(new NoOp())
                        .weightInit(WeightInit.ZERO)
                        .list();
        List<float[]> weights = new ArrayList<>();
        int total = 0;
        for (Layer layer : network.layers()) {
            boolean last = weights.size() == network.layers().size() - 1;
            Activation function = Activation.valueOf(word(layer.function()));
            boolean softmax = function == Activation.SOFTMAX;
            layers.layer(
                    last
                            ? new OutputLayer.Builder(
                                            softmax ? LossFunction.MCXENT : LossFunction.MSE)
                                    .nIn(layer.inputs())
                                    .nOut(layer.outputs())
                                    .activation(function)
                                    .build()
                            : new DenseLayer.Builder()
                                    .nIn(layer.inputs())
                                    .nOut(layer.outputs())
                                    .activation(function)
                                    .build());
            weights.add(inTheirOrder(layer));
            total += weights.getLast().length;
        }
        float[] all = new float[total];
        int at = 0;
        for (float[] each : weights) {
            System.arraycopy(each, 0, all, at, each.length);
            at += each.length;
        }
        MultiLayerNetwork net =
                new MultiLayerNetwork(layers.validateOutputLayerConfig(false).build());
        net.init(Nd4j.createFromArray(all), false);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelSerializer.writeModel(net, bytes, false);
        return bytes.toByteArray();
    }

    private static String word(Function function) {
        return function == Function.LEAKY_RELU ? "LEAKYRELU" : function.name();
    }

    /// DL4J keeps the weights of an output side by side, then the bias.
    private static float[] inTheirOrder(Layer layer) {
        int inputs = layer.inputs();
        int outputs = layer.outputs();
        float[] all = new float[inputs * outputs + outputs];
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                all[o * inputs + i] = layer.weights()[i * outputs + o];
            }
        }
        System.arraycopy(layer.bias(), 0, all, inputs * outputs, outputs);
        return all;
    }

    /// Reads two entries of a zip; its others, such as an updater's state and serialised Java
    /// objects, are never looked at.
    ///
    /// @throws IOException saying what is wrong or not supported
    public static DenseLayers read(byte[] configuration, byte[] coefficients) throws IOException {
        checkSize(coefficients);
        load();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(CONFIGURATION));
            zip.write(configuration);
            zip.putNextEntry(new ZipEntry(COEFFICIENTS));
            zip.write(coefficients);
        }
        MultiLayerNetwork net;
        try {
            net =
                    ModelSerializer.restoreMultiLayerNetwork(
                            new ByteArrayInputStream(bytes.toByteArray()), false);
        } catch (RuntimeException
                | LinkageError
                | StackOverflowError e) { // whatever it stumbles over
            throw new IOException("DL4J does not take it for a MultiLayerNetwork", e);
        }
        if (!net.getLayerWiseConfigurations().getInputPreProcessors().isEmpty()) {
            throw new IOException("it reshapes between its layers, and only dense layers are read");
        }
        List<Layer> layers = new ArrayList<>();
        for (int k = 0; k < net.getnLayers(); k++) {
            add(net.getLayer(k), k + 1, layers);
        }
        return new DenseLayers(layers);
    }

    private static void add(org.deeplearning4j.nn.api.Layer layer, int number, List<Layer> layers)
            throws IOException {
        switch (layer.conf().getLayer()) {
            case DropoutLayer _ -> {} // it only learns with it
            case DenseLayer dense when dense.hasBias() && !dense.hasLayerNorm() ->
                    layers.add(dense(layer, dense.getActivationFn(), number));
            case OutputLayer out when out.hasBias() ->
                    layers.add(dense(layer, out.getActivationFn(), number));
            case ActivationLayer activation
                    when !layers.isEmpty() && layers.getLast().function() == Function.IDENTITY -> {
                Layer before = layers.removeLast();
                IActivation f = activation.getActivationFn();
                layers.add(
                        new Layer(
                                before.inputs(),
                                before.outputs(),
                                before.weights(),
                                before.bias(),
                                function(f, number),
                                slope(f)));
            }
            default ->
                    throw new IOException(
                            "its layer "
                                    + number
                                    + " is "
                                    + layer.conf().getLayer().getClass().getSimpleName()
                                    + ", and only plain dense layers with a bias are read");
        }
    }

    private static Layer dense(
            org.deeplearning4j.nn.api.Layer layer, IActivation activation, int number)
            throws IOException {
        INDArray weights = layer.getParam("W");
        return new Layer(
                Math.toIntExact(weights.size(0)),
                Math.toIntExact(weights.size(1)),
                numbers(weights),
                numbers(layer.getParam("b")),
                function(activation, number),
                slope(activation));
    }

    private static float[] numbers(INDArray array) {
        return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
    }

    private static Function function(IActivation activation, int number) throws IOException {
        return switch (activation) {
            case ActivationIdentity _ -> Function.IDENTITY;
            case ActivationReLU relu when relu.equals(PLAIN) -> Function.RELU;
            case ActivationLReLU _ -> Function.LEAKY_RELU;
            case ActivationELU _ -> Function.ELU;
            case ActivationTanH _ -> Function.TANH;
            case ActivationSigmoid _ -> Function.SIGMOID;
            case ActivationSoftmax _ -> Function.SOFTMAX;
            default ->
                    throw new IOException(
                            "the activation of its layer "
                                    + number
                                    + ", "
                                    + activation
                                    + ", is none of identity, relu, leakyrelu, elu, tanh, sigmoid and"
                                    + " softmax");
        };
    }

    private static double slope(IActivation activation) {
        return switch (activation) {
            case ActivationLReLU leaky -> leaky.getAlpha();
            case ActivationELU elu -> elu.getAlpha();
            default -> 0;
        };
    }

    /// ND4J reserves as much memory as a file asks for, so the file must be as long as it says: two
    /// arrays, a shape of integers and then the numbers, each after its kind of memory, its length
    /// and its type.
    private static void checkSize(byte[] coefficients) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(coefficients))) {
            long shape = bytes(in);
            if (shape > 1 << 10 || in.skip(shape) < shape || bytes(in) != in.available()) {
                throw new IOException("its weights are cut short");
            }
        } catch (java.io.EOFException | java.io.UTFDataFormatException e) {
            throw new IOException("its weights are cut short", e);
        }
    }

    private static long bytes(DataInputStream in) throws IOException {
        String memory = in.readUTF();
        boolean large = memory.equals("LONG_SHAPE") || memory.equals("MIXED_DATA_TYPES");
        long length = large ? in.readLong() : in.readInt();
        int width =
                switch (in.readUTF()) {
                    case "DOUBLE", "LONG" -> 8;
                    case "FLOAT", "INT" -> 4;
                    case "HALF", "BFLOAT16" -> 2;
                    default -> throw new IOException("its weights are of no kind that can be read");
                };
        if (length < 0 || length > 1L << 30) {
            throw new IOException("its weights are cut short");
        }
        return length * width;
    }
}
