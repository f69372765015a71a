package marlab.learning.net;

import java.util.List;
import java.util.random.RandomGenerator;
import marlab.sim.space.CanonicalView;

/// A network over *things*: any number of entities, in any order.
///
/// Every entity i becomes a token t_i = [position relative to me, distance, its other fields, type,
/// my own fields]. One round of messages on relative geometry: m_i = max_j ψ([x_i − x_j, ‖x_i −
/// x_j‖, ‖x_i‖, ‖x_j‖, type_i, type_j]). Then e_i = φ([t_i, m_i]), and the read-out is an MLP over
/// [Σ_i softmax(w·e_i) e_i, max_i e_i, my own fields]. The weights do not depend on the number of
/// entities, so what was learned among three runs among ten.
public final class EntityNetwork implements Network {

    private static final int MESSAGE = 32;
    private static final int WIDTH = 64;

    private final CanonicalView view;
    private final List<CanonicalView.Part> parts;
    private final int own;
    private final int ids;
    private final int types;
    private final int extras;
    private final int tokens;
    private final int tokenWidth;
    private final int pairWidth;
    private final int outputs;
    private final int capacity;
    private final Parameters parameters = new Parameters();
    private final Dense psi;
    private final Dense phi1;
    private final Dense phi2;
    private final Dense attention;
    private final Dense read;
    private final Dense out;
    private final Matrix pairs;
    private final Matrix tokenInput;
    private final Matrix pooled;
    private final Matrix tokenInputGradient;
    private final Matrix entityGradient;
    private final Matrix pooledGradient;
    private final float[] pairData;
    private final float[] messageData;
    private final float[] tokenData;
    private final float[] entityData;
    private final float[] weights;
    private final float[] pooledData;
    private final float[] entityScratch;
    private final float[] scoreGradient;
    private final int[] messageFrom;
    private final int[] entityFrom;
    private final int pooledWidth;

    EntityNetwork(
            LinearAlgebra algebra, CanonicalView view, int hidden, int outputs, int capacity) {
        this(algebra, view, 0, hidden, outputs, capacity);
    }

    /// @param ids numbers about the observer behind the view: they count among its own fields
    EntityNetwork(
            LinearAlgebra algebra,
            CanonicalView view,
            int ids,
            int hidden,
            int outputs,
            int capacity) {
        this.ids = ids;
        this.view = view;
        this.outputs = outputs;
        this.capacity = capacity;
        parts = view.parts();
        own = view.ownSize();
        types = parts.size();
        extras = parts.stream().mapToInt(p -> p.width() - 2).max().orElse(0);
        tokens = parts.stream().mapToInt(CanonicalView.Part::count).sum();
        if (tokens == 0 || parts.stream().anyMatch(p -> p.position() != 0)) {
            throw new IllegalArgumentException(
                    "an entity network needs entities whose first field is their relative position");
        }
        int token = 3 + extras + types + own + ids;
        tokenWidth = token + MESSAGE;
        pairWidth = 5 + 2 * types;
        pooledWidth = 2 * WIDTH + own + ids;
        int tokenColumns = capacity * tokens;
        int pairColumns = tokenColumns * (tokens - 1);
        psi =
                new Dense(
                        algebra,
                        parameters,
                        "message",
                        pairWidth,
                        MESSAGE,
                        Activation.RELU,
                        Math.max(1, pairColumns));
        phi1 =
                new Dense(
                        algebra,
                        parameters,
                        "entity1",
                        tokenWidth,
                        WIDTH,
                        Activation.RELU,
                        tokenColumns);
        phi2 =
                new Dense(
                        algebra,
                        parameters,
                        "entity2",
                        WIDTH,
                        WIDTH,
                        Activation.RELU,
                        tokenColumns);
        attention =
                new Dense(
                        algebra,
                        parameters,
                        "attention",
                        WIDTH,
                        1,
                        Activation.IDENTITY,
                        tokenColumns);
        read =
                new Dense(
                        algebra,
                        parameters,
                        "read",
                        pooledWidth,
                        hidden,
                        Activation.RELU,
                        capacity);
        out = new Dense(algebra, parameters, "out", hidden, outputs, Activation.IDENTITY, capacity);
        parameters.build(algebra);
        for (Dense layer : List.of(psi, phi1, phi2, attention, read, out)) {
            layer.build();
        }
        pairs = algebra.matrix(pairWidth, Math.max(1, pairColumns));
        tokenInput = algebra.matrix(tokenWidth, tokenColumns);
        tokenInputGradient = algebra.matrix(tokenWidth, tokenColumns);
        entityGradient = algebra.matrix(WIDTH, tokenColumns);
        pooled = algebra.matrix(pooledWidth, capacity);
        pooledGradient = algebra.matrix(pooledWidth, capacity);
        pairData = new float[pairWidth * pairColumns];
        messageData = new float[MESSAGE * pairColumns];
        tokenData = new float[tokenWidth * tokenColumns];
        entityData = new float[WIDTH * tokenColumns];
        entityScratch = new float[WIDTH * tokenColumns];
        weights = new float[tokenColumns];
        scoreGradient = new float[tokenColumns];
        pooledData = new float[pooledWidth * capacity];
        messageFrom = new int[MESSAGE * tokenColumns];
        entityFrom = new int[WIDTH * capacity];
    }

    void initialise(double outputGain, RandomGenerator random) {
        for (Dense layer : List.of(psi, phi1, phi2, read)) {
            layer.initialise(Math.sqrt(2), random);
        }
        attention.initialise(1, random);
        out.initialise(outputGain, random);
        parameters.valuesChanged();
    }

    @Override
    public int inputs() {
        return view.size() + ids;
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
        int tokenColumns = count * tokens;
        for (int row = 0; row < count; row++) {
            writeTokens(rows, at + row * inputs(), row);
        }
        if (tokens > 1) {
            for (int row = 0; row < count; row++) {
                writePairs(row);
            }
            int pairColumns = tokenColumns * (tokens - 1);
            pairs.use(pairColumns).put(0, pairData, 0, pairWidth * pairColumns);
            psi.forward(pairs).get(0, messageData, 0, MESSAGE * pairColumns);
            for (int column = 0; column < tokenColumns; column++) {
                poolMessages(column);
            }
        }
        tokenInput.use(tokenColumns).put(0, tokenData, 0, tokenWidth * tokenColumns);
        Matrix entities = phi2.forward(phi1.forward(tokenInput));
        entities.get(0, entityData, 0, WIDTH * tokenColumns);
        attention.forward(entities).get(0, weights, 0, tokenColumns);
        for (int row = 0; row < count; row++) {
            poolEntities(row, rows, at + row * inputs());
        }
        pooled.use(count).put(0, pooledData, 0, pooledWidth * count);
        out.forward(read.forward(pooled)).get(0, output, 0, outputs * count);
    }

    private void writeTokens(float[] rows, int at, int row) {
        int column = row * tokens;
        for (int type = 0; type < types; type++) {
            CanonicalView.Part part = parts.get(type);
            for (int e = 0; e < part.count(); e++, column++) {
                int from = at + part.at() + e * part.width();
                int to = column * tokenWidth;
                float x = rows[from];
                float y = rows[from + 1];
                tokenData[to] = x;
                tokenData[to + 1] = y;
                tokenData[to + 2] = (float) Math.sqrt(x * x + y * y);
                to += 3;
                for (int k = 0; k < extras; k++) {
                    tokenData[to++] = k + 2 < part.width() ? rows[from + 2 + k] : 0;
                }
                for (int k = 0; k < types; k++) {
                    tokenData[to++] = k == type ? 1 : 0;
                }
                writeOwn(rows, at, tokenData, to);
            }
        }
    }

    private void writeOwn(float[] rows, int at, float[] into, int to) {
        System.arraycopy(rows, at, into, to, own);
        System.arraycopy(rows, at + view.size(), into, to + own, ids);
    }

    private void writePairs(int row) {
        int typeAt = 3 + extras;
        int to = row * tokens * (tokens - 1) * pairWidth;
        for (int i = 0; i < tokens; i++) {
            int ti = (row * tokens + i) * tokenWidth;
            for (int j = 0; j < tokens; j++) {
                if (j == i) {
                    continue;
                }
                int tj = (row * tokens + j) * tokenWidth;
                float dx = tokenData[ti] - tokenData[tj];
                float dy = tokenData[ti + 1] - tokenData[tj + 1];
                pairData[to] = dx;
                pairData[to + 1] = dy;
                pairData[to + 2] = (float) Math.sqrt(dx * dx + dy * dy);
                pairData[to + 3] = tokenData[ti + 2];
                pairData[to + 4] = tokenData[tj + 2];
                System.arraycopy(tokenData, ti + typeAt, pairData, to + 5, types);
                System.arraycopy(tokenData, tj + typeAt, pairData, to + 5 + types, types);
                to += pairWidth;
            }
        }
    }

    private void poolMessages(int column) {
        int first = column * (tokens - 1);
        int to = column * tokenWidth + tokenWidth - MESSAGE;
        for (int k = 0; k < MESSAGE; k++) {
            int best = first;
            for (int pair = first + 1; pair < first + tokens - 1; pair++) {
                if (messageData[pair * MESSAGE + k] > messageData[best * MESSAGE + k]) {
                    best = pair;
                }
            }
            tokenData[to + k] = messageData[best * MESSAGE + k];
            messageFrom[column * MESSAGE + k] = best;
        }
    }

    private void poolEntities(int row, float[] rows, int at) {
        int first = row * tokens;
        softmax(first);
        int to = row * pooledWidth;
        for (int k = 0; k < WIDTH; k++) {
            float sum = 0;
            int best = first;
            for (int i = first; i < first + tokens; i++) {
                float e = entityData[i * WIDTH + k];
                sum += weights[i] * e;
                if (e > entityData[best * WIDTH + k]) {
                    best = i;
                }
            }
            pooledData[to + k] = sum;
            pooledData[to + WIDTH + k] = entityData[best * WIDTH + k];
            entityFrom[row * WIDTH + k] = best;
        }
        writeOwn(rows, at, pooledData, to + 2 * WIDTH);
    }

    private void softmax(int first) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = first; i < first + tokens; i++) {
            max = Math.max(max, weights[i]);
        }
        float sum = 0;
        for (int i = first; i < first + tokens; i++) {
            weights[i] = (float) Math.exp(weights[i] - max);
            sum += weights[i];
        }
        for (int i = first; i < first + tokens; i++) {
            weights[i] /= sum;
        }
    }

    @Override
    public void backward(float[] outputGradient, int count) {
        int tokenColumns = count * tokens;
        out.outputGradient().put(0, outputGradient, 0, outputs * count);
        out.backward(read.outputGradient());
        read.backward(pooledGradient.use(count));
        pooledGradient.get(0, pooledData, 0, pooledWidth * count);
        // scores first: the attention layer's input gradient is added to the pools' below
        for (int row = 0; row < count; row++) {
            scoreGradients(row, scoreGradient);
        }
        attention.outputGradient().put(0, scoreGradient, 0, tokenColumns);
        attention.backward(entityGradient.use(tokenColumns));
        entityGradient.get(0, entityScratch, 0, WIDTH * tokenColumns);
        for (int row = 0; row < count; row++) {
            unpoolEntities(row);
        }
        phi2.outputGradient().put(0, entityScratch, 0, WIDTH * tokenColumns);
        phi2.backward(phi1.outputGradient());
        phi1.backward(tokenInputGradient.use(tokenColumns));
        if (tokens > 1) { // a single entity gets no message, so ψ has no gradient
            unpoolMessages(tokenColumns);
            psi.backward(null);
        }
    }

    /// d/ds_i of softmax pooling: a_i (g·e_i − Σ_j a_j g·e_j), g the gradient of the pool.
    private void scoreGradients(int row, float[] into) {
        int first = row * tokens;
        float mean = 0;
        for (int i = first; i < first + tokens; i++) {
            float dot = 0;
            for (int k = 0; k < WIDTH; k++) {
                dot += pooledData[row * pooledWidth + k] * entityData[i * WIDTH + k];
            }
            into[i] = dot;
            mean += weights[i] * dot;
        }
        for (int i = first; i < first + tokens; i++) {
            into[i] = weights[i] * (into[i] - mean);
        }
    }

    private void unpoolEntities(int row) {
        int first = row * tokens;
        int from = row * pooledWidth;
        for (int i = first; i < first + tokens; i++) {
            for (int k = 0; k < WIDTH; k++) {
                entityScratch[i * WIDTH + k] += weights[i] * pooledData[from + k];
            }
        }
        for (int k = 0; k < WIDTH; k++) {
            entityScratch[entityFrom[row * WIDTH + k] * WIDTH + k] += pooledData[from + WIDTH + k];
        }
    }

    private void unpoolMessages(int tokenColumns) {
        int pairColumns = tokenColumns * (tokens - 1);
        tokenInputGradient.get(0, tokenData, 0, tokenWidth * tokenColumns);
        java.util.Arrays.fill(messageData, 0, MESSAGE * pairColumns, 0);
        for (int column = 0; column < tokenColumns; column++) {
            int from = column * tokenWidth + tokenWidth - MESSAGE;
            for (int k = 0; k < MESSAGE; k++) {
                messageData[messageFrom[column * MESSAGE + k] * MESSAGE + k] = tokenData[from + k];
            }
        }
        psi.outputGradient().put(0, messageData, 0, MESSAGE * pairColumns);
    }
}
