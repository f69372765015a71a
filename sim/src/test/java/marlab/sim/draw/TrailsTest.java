package marlab.sim.draw;

import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;

class TrailsTest {

    private final Portrayal portrayal = WORLD.portrayal(options("agents", 1));
    private final Frame frame = new Frame(WORLD.create(options("agents", 1)).spec());
    private final Trails trails = new Trails(1);

    private void note(int episode, int step) {
        frame.episode = episode;
        frame.step = step;
        frame.state[0] = step;
        trails.note(frame, portrayal);
    }

    /// Points of the trail as drawn; 0 where none is drawn.
    private int points() {
        int[] count = {0};
        Brush brush =
                (Brush)
                        Proxy.newProxyInstance(
                                Brush.class.getClassLoader(),
                                new Class<?>[] {Brush.class},
                                (self, method, arguments) -> {
                                    if (method.getName().equals("taper")) {
                                        count[0] = (Integer) arguments[2];
                                    }
                                    return null;
                                });
        trails.draw(0, brush);
        return count[0];
    }

    @Test
    void aTrailGrowsWithTheStepsAndEndsAtItsLength() {
        note(0, 0);
        assertEquals(0, points(), "one point is no line");
        for (int step = 1; step < 100; step++) {
            note(0, step);
            assertEquals(Math.min(step + 1, Trails.LENGTH), points());
        }
    }

    @Test
    void aTrailStartsAnewWithTheEpisode() {
        note(0, 0);
        note(0, 1);
        note(1, 0);
        assertEquals(0, points());
        note(1, 1);
        assertEquals(2, points());
    }

    @Test
    void theSameStepIsNotedOnce() {
        note(0, 0);
        note(0, 1);
        note(0, 1);
        assertEquals(2, points());
    }
}
