package marlab.sim.space;

import static marlab.sim.ForAll.forAll;
import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SquareSymmetryTest {

    private static final ActionSpace PUSHES =
            WORLD.create(options()).spec().groups().getFirst().action();

    private static List<Float> image(int g, float x, float y) {
        return List.of(SquareSymmetry.imageX(g, x, y), SquareSymmetry.imageY(g, x, y));
    }

    /// The element that does first g, then h; found by what it does to one point in general
    /// position.
    private static int then(int g, int h) {
        List<Float> once = image(g, 3, 5);
        List<Float> twice = image(h, once.get(0), once.get(1));
        for (int k = 0; k < SquareSymmetry.ORDER; k++) {
            if (image(k, 3, 5).equals(twice)) {
                return k;
            }
        }
        throw new AssertionError(g + " then " + h + " is no element");
    }

    @Test
    void theEightElementsDiffer() {
        Set<List<Float>> images = new HashSet<>();
        for (int g = 0; g < SquareSymmetry.ORDER; g++) {
            images.add(image(g, 3, 5));
        }
        assertEquals(8, images.size());
    }

    @Test
    void theyAreClosedUnderCompositionEverywhere() {
        forAll(
                50,
                random -> {
                    float x = (float) random.nextDouble(-2, 2);
                    float y = (float) random.nextDouble(-2, 2);
                    for (int g = 0; g < 8; g++) {
                        for (int h = 0; h < 8; h++) {
                            List<Float> once = image(g, x, y);
                            List<Float> twice = image(h, once.get(0), once.get(1));
                            assertEquals(image(then(g, h), x, y), twice);
                        }
                    }
                });
    }

    @Test
    void zeroIsTheIdentityAndEveryElementHasAnInverse() {
        for (int g = 0; g < 8; g++) {
            assertEquals(g, then(g, 0));
            assertEquals(g, then(0, g));
            Set<Integer> products = new HashSet<>();
            for (int h = 0; h < 8; h++) {
                products.add(then(g, h));
            }
            assertEquals(8, products.size(), "multiplying by " + g + " is a bijection");
        }
    }

    @Test
    void actionsTurnLikeTheWorld() {
        for (int g = 0; g < 8; g++) {
            int[] first = SquareSymmetry.onActions(g, PUSHES);
            for (int h = 0; h < 8; h++) {
                int[] second = SquareSymmetry.onActions(h, PUSHES);
                int[] both = SquareSymmetry.onActions(then(g, h), PUSHES);
                for (int a = 0; a < 5; a++) {
                    assertEquals(both[a], second[first[a]]);
                }
            }
        }
        assertArrayEquals(new int[] {0, 2, 1, 3, 4}, SquareSymmetry.onActions(1, PUSHES));
        assertArrayEquals(new int[] {0, 3, 4, 1, 2}, SquareSymmetry.onActions(4, PUSHES));
    }

    @Test
    void anActionSpaceWithoutTheMirroredPushHasNoSuchSymmetry() {
        ActionSpace oneWay =
                new ActionSpace.Discrete(
                        List.of(
                                new ActionSpace.Push("stay", 0, 0),
                                new ActionSpace.Push("right", 1, 0)));
        assertNull(SquareSymmetry.onActions(1, oneWay));
        assertArrayEquals(new int[] {0, 1}, SquareSymmetry.onActions(2, oneWay));
    }

    @Test
    void wordsSaidWhilePushingStayTheSameWhenTheWorldIsTurned() {
        ActionSpace speaking =
                new ActionSpace.Discrete(
                        List.of(
                                new ActionSpace.Push("left, A", -1, 0),
                                new ActionSpace.Push("right, A", 1, 0),
                                new ActionSpace.Push("left, B", -1, 0),
                                new ActionSpace.Push("right, B", 1, 0)));
        assertArrayEquals(new int[] {1, 0, 3, 2}, SquareSymmetry.onActions(1, speaking));
    }

    @Test
    void anyPointIsBroughtIntoTheFirstOctantByTheSmallestElementThatCan() {
        float[] some = {-1.5f, -1, 0, 1, 1.5f};
        for (float x : some) {
            for (float y : some) {
                int g = SquareSymmetry.intoFirstOctant(x, y);
                assertTrue(inOctant(g, x, y), "(" + x + ", " + y + ") by " + g);
                for (int smaller = 0; smaller < g; smaller++) {
                    boolean too = inOctant(smaller, x, y);
                    assertEquals(false, too, "(" + x + ", " + y + ") by " + smaller);
                }
            }
        }
    }

    private static boolean inOctant(int g, float x, float y) {
        float imageX = SquareSymmetry.imageX(g, x, y);
        float imageY = SquareSymmetry.imageY(g, x, y);
        return 0 <= imageY && imageY <= imageX;
    }
}
