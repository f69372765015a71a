package marlab.sim.draw;

import marlab.sim.snapshot.Frame;

/// The last positions of every agent of a watched world. Starts anew with every episode.
public final class Trails {

    /// Steps that a trail reaches back.
    public static final int LENGTH = 24;

    private final double[][] xs;
    private final double[][] ys;
    private final double[] place = new double[3];
    private final int[] steps = new int[LENGTH];
    private int count;
    private int episode = -1;
    private int lastStep = -1;

    /// Trails for this many agents.
    public Trails(int agents) {
        xs = new double[agents][LENGTH];
        ys = new double[agents][LENGTH];
    }

    /// Takes note of where everybody is; oldest first in the arrays.
    public void note(Frame frame, Portrayal portrayal) {
        if (frame.episode != episode || frame.step < lastStep) {
            count = 0;
        } else if (frame.step == lastStep) {
            return;
        }
        episode = frame.episode;
        lastStep = frame.step;
        while (count == LENGTH || count > 0 && steps[0] <= frame.step - LENGTH) {
            forgetOldest();
        }
        for (int agent = 0; agent < xs.length; agent++) {
            portrayal.place(frame, agent, place);
            xs[agent][count] = place[0];
            ys[agent][count] = place[1];
        }
        steps[count++] = frame.step;
    }

    private void forgetOldest() {
        count--;
        System.arraycopy(steps, 1, steps, 0, count);
        for (int agent = 0; agent < xs.length; agent++) {
            System.arraycopy(xs[agent], 1, xs[agent], 0, count);
            System.arraycopy(ys[agent], 1, ys[agent], 0, count);
        }
    }

    /// Forgets everything, for instance when another episode with the same number begins.
    public void clear() {
        count = 0;
        episode = -1;
    }

    /// Moves the newest point of every trail to where the agents are drawn: between two steps while
    /// they glide.
    public void head(Frame frame, Portrayal portrayal) {
        for (int agent = 0; agent < xs.length && count > 0; agent++) {
            portrayal.place(frame, agent, place);
            xs[agent][count - 1] = place[0];
            ys[agent][count - 1] = place[1];
        }
    }

    /// Draws the trail of one agent, thin where it is old.
    public void draw(int agent, Brush brush) {
        if (count > 1) {
            brush.taper(xs[agent], ys[agent], count, new Ink.Agent(agent), 1, 4.5);
        }
    }
}
