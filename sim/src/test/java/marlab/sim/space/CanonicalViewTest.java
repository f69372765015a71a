package marlab.sim.space;

import static marlab.sim.ForAll.forAll;
import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.ParallelEnv;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;

/// On Simple Spread's spaces, own and central, with discrete and continuous actions.
class CanonicalViewTest {

    private static AgentGroup group(int n, String actions) {
        return WORLD.create(options("agents", n, "actions", actions)).spec().groups().getFirst();
    }

    /// A random moment of an episode.
    private static Frame moment(ParallelEnv env, RandomStream random) {
        env.reset(random.nextLong());
        Frame frame = new Frame(env.spec());
        env.snapshot(frame);
        for (int k = 0; k < frame.state.length; k++) {
            frame.state[k] = random.nextDouble(-1, 1);
        }
        return frame;
    }

    private static Frame turned(int g, Frame frame, ParallelEnv env) {
        Frame image = new Frame(env.spec());
        image.copyFrom(frame);
        for (int k = 0; k < frame.state.length; k += 2) { // positions and velocities alike
            double x = (g & 1) == 0 ? frame.state[k] : -frame.state[k];
            double y = (g & 2) == 0 ? frame.state[k + 1] : -frame.state[k + 1];
            image.state[k] = (g & 4) == 0 ? x : y;
            image.state[k + 1] = (g & 4) == 0 ? y : x;
        }
        return image;
    }

    private static float[] seen(ParallelEnv env, Frame frame, int agent, boolean central) {
        env.restore(frame);
        double[] row = new double[env.spec().groupOf(agent).observation().size()];
        if (central) {
            env.observeCentral(agent, row, 0);
        } else {
            env.observe(agent, row, 0);
        }
        float[] narrow = new float[row.length];
        for (int k = 0; k < row.length; k++) {
            narrow[k] = (float) row[k];
        }
        return narrow;
    }

    private static float[] view(CanonicalView view, float[] flat) {
        float[] into = new float[view.size()];
        view.view(flat, 0, into, 0);
        for (int k = 0; k < into.length; k++) {
            into[k] += 0f; // −0 is 0
        }
        return into;
    }

    /// π(g·o) = g·π(o): turned worlds look alike, and what a policy over canonical actions chooses
    /// turns with the world.
    @Test
    void turningTheWorldTurnsTheActionAndNothingElse() {
        for (String kind : List.of("discrete", "continuous")) {
            forAll(
                    100,
                    random -> {
                        int n = random.nextInt(1, 7);
                        ParallelEnv env = WORLD.create(options("agents", n, "actions", kind));
                        AgentGroup group = env.spec().groups().getFirst();
                        boolean central = random.nextBoolean();
                        ObservationSpace space = central ? group.central() : group.observation();
                        CanonicalView view =
                                new CanonicalView(space, group.action(), SymmetryLevel.FULL);
                        int agent = random.nextInt(n);
                        Frame frame = moment(env, random);
                        float[] here = seen(env, frame, agent, central);
                        int frameHere = view.view(here, 0, new float[view.size()], 0);
                        float[] canonical = view(view, here);
                        for (int g = 0; g < SquareSymmetry.ORDER; g++) {
                            float[] there = seen(env, turned(g, frame, env), agent, central);
                            int frameThere = view.view(there, 0, new float[view.size()], 0);
                            assertArrayEquals(canonical, view(view, there), "element " + g);
                            int[] turn = SquareSymmetry.onActions(g, group.action());
                            for (int a = 0; a < group.action().size(); a++) {
                                assertEquals(
                                        turn[view.toWorld(frameHere, a)],
                                        view.toWorld(frameThere, a));
                            }
                        }
                    });
        }
    }

    @Test
    void actionMapsAreInverseToEachOther() {
        for (String kind : List.of("discrete", "continuous")) {
            AgentGroup group = group(3, kind);
            CanonicalView view =
                    new CanonicalView(group.observation(), group.action(), SymmetryLevel.FULL);
            for (int g = 0; g < SquareSymmetry.ORDER; g++) {
                for (int a = 0; a < 5; a++) {
                    assertEquals(a, view.toCanonical(g, view.toWorld(g, a)));
                    assertEquals(a, view.toWorld(g, view.toCanonical(g, a)));
                }
            }
        }
    }

    @Test
    void renumberingLandmarksAndOthersChangesNothing() {
        forAll(
                200,
                random -> {
                    int n = random.nextInt(2, 8);
                    ParallelEnv env = WORLD.create(options("agents", n));
                    AgentGroup group = env.spec().groups().getFirst();
                    Frame frame = moment(env, random);
                    Frame swapped = new Frame(env.spec());
                    swapped.copyFrom(frame);
                    int last = 4 * n + 2 * (n - 1);
                    swap(swapped.state, 4 * n, last, 2); // first and last landmark
                    swap(swapped.state, 4, 4 * (n - 1), 4); // agents B and the last
                    for (SymmetryLevel level :
                            List.of(SymmetryLevel.PERMUTATION, SymmetryLevel.FULL)) {
                        CanonicalView own =
                                new CanonicalView(group.observation(), group.action(), level);
                        CanonicalView all =
                                new CanonicalView(group.central(), group.action(), level);
                        assertArrayEquals(
                                view(own, seen(env, frame, 0, false)),
                                view(own, seen(env, swapped, 0, false)));
                        assertArrayEquals(
                                view(all, seen(env, frame, 0, true)),
                                view(all, seen(env, swapped, 0, true)));
                    }
                });
    }

    private static void swap(double[] state, int a, int b, int width) {
        for (int k = 0; k < width; k++) {
            double kept = state[a + k];
            state[a + k] = state[b + k];
            state[b + k] = kept;
        }
    }

    @Test
    void withoutSymmetryTheFlatVectorComesThroughButForZeros() {
        forAll(
                50,
                random -> {
                    ParallelEnv env = WORLD.create(options());
                    AgentGroup group = env.spec().groups().getFirst();
                    CanonicalView view =
                            new CanonicalView(
                                    group.observation(), group.action(), SymmetryLevel.NONE);
                    float[] flat = seen(env, moment(env, random), 0, false);
                    assertEquals(14, view.size());
                    assertArrayEquals(Arrays.copyOf(flat, 14), view(view, flat));
                });
    }

    @Test
    void onlyTheNearestAreKeptNearestFirst() {
        forAll(
                200,
                random -> {
                    int n = 6;
                    ParallelEnv env = WORLD.create(options("agents", n));
                    AgentGroup group = env.spec().groups().getFirst();
                    int[] keep = {2, 1};
                    CanonicalView view =
                            new CanonicalView(
                                    group.observation(),
                                    group.action(),
                                    SymmetryLevel.PERMUTATION,
                                    keep);
                    float[] flat = seen(env, moment(env, random), 2, false);
                    float[] seen = view(view, flat);
                    assertEquals(4 + 2 * 2 + 2, seen.length);
                    double[] landmarks = distances(flat, 4, n);
                    double[] others = distances(flat, 4 + 2 * n, n - 1);
                    assertEquals(landmarks[0], Math.hypot(seen[4], seen[5]), 1e-6);
                    assertEquals(landmarks[1], Math.hypot(seen[6], seen[7]), 1e-6);
                    assertEquals(others[0], Math.hypot(seen[8], seen[9]), 1e-6);
                });
    }

    private static double[] distances(float[] flat, int at, int count) {
        double[] distances = new double[count];
        for (int e = 0; e < count; e++) {
            distances[e] = Math.hypot(flat[at + 2 * e], flat[at + 2 * e + 1]);
        }
        Arrays.sort(distances);
        return distances;
    }

    @Test
    void partsSayWhereTheSetsStand() {
        AgentGroup group = group(3, "discrete");
        CanonicalView view = new CanonicalView(group.central(), group.action(), SymmetryLevel.FULL);
        assertEquals(4, view.ownSize());
        assertEquals(
                List.of(new CanonicalView.Part(4, 3, 2, 0), new CanonicalView.Part(10, 2, 4, 0)),
                view.parts());
        assertEquals(18, view.size());
    }

    @Test
    void keepingMoreThanThereAreIsRefused() {
        AgentGroup group = group(3, "discrete");
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new CanonicalView(
                                        group.observation(),
                                        group.action(),
                                        SymmetryLevel.FULL,
                                        new int[] {4, 2}));
        assertEquals("the network was made for 4 landmarks, here are only 3", e.getMessage());
    }

    @Test
    void picturesDoNotTurnSoNothingElseDoes() {
        ObservationSpace seen = group(3, "discrete").observation();
        ActionSpace pushes = group(3, "discrete").action();
        assertEquals(SymmetryLevel.FULL, CanonicalView.highestLevel(seen, pushes));
        List<Field> own = new ArrayList<>(seen.own());
        own.add(Field.grid("sight", List.of("walls"), 3, 3, 1, seen.size()));
        ObservationSpace withPicture = new ObservationSpace(own, seen.sets(), seen.size() + 9);
        assertEquals(SymmetryLevel.PERMUTATION, CanonicalView.highestLevel(withPicture, pushes));
    }

    @Test
    void spacesWithoutDistancesHaveNoSymmetryToUse() {
        ObservationSpace blind =
                new ObservationSpace(
                        List.of(Field.own("a", FieldKind.SCALAR, "", 0, 1, 1, 0)), List.of(), 1);
        ActionSpace pushes = group(3, "discrete").action();
        assertEquals(SymmetryLevel.NONE, CanonicalView.highestLevel(blind, pushes));
        assertThrows(
                IllegalArgumentException.class,
                () -> new CanonicalView(blind, pushes, SymmetryLevel.PERMUTATION));
    }

    /// Who is told "go to the second one" must find it in the second place, near or far.
    @Test
    void whatHasANameKeepsItsPlace() {
        Field where = new Field("position", FieldKind.RELATIVE_POSITION, "m", -2, 2, 2, 0, 2);
        EntitySet landmarks = new EntitySet("landmarks", 3, List.of(where));
        float[] flat = {3, 1, 0.5f, 0.25f, 2, -1};
        float[] sorted = {0.5f, 0.25f, 2, -1, 3, 1};
        ActionSpace moves = group(3, "discrete").action();
        for (SymmetryLevel level : List.of(SymmetryLevel.PERMUTATION, SymmetryLevel.FULL)) {
            for (EntitySet set : List.of(landmarks, landmarks.withNames())) {
                ObservationSpace space = new ObservationSpace(List.of(), List.of(set), 6);
                float[] expected = set.named() ? flat : sorted;
                assertArrayEquals(expected, view(new CanonicalView(space, moves, level), flat));
            }
        }
    }

    @Test
    void anotherObserversFrameTurnsWhatIsSeenAndKeepsTheOrder() {
        ParallelEnv env = WORLD.create(options("agents", 3));
        AgentGroup group = env.spec().groups().getFirst();
        CanonicalView full =
                new CanonicalView(group.observation(), group.action(), SymmetryLevel.FULL);
        CanonicalView sorted =
                new CanonicalView(group.observation(), group.action(), SymmetryLevel.PERMUTATION);
        RandomStream random = new RandomStream(31);
        for (int k = 0; k < 40; k++) {
            float[] flat = seen(env, moment(env, random), 1, false);
            float[] own = new float[full.size()];
            float[] again = new float[full.size()];
            int g = full.view(flat, 0, own, 0);
            full.viewIn(g, flat, 0, again, 0);
            assertArrayEquals(own, again);
            float[] plain = new float[sorted.size()];
            sorted.view(flat, 0, plain, 0);
            int h = k % SquareSymmetry.ORDER;
            full.viewIn(h, flat, 0, again, 0);
            for (int i = 0; i < plain.length; i += 2) { // all of it are vectors
                assertEquals(SquareSymmetry.imageX(h, plain[i], plain[i + 1]), again[i]);
                assertEquals(SquareSymmetry.imageY(h, plain[i], plain[i + 1]), again[i + 1]);
            }
        }
    }
}
