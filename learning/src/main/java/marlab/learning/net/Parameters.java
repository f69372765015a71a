package marlab.learning.net;

import java.util.LinkedHashMap;
import java.util.Map;

/// All weights of a network in one flat vector, and their gradient in another, so that clipping and
/// Adam are one pass each. Layers see views. Owned by one thread at a time.
public final class Parameters {

    /// Where a named block stands.
    ///
    /// @param at position in the flat vector
    /// @param rows rows, as stored
    /// @param columns columns
    public record Block(int at, int rows, int columns) {}

    private final Map<String, Block> blocks = new LinkedHashMap<>();
    private int size;
    private float[] values;
    private float[] gradient;
    private Matrix valueStorage;
    private Matrix gradientStorage;
    private final Parameters behind;
    private int front;

    /// An empty vector.
    Parameters() {
        this(null);
    }

    /// A vector whose last part is all of another one, which it keeps up to date. No gradient
    /// reaches what is reserved in front of it.
    Parameters(Parameters behind) {
        this.behind = behind;
    }

    /// Reserves a block; before {@link #build}.
    Block reserve(String name, int rows, int columns) {
        Block block = new Block(size, rows, columns);
        if (blocks.put(name, block) != null) {
            throw new IllegalArgumentException("two blocks are named " + name);
        }
        size += rows * columns;
        return block;
    }

    /// Makes room for everything reserved.
    void build(LinearAlgebra algebra) {
        if (behind != null) {
            buildInFront();
            return;
        }
        values = new float[size];
        gradient = new float[size];
        valueStorage = algebra.matrix(size, 1);
        gradientStorage = algebra.matrix(size, 1);
    }

    /// Makes room for everything reserved where no layer and no optimiser needs it.
    void buildWithoutGradient() {
        values = new float[size];
        gradient = new float[0];
    }

    private void buildInFront() {
        front = size;
        behind.blocks.forEach(
                (name, b) -> blocks.put(name, new Block(front + b.at, b.rows, b.columns)));
        size += behind.size;
        values = new float[size];
        gradient = new float[size];
        takeBehind();
    }

    /// Takes over the values of the vector behind, after they were changed there.
    void takeBehind() {
        System.arraycopy(behind.values, 0, values, front, behind.size);
    }

    Matrix valueView(LinearAlgebra algebra, Block block) {
        return algebra.view(valueStorage, block.at, block.rows, block.columns);
    }

    Matrix gradientView(LinearAlgebra algebra, Block block) {
        return algebra.view(gradientStorage, block.at, block.rows, block.columns);
    }

    /// Named blocks in order.
    public Map<String, Block> blocks() {
        return Map.copyOf(blocks);
    }

    /// Number of weights.
    public int size() {
        return size;
    }

    /// The weights on the heap; call {@link #valuesChanged} after writing.
    public float[] values() {
        return values;
    }

    /// Hands the weights on the heap to the layers.
    public void valuesChanged() {
        if (valueStorage == null) {
            return; // nobody has a copy
        }
        if (behind != null) {
            System.arraycopy(values, front, behind.values, 0, behind.size);
            behind.valuesChanged();
            return;
        }
        valueStorage.put(0, values, 0, size);
    }

    /// Fetches the gradient of the last backward pass. The array is reused.
    public float[] gradient() {
        if (behind != null) {
            System.arraycopy(behind.gradient(), 0, gradient, front, behind.size);
            return gradient;
        }
        gradientStorage.get(0, gradient, 0, size);
        return gradient;
    }
}
