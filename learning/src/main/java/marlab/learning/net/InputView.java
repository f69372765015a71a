package marlab.learning.net;

import java.util.Arrays;
import marlab.sim.space.CanonicalView;

/// What a network takes of one agent's observation: the canonical view, then who the agent is, if
/// that is wanted, then which of several sub-policies acts, if there are several.
///
/// Not thread-safe: the view keeps scratch space.
///
/// @param view the symmetric part
/// @param ids length of a one-hot vector that says which member of its unit the agent is; 0 for
///   none
/// @param ensemble sub-policies; with more than one, their index is the last number of the input
public record InputView(CanonicalView view, int ids, int ensemble) {

    /// The view alone.
    public static InputView of(CanonicalView view) {
        return new InputView(view, 0, 1);
    }

    /// Numbers in an input row.
    public int size() {
        return view.size() + ids + (ensemble > 1 ? 1 : 0);
    }

    /// Numbers about the agent that stand behind the view.
    public int extras() {
        return size() - view.size();
    }

    /// Writes the input for one agent.
    ///
    /// @param member position of the agent within its unit
    /// @param subPolicy which of the ensemble acts
    /// @return the symmetry that was applied, see {@link CanonicalView#view}
    public int write(float[] flat, int at, int member, int subPolicy, float[] into, int intoAt) {
        int g = view.view(flat, at, into, intoAt);
        int k = intoAt + view.size();
        Arrays.fill(into, k, k + ids, 0);
        if (member < ids) {
            into[k + member] = 1;
        }
        if (ensemble > 1) {
            into[k + ids] = subPolicy;
        }
        return g;
    }
}
