package marlab.app.conform;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// How far one of our worlds is from one trace: the largest differences so far.
public final class Comparison {

    private final String world;
    private final Map<String, String> options;
    private final Set<String> notes = new LinkedHashSet<>();
    private int episodes;
    private int steps;
    private double state;
    private double observation;
    private double reward;
    private int ends;

    /// Nothing compared yet.
    ///
    /// @param world our world
    /// @param options its options
    public Comparison(String world, Map<String, String> options) {
        this.world = world;
        this.options = options;
    }

    /// Books the start of an episode.
    public void episode() {
        episodes++;
    }

    /// Books a step.
    public void step() {
        steps++;
    }

    /// Books a number of the state.
    public void state(double ours, double theirs) {
        state = larger(state, ours, theirs);
    }

    /// Books an observed number.
    public void observation(double ours, double theirs) {
        observation = larger(observation, ours, theirs);
    }

    /// Books a reward.
    public void reward(double ours, double theirs) {
        reward = larger(reward, ours, theirs);
    }

    /// Books whether somebody's end came as in the trace.
    public void end(boolean same) {
        ends += same ? 0 : 1;
    }

    /// Says once where the comparison follows the specification instead of the trace, and why.
    public void note(String sentence) {
        notes.add(sentence);
    }

    private static double larger(double soFar, double ours, double theirs) {
        return Math.max(soFar, Math.abs(ours - theirs)); // NaN stays
    }

    /// True when nothing differs by more; a NaN never passes, nor does a trace without steps.
    public boolean within(double tolerance) {
        return steps > 0
                && state <= tolerance
                && observation <= tolerance
                && reward <= tolerance
                && ends == 0;
    }

    /// Our world.
    public String world() {
        return world;
    }

    /// The options it was played with.
    public Map<String, String> options() {
        return options;
    }

    /// Episodes played.
    public int episodes() {
        return episodes;
    }

    /// Steps compared.
    public int steps() {
        return steps;
    }

    /// Largest difference of a number of the state.
    public double state() {
        return state;
    }

    /// Largest difference of an observed number.
    public double observation() {
        return observation;
    }

    /// Largest difference of a reward.
    public double reward() {
        return reward;
    }

    /// Ends that came at other steps than in the trace.
    public int ends() {
        return ends;
    }

    /// Where the comparison follows the specification instead of the trace.
    public Set<String> notes() {
        return notes;
    }
}
