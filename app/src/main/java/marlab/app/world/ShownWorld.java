package marlab.app.world;

import marlab.sim.draw.Portrayal;
import marlab.sim.draw.Trails;
import marlab.sim.env.EnvSpec;
import marlab.sim.replay.Recording;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameExchange;

/// The frame on screen. At slow speeds the picture glides from one step to the next instead of
/// jumping; the frame then lies between two that the world really was in. FX thread.
final class ShownWorld {

    private final FrameExchange frames;
    private final Recording recording;
    private final int trailing;
    private final Portrayal portrayal;
    private final Trails trails;
    private final Frame from;
    private final Frame to;
    private final Frame between;
    private long arrived;
    private long glideNanos;
    private boolean gliding;
    private boolean any;

    /// @param trailing how many agents leave trails: all, or 0 where there are too many
    /// @param recording where moments before are looked up when the picture jumps
    ShownWorld(
            EnvSpec spec,
            FrameExchange frames,
            Portrayal portrayal,
            int trailing,
            Recording recording) {
        this.frames = frames;
        this.recording = recording;
        this.trailing = trailing;
        this.portrayal = portrayal;
        trails = new Trails(trailing);
        from = new Frame(spec);
        to = new Frame(spec);
        between = new Frame(spec);
    }

    /// Glides for so long from step to step from now on; 0 jumps.
    void glide(long nanos) {
        glideNanos = portrayal.glides() ? nanos : 0;
    }

    /// Takes the newest frame, if there is one, and moves on.
    ///
    /// @return true when the picture changed
    boolean advance(long now) {
        boolean fresh = !any || frames.hasNew();
        if (fresh) {
            take(now);
        }
        boolean moved = fresh || gliding;
        if (gliding) {
            mix(Math.min(1, (double) (now - arrived) / glideNanos));
        }
        return moved;
    }

    private void take(long now) {
        if (any) {
            trails.head(to, portrayal);
        }
        from.copyFrom(to); // a step that comes early ends the glide before it
        to.copyFrom(frames.newest());
        boolean nextStep =
                any
                        && to.episode == from.episode
                        && to.step == from.step + 1
                        && to.seed == from.seed;
        if (nextStep) {
            trails.note(to, portrayal);
        } else {
            retrace();
        }
        any = true;
        arrived = now;
        gliding = nextStep && glideNanos > 0;
        between.copyFrom(to);
    }

    /// Trails of the steps before, though none of them was shown.
    private void retrace() {
        trails.clear();
        if (trailing > 0) {
            for (int back = Math.min(to.step, Trails.LENGTH); back > 0; back--) {
                boolean there = recording.frame(recording.move(to.moment, -back), between);
                if (there && between.episode == to.episode && between.step < to.step) {
                    trails.note(between, portrayal);
                }
            }
        }
        trails.note(to, portrayal);
    }

    private void mix(double part) {
        for (int k = 0; k < between.state.length; k++) {
            between.state[k] = from.state[k] + part * (to.state[k] - from.state[k]);
        }
        trails.head(between, portrayal);
        gliding = part < 1;
    }

    /// What to draw.
    Frame frame() {
        return between;
    }

    /// The last step that the world really was in.
    Frame exact() {
        return to;
    }

    Trails trails() {
        return trails;
    }
}
