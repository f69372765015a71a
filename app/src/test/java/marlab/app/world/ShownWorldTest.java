package marlab.app.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Worlds;
import marlab.sim.replay.Recording;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameExchange;
import org.junit.jupiter.api.Test;

class ShownWorldTest {

    private static final long STEP = 100;

    private final EnvSpec spec = spec();
    private final FrameExchange frames = new FrameExchange(spec);
    private final ShownWorld shown =
            new ShownWorld(spec, frames, new Dots(), spec.agentCount(), new Recording(spec));

    private static EnvSpec spec() {
        var world = Worlds.named("simple_spread");
        return world.create(world.defaults()).spec();
    }

    private void publish(int step, double x) {
        frames.back().step = step;
        frames.back().state[0] = x;
        frames.publish();
    }

    private double x() {
        return shown.frame().state[0];
    }

    @Test
    void pictureGlidesFromStepToStep() {
        shown.glide(STEP);
        publish(0, 0);
        shown.advance(0);
        publish(1, 1);
        shown.advance(1_000);
        assertEquals(0, x());
        shown.advance(1_025);
        assertEquals(0.25, x());
        shown.advance(1_200);
        assertEquals(1, x());
    }

    @Test
    void aStepThatComesEarlyEndsTheGlide() {
        shown.glide(STEP);
        publish(0, 0);
        shown.advance(0);
        publish(1, 1);
        shown.advance(10);
        publish(2, 2);
        shown.advance(20);
        assertEquals(1, x());
    }

    @Test
    void anotherEpisodeIsThereAtOnce() {
        shown.glide(STEP);
        publish(0, 0);
        shown.advance(0);
        publish(7, 7);
        shown.advance(10);
        assertEquals(7, x());
        assertArrayEquals(shown.exact().state, shown.frame().state);
    }

    /// Agents anywhere.
    private static final class Dots implements Portrayal {
        @Override
        public Bounds bounds(Frame frame) {
            return Bounds.square(10);
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {}

        @Override
        public void place(Frame frame, int agent, double[] into) {
            into[0] = frame.state[4 * agent];
            into[1] = frame.state[4 * agent + 1];
        }

        @Override
        public String describe(Frame frame) {
            return "";
        }

        @Override
        public boolean glides() {
            return true;
        }
    }
}
