package marlab.learning.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;

/// A network that looks at pictures of cells: each goes through two convolutions with 3×3 windows,
/// of 16 channels and, at every other cell, of 32; what comes out and all other numbers of the
/// input go through dense layers to a linear read-out.
public final class GridNetwork implements Network {

    private static final int FIRST = 16;
    private static final int SECOND = 32;

    private final int inputs;
    private final int outputs;
    private final int capacity;
    private final Parameters parameters = new Parameters();
    private final List<Eye> eyes = new ArrayList<>();
    private final Layers layers;
    private final Matrix joined;
    private final Matrix joinedGradient;
    private final int[] plain; // positions of the numbers that belong to no picture
    private final float[] row;
    private final float[] rowGradient;

    /// What looks at one picture.
    private static final class Eye {
        final Picture picture;
        final int cells;
        final Convolution first;
        final Convolution second;
        final float[] seen; // cell after cell

        Eye(LinearAlgebra algebra, Parameters parameters, Picture picture, int capacity) {
            this.picture = picture;
            cells = picture.rows * picture.columns;
            first =
                    new Convolution(
                            algebra,
                            parameters,
                            picture.name + ".conv1",
                            picture.rows,
                            picture.columns,
                            picture.channels,
                            FIRST,
                            1,
                            capacity);
            second =
                    new Convolution(
                            algebra,
                            parameters,
                            picture.name + ".conv2",
                            picture.rows,
                            picture.columns,
                            FIRST,
                            SECOND,
                            2,
                            capacity);
            seen = new float[capacity * cells * picture.channels];
        }

        /// From channel after channel, as observations have it, to cell after cell.
        void look(float[] rows, int at, int inputs, int count) {
            int channels = picture.channels;
            for (int r = 0; r < count; r++) {
                int from = at + r * inputs + picture.at;
                int to = r * cells * channels;
                for (int k = 0; k < channels; k++) {
                    for (int cell = 0; cell < cells; cell++) {
                        seen[to + cell * channels + k] = rows[from++];
                    }
                }
            }
            first.forward(seen, count);
            second.forward(first.output, count);
        }

        void backward() {
            second.backward(first.outputGradient);
            first.backward(null);
        }
    }

    /// Where a picture stands in the input.
    ///
    /// @param at position of its first number; it has channels × rows × columns of them
    record Picture(String name, int at, int channels, int rows, int columns) {

        /// Pictures among what an agent sees about itself, which stands first in a view.
        static List<Picture> of(List<Field> own) {
            List<Picture> pictures = new ArrayList<>();
            int at = 0;
            for (Field field : own) {
                if (field.kind() == FieldKind.GRID) {
                    int channels = field.channels().size();
                    pictures.add(
                            new Picture(field.name(), at, channels, field.rows(), field.columns()));
                }
                at += field.kind() == FieldKind.ALWAYS_ZERO ? 0 : field.size();
            }
            return pictures;
        }

        int size() {
            return channels * rows * columns;
        }
    }

    /// @param inputs numbers per row, those of the pictures among them
    /// @param hidden widths of the dense layers
    /// @throws IllegalArgumentException where there is no picture
    GridNetwork(
            LinearAlgebra algebra,
            List<Picture> pictures,
            int inputs,
            List<Integer> hidden,
            int outputs,
            Activation activation,
            int capacity) {
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException(
                    "a network with convolutions needs a picture of cells to look at, and agents of"
                            + " this world see none; use network=sorted_mlp, or a world option that"
                            + " gives them one");
        }
        this.inputs = inputs;
        this.outputs = outputs;
        this.capacity = capacity;
        boolean[] ofPicture = new boolean[inputs];
        int width = 0;
        for (Picture picture : pictures) {
            Eye eye = new Eye(algebra, parameters, picture, capacity);
            eyes.add(eye);
            width += eye.second.size();
            Arrays.fill(ofPicture, picture.at, picture.at + picture.size(), true);
        }
        plain = IntStream.range(0, inputs).filter(k -> !ofPicture[k]).toArray();
        width += plain.length;
        layers =
                new Layers(width)
                        .hidden(algebra, parameters, hidden, activation, capacity)
                        .add(algebra, parameters, "out", outputs, Activation.IDENTITY, capacity);
        parameters.build(algebra);
        for (Eye eye : eyes) {
            eye.first.build();
            eye.second.build();
        }
        layers.build();
        joined = algebra.matrix(width, capacity);
        joinedGradient = algebra.matrix(width, capacity);
        row = new float[width];
        rowGradient = new float[width];
    }

    /// Draws new weights: orthogonal with gain √2, the read-out with its own gain.
    public void initialise(double outputGain, RandomGenerator random) {
        for (Eye eye : eyes) {
            eye.first.initialise(random);
            eye.second.initialise(random);
        }
        layers.initialise(outputGain, random);
        parameters.valuesChanged();
    }

    /// Floats that such a network keeps for one row of a batch, nearly.
    static long floatsPerRow(List<Picture> pictures) {
        long floats = 0;
        for (Picture p : pictures) {
            long cells = (long) p.rows * p.columns;
            floats += cells * (p.channels + 2 * FIRST + SECOND);
        }
        return floats;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void forward(float[] rows, int at, int count, float[] output) {
        for (int e = 0; e < eyes.size(); e++) {
            eyes.get(e).look(rows, at, inputs, count);
        }
        joined.use(count);
        for (int r = 0; r < count; r++) {
            int to = 0;
            for (int e = 0; e < eyes.size(); e++) {
                Convolution last = eyes.get(e).second;
                System.arraycopy(last.output, r * last.size(), row, to, last.size());
                to += last.size();
            }
            for (int position : plain) {
                row[to++] = rows[at + r * inputs + position];
            }
            joined.put(r * row.length, row, 0, row.length);
        }
        layers.forward(joined).get(0, output, 0, count * outputs);
    }

    @Override
    public void backward(float[] outputGradient, int count) {
        layers.outputGradient().put(0, outputGradient, 0, count * outputs);
        layers.backward(joinedGradient);
        for (int r = 0; r < count; r++) {
            joinedGradient.get(r * row.length, rowGradient, 0, row.length);
            int from = 0;
            for (Eye eye : eyes) {
                Convolution last = eye.second;
                System.arraycopy(
                        rowGradient, from, last.outputGradient, r * last.size(), last.size());
                from += last.size();
            }
        }
        eyes.forEach(Eye::backward);
    }
}
