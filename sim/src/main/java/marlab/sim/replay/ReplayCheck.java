package marlab.sim.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Metric;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.StepResult;
import marlab.sim.snapshot.Frame;

/// Plays a replay again, step by step: restores each moment, steps with the recorded actions, and
/// compares with the next. So it tells whether a replay is exact, and what its episodes came to in
/// the world's own figures, which need more than is recorded. Not thread-safe.
public final class ReplayCheck {

    private final EnvSpec spec;
    private final ParallelEnv env;
    private final Frame before;
    private final Frame made;
    private final double[] sums;
    private final List<Episode> episodes = new ArrayList<>();
    private boolean any;
    private boolean whole; // the episode, from its start to here
    private long moments;
    private long steps;
    private long gaps;
    private String difference;
    private Episode current;

    /// An episode of a replay.
    ///
    /// @param episode its number
    /// @param seed its seed
    /// @param first moment that is there
    /// @param steps of its last moment that is there
    /// @param figure its return in the world's default dialect; NaN unless it is there from its
    ///   start to its end, without gaps
    public record Episode(int episode, long seed, long first, int steps, double figure) {}

    /// Checks replays of this world.
    public ReplayCheck(ReplayHeader header) {
        EnvOptions options = header.envOptions();
        env = header.provider().create(options);
        spec = env.spec();
        before = new Frame(spec);
        made = new Frame(spec);
        sums = new double[spec.metrics().size()];
    }

    /// Takes the next moment.
    public void add(Frame frame) {
        moments++;
        boolean sameEpisode =
                any
                        && frame.episode == before.episode
                        && frame.seed == before.seed
                        && frame.step > before.step;
        if (!sameEpisode) {
            end();
            begin(frame);
        } else if (frame.moment == before.moment + 1 && frame.step == before.step + 1) {
            step(frame);
        } else {
            gaps++;
            whole = false;
        }
        current =
                new Episode(
                        current.episode, current.seed, current.first, frame.step, current.figure);
        before.copyFrom(frame);
        any = true;
    }

    private void begin(Frame frame) {
        current = new Episode(frame.episode, frame.seed, frame.moment, 0, Double.NaN);
        whole = frame.step == 0;
        Arrays.fill(sums, 0);
    }

    private void end() {
        if (current != null) {
            episodes.add(current);
        }
        current = null;
    }

    private void step(Frame frame) {
        StepResult result;
        try {
            env.restore(before);
            result = env.step(frame.actions);
            env.snapshot(made);
        } catch (RuntimeException e) { // no such moment can be
            differ(frame, "the world can't go on from the moment before (" + e + ")");
            whole = false;
            return;
        }
        steps++;
        compare(frame, result);
        for (int m = 0; m < sums.length; m++) {
            boolean last = spec.metrics().get(m).over() == Metric.Over.LAST;
            sums[m] = last ? result.metrics[m] : sums[m] + result.metrics[m];
        }
        if (result.over() && whole) {
            current =
                    new Episode(
                            current.episode,
                            current.seed,
                            current.first,
                            frame.step,
                            figure(frame.step));
        }
    }

    private double figure(int length) {
        double[] metrics = sums.clone();
        for (int m = 0; m < metrics.length; m++) {
            if (spec.metrics().get(m).over() == Metric.Over.MEAN) {
                metrics[m] /= length;
            }
        }
        return spec.dialects()
                .getFirst()
                .value()
                .applyAsDouble(new ReturnDialect.Episode(metrics, spec.agentCount(), length));
    }

    private void compare(Frame frame, StepResult result) {
        for (int k = 0; k < frame.state.length; k++) {
            if (Double.doubleToRawLongBits(frame.state[k])
                    != Double.doubleToRawLongBits(made.state[k])) {
                differ(frame, "state " + k, frame.state[k], made.state[k]);
            }
        }
        if (!Arrays.equals(frame.random, made.random)) {
            differ(frame, "the random stream is another");
        }
        for (int k = 0; k < frame.terms.length; k++) {
            if (Float.compare((float) frame.terms[k], (float) result.terms[k]) != 0) {
                int terms = spec.terms().size();
                String term = spec.terms().get(k % terms).name();
                String agent = spec.agents().get(k / terms).name();
                differ(frame, term + " of " + agent, frame.terms[k], result.terms[k]);
            }
        }
    }

    private void differ(Frame frame, String what, double recorded, double now) {
        if (difference == null) { // no text for the others
            differ(frame, what + " is recorded as " + recorded + " and comes out as " + now);
        }
    }

    private void differ(Frame frame, String what) {
        if (difference == null) {
            difference =
                    "At moment "
                            + frame.moment
                            + " (episode "
                            + frame.episode
                            + ", step "
                            + frame.step
                            + ") "
                            + what
                            + ".";
        }
    }

    /// Moments taken so far.
    public long moments() {
        return moments;
    }

    /// Steps that were played again.
    public long steps() {
        return steps;
    }

    /// Places within episodes where moments are left out, so that nothing can be compared.
    public long gaps() {
        return gaps;
    }

    /// One sentence on the first difference; null where there is none.
    public String difference() {
        return difference;
    }

    /// The episodes so far, the last of which may go on.
    public List<Episode> episodes() {
        List<Episode> all = new ArrayList<>(episodes);
        if (current != null) {
            all.add(current);
        }
        return all;
    }

    /// Mean return of the episodes that are there from start to end, in the world's default
    /// dialect; NaN where there is none.
    public double meanReturn() {
        return episodes().stream()
                .mapToDouble(Episode::figure)
                .filter(figure -> !Double.isNaN(figure))
                .average()
                .orElse(Double.NaN);
    }
}
