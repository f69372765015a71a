package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.seed.RandomStream;
import marlab.sim.space.CanonicalView;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;
import marlab.sim.space.SymmetryLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntityNetworkTest {

    private static final LinearAlgebra PLAIN = new PlainAlgebra();

    private static CanonicalView view(int agents, boolean central) {
        WorldProvider world = Worlds.named("simple_spread");
        Map<String, String> options = Map.of("agents", Integer.toString(agents));
        AgentGroup group =
                world.create(EnvOptions.of(world.options(), options)).spec().groups().getFirst();
        return new CanonicalView(
                central ? group.central() : group.observation(),
                group.action(),
                SymmetryLevel.NONE);
    }

    private static float[] row(CanonicalView view, long seed) {
        RandomStream random = new RandomStream(seed);
        float[] row = new float[view.size()];
        for (int k = 0; k < row.length; k++) {
            row[k] = (float) random.nextGaussian();
        }
        return row;
    }

    private static EntityNetwork network(LinearAlgebra algebra, CanonicalView view) {
        EntityNetwork network = new EntityNetwork(algebra, view, 16, 3, 4);
        network.initialise(1, new RandomStream(2));
        return network;
    }

    private static float[] output(EntityNetwork network, float[] row) {
        float[] output = new float[3];
        network.forward(row, 0, 1, output);
        return output;
    }

    /// W·x + b of a layer, in double precision, cut at 0 where asked.
    private static double[] layer(EntityNetwork network, String name, double[] x, boolean relu) {
        float[] values = network.parameters().values();
        Parameters.Block weight = network.parameters().blocks().get(name + ".weight");
        Parameters.Block bias = network.parameters().blocks().get(name + ".bias");
        assertEquals(weight.columns(), x.length, name);
        double[] y = new double[weight.rows()];
        for (int o = 0; o < y.length; o++) {
            y[o] = values[bias.at() + o];
            for (int k = 0; k < x.length; k++) {
                y[o] += values[weight.at() + k * y.length + o] * x[k];
            }
            y[o] = relu ? Math.max(0, y[o]) : y[o];
        }
        return y;
    }

    private static double[] join(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    private static void max(double[] into, double[] x) {
        Arrays.setAll(into, k -> Math.max(into[k], x[k]));
    }

    /// One thing as the row has it: place, distance, further fields (zeros where its kind has
    /// none), kind.
    private record Thing(double x, double y, double distance, double[] fields, double[] kind) {}

    private static List<Thing> things(CanonicalView view, float[] row) {
        List<CanonicalView.Part> parts = view.parts();
        int fields = parts.stream().mapToInt(p -> p.width() - 2).max().orElseThrow();
        List<Thing> things = new ArrayList<>();
        for (int kind = 0; kind < parts.size(); kind++) {
            CanonicalView.Part part = parts.get(kind);
            for (int e = 0; e < part.count(); e++) {
                int at = part.at() + e * part.width();
                double[] further = new double[fields];
                for (int k = 2; k < part.width(); k++) {
                    further[k - 2] = row[at + k];
                }
                double[] hot = new double[parts.size()];
                hot[kind] = 1;
                double distance = Math.hypot(row[at], row[at + 1]);
                things.add(new Thing(row[at], row[at + 1], distance, further, hot));
            }
        }
        return things;
    }

    /// The formula of {@link EntityNetwork}'s documentation.
    private static double[] byTheFormula(EntityNetwork network, CanonicalView view, float[] row) {
        double[] own = new double[view.ownSize()];
        Arrays.setAll(own, k -> row[k]);
        List<Thing> things = things(view, row);
        List<double[]> entities = new ArrayList<>();
        for (Thing i : things) {
            double[] message = new double[32];
            Arrays.fill(message, things.size() > 1 ? Double.NEGATIVE_INFINITY : 0);
            for (Thing j : things) {
                if (j != i) {
                    double dx = i.x - j.x;
                    double dy = i.y - j.y;
                    double[] where = {dx, dy, Math.hypot(dx, dy), i.distance, j.distance};
                    max(message, layer(network, "message", join(where, i.kind, j.kind), true));
                }
            }
            double[] place = {i.x, i.y, i.distance};
            double[] token = join(place, i.fields, i.kind, own, message);
            entities.add(layer(network, "entity2", layer(network, "entity1", token, true), true));
        }
        double[] attended = new double[64];
        double[] largest = new double[64]; // no entity's number is below 0
        double total = 0;
        for (double[] e : entities) {
            double weight = Math.exp(layer(network, "attention", e, false)[0]);
            total += weight;
            Arrays.setAll(attended, k -> attended[k] + weight * e[k]);
            max(largest, e);
        }
        double sum = total;
        Arrays.setAll(attended, k -> attended[k] / sum);
        return layer(
                network, "out", layer(network, "read", join(attended, largest, own), true), false);
    }

    @ParameterizedTest
    @MethodSource("marlab.learning.net.Algebras#all")
    void outputIsThatOfTheFormula(LinearAlgebra algebra) {
        for (int agents : new int[] {1, 2, 4}) {
            for (boolean central : new boolean[] {false, true}) {
                CanonicalView view = view(agents, central);
                EntityNetwork network = network(algebra, view);
                float[] row = row(view, agents);
                double[] expected = byTheFormula(network, view, row);
                float[] actual = output(network, row);
                for (int o = 0; o < 3; o++) {
                    assertEquals(expected[o], actual[o], 1e-4, agents + " agents, output " + o);
                }
            }
        }
    }

    private static void swap(float[] row, CanonicalView.Part part, int e, int f) {
        for (int k = 0; k < part.width(); k++) {
            int a = part.at() + e * part.width() + k;
            int b = part.at() + f * part.width() + k;
            float kept = row[a];
            row[a] = row[b];
            row[b] = kept;
        }
    }

    @ParameterizedTest
    @MethodSource("marlab.learning.net.Algebras#all")
    void outputDoesNotDependOnTheOrderOfEntities(LinearAlgebra algebra) {
        CanonicalView view = view(4, true);
        EntityNetwork network = network(algebra, view);
        float[] row = row(view, 1);
        float[] before = output(network, row);
        swap(row, view.parts().get(0), 0, 3);
        swap(row, view.parts().get(0), 1, 2);
        swap(row, view.parts().get(1), 0, 2);
        assertArrayEquals(before, output(network, row), 1e-5f);
    }

    @Test
    void outputDependsOnEveryNumberThatItSees() {
        CanonicalView view = view(3, true);
        EntityNetwork network = network(PLAIN, view);
        float[] row = row(view, 1);
        float[] before = output(network, row);
        for (int k = 0; k < row.length; k++) {
            float[] changed = row.clone();
            changed[k] += 0.5f;
            float[] after = output(network, changed);
            double difference = 0;
            for (int o = 0; o < 3; o++) {
                difference += Math.abs(after[o] - before[o]);
            }
            assertTrue(difference > 1e-4, "number " + k + " of the view");
        }
    }

    @Test
    void thingsOfDifferentKindsAreToldApart() {
        CanonicalView view = view(3, false);
        EntityNetwork network = network(PLAIN, view);
        float[] row = row(view, 1);
        float[] before = output(network, row);
        int landmark = view.parts().get(0).at();
        int other = view.parts().get(1).at();
        for (int k = 0; k < 2; k++) {
            float kept = row[landmark + k];
            row[landmark + k] = row[other + k];
            row[other + k] = kept;
        }
        float[] after = output(network, row);
        assertTrue(Math.abs(after[0] - before[0]) > 1e-3);
    }

    @Test
    void weightsLearnedAmongThreeWorkAmongOneFiveAndTen() {
        EntityNetwork three = network(PLAIN, view(3, true));
        for (int agents : new int[] {1, 5, 10}) {
            CanonicalView view = view(agents, true);
            EntityNetwork other = new EntityNetwork(PLAIN, view, 16, 3, 1);
            assertEquals(three.parameters().size(), other.parameters().size());
            System.arraycopy(
                    three.parameters().values(),
                    0,
                    other.parameters().values(),
                    0,
                    three.parameters().size());
            other.parameters().valuesChanged();
            float[] row = row(view, 1);
            float[] before = output(other, row);
            row[view.parts().getFirst().at()] += 1;
            assertTrue(Math.abs(output(other, row)[0] - before[0]) > 1e-4, agents + " agents");
        }
    }

    @Test
    void rowsOfABatchDoNotDependOnEachOther() {
        CanonicalView view = view(3, false);
        EntityNetwork network = network(PLAIN, view);
        float[] batch = new float[4 * view.size()];
        for (int r = 0; r < 4; r++) {
            System.arraycopy(row(view, r), 0, batch, r * view.size(), view.size());
        }
        float[] together = new float[12];
        network.forward(batch, 0, 4, together);
        for (int r = 0; r < 4; r++) {
            float[] alone = output(network, row(view, r));
            for (int o = 0; o < 3; o++) {
                assertEquals(alone[o], together[3 * r + o], 1e-6f);
            }
        }
    }

    @Test
    void aWorldWithoutThingsIsRefused() {
        ObservationSpace bare =
                new ObservationSpace(
                        List.of(Field.own("speed", FieldKind.SCALAR, "", 0, 1, 1, 0)),
                        List.of(),
                        1);
        WorldProvider world = Worlds.named("simple_spread");
        AgentGroup group = world.create(world.defaults()).spec().groups().getFirst();
        CanonicalView view = new CanonicalView(bare, group.action(), SymmetryLevel.NONE);
        assertThrows(
                IllegalArgumentException.class, () -> new EntityNetwork(PLAIN, view, 16, 3, 1));
    }
}
