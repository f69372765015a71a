package marlab.learning.net;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.CanonicalView;
import marlab.sim.space.ObservationSpace;
import marlab.sim.space.SymmetryLevel;

/// What a network looks like; together with a space it makes one.
///
/// @param kind how it reads observations
/// @param hidden widths of the hidden layers of an MLP (the last one's for the read-out of an
///   entity network and for the recurrent units of a network with memory)
/// @param activation of the hidden layers of an MLP; entity networks use ReLU
/// @param symmetry how much of the task's symmetry it is given; AUTO is the most its spaces allow
/// @param normalise whether inputs are brought to mean 0 and deviation 1 first, see {@link
///   Normalised}
public record NetworkConfig(
        Kind kind,
        List<Integer> hidden,
        Activation activation,
        Symmetry symmetry,
        boolean normalise) {

    /// Floats of pictures in one batch, 400 MB.
    private static final long MOST_FLOATS = 100_000_000;

    /// Pairs of entities in one batch: 2 million take about 1 GB.
    private static final long MOST_PAIRS = 2_000_000;

    /// How a network reads observations.
    public enum Kind {
        /// An MLP over entities sorted by distance, in the canonical frame.
        SORTED_MLP,
        /// An MLP over the flat vector, for comparison.
        FLAT_MLP,
        /// Tokens, messages and pooling: any number of entities.
        ENTITY,
        /// Gated recurrent units over the flat vector: carries a memory from step to step. Its
        /// symmetry is NONE unless another level is asked for: a frame that changes from step to
        /// step makes a memory of places and directions worthless.
        GRU,
        /// A {@link Table}, for algorithms that learn without a gradient.
        TABLE,
        /// Convolutions over pictures of cells, see {@link GridNetwork}. Its symmetry is NONE
        /// unless another level is asked for: pictures do not turn.
        CONV
    }

    /// Symmetry level, or the most there is.
    public enum Symmetry {
        /// The most that the spaces allow.
        AUTO,
        /// See {@link SymmetryLevel#NONE}.
        NONE,
        /// See {@link SymmetryLevel#PERMUTATION}.
        PERMUTATION,
        /// See {@link SymmetryLevel#FULL}.
        FULL
    }

    public NetworkConfig {
        hidden = List.copyOf(hidden);
    }

    /// Takes inputs as they are.
    public NetworkConfig(
            Kind kind, List<Integer> hidden, Activation activation, Symmetry symmetry) {
        this(kind, hidden, activation, symmetry, false);
    }

    /// The recipe's network: tanh 64-64 over sorted entities in the canonical frame.
    public static NetworkConfig defaults() {
        return new NetworkConfig(Kind.SORTED_MLP, List.of(64, 64), Activation.TANH, Symmetry.AUTO);
    }

    /// The level in force for these spaces.
    ///
    /// @throws IllegalArgumentException where more is asked than the spaces allow
    public SymmetryLevel level(ObservationSpace space, ActionSpace actions) {
        if (kind == Kind.FLAT_MLP) {
            return SymmetryLevel.NONE;
        }
        SymmetryLevel highest = CanonicalView.highestLevel(space, actions);
        if (symmetry == Symmetry.AUTO) {
            return kind == Kind.GRU || kind == Kind.CONV ? SymmetryLevel.NONE : highest;
        }
        SymmetryLevel wanted = SymmetryLevel.valueOf(symmetry.name());
        if (wanted.compareTo(highest) > 0) {
            throw new IllegalArgumentException(
                    "symmetry "
                            + wanted
                            + " is more than this world allows; use "
                            + highest
                            + " or auto");
        }
        return wanted;
    }

    /// The view of observations that the network takes.
    ///
    /// @param keep entities of each set that it was made for; null for all
    public CanonicalView view(ObservationSpace space, ActionSpace actions, int[] keep) {
        SymmetryLevel level = level(space, actions);
        return keep == null || kind == Kind.ENTITY
                ? new CanonicalView(space, actions, level)
                : new CanonicalView(space, actions, level, keep);
    }

    /// Numbers that such a network carries from step to step for each lane; 0 without memory.
    public int memory() {
        return kind == Kind.GRU ? hidden.getLast() : 0;
    }

    /// Makes a network without weights.
    ///
    /// @throws IllegalArgumentException with one sentence where it can't take such inputs
    public Network build(LinearAlgebra algebra, InputView input, int outputs, int capacity) {
        Network network = plain(algebra, input, outputs, capacity);
        return normalise && kind != Kind.TABLE
                ? new Normalised(algebra, network, statistics(input))
                : network;
    }

    private Network plain(LinearAlgebra algebra, InputView input, int outputs, int capacity) {
        boolean mlp = kind == Kind.SORTED_MLP || kind == Kind.FLAT_MLP;
        if (input.ensemble() > 1 && !mlp) {
            throw new IllegalArgumentException(
                    "ensembles are made of networks without memory that read flat vectors; set"
                            + " ensemble=1 or use network=sorted_mlp");
        }
        if (input.ensemble() > 1) {
            return new Ensemble(
                    algebra, input.ensemble(), input.size(), hidden, outputs, activation, capacity);
        }
        return switch (kind) {
            case SORTED_MLP, FLAT_MLP ->
                    new Mlp(algebra, input.size(), hidden, outputs, activation, capacity);
            case TABLE -> new Table(input, outputs, capacity);
            case GRU ->
                    new Gru(
                            algebra,
                            new Parameters(),
                            input.size(),
                            hidden,
                            outputs,
                            activation,
                            capacity);
            case CONV ->
                    new GridNetwork(
                            algebra,
                            pictures(input.view()),
                            input.size(),
                            hidden,
                            outputs,
                            activation,
                            capacity);
            case ENTITY -> {
                if (normalise) {
                    throw new IllegalArgumentException(
                            "an entity network measures distances, which normalised inputs have"
                                    + " not; set normalise=off or use network=sorted_mlp");
                }
                yield new EntityNetwork(
                        algebra, input.view(), input.extras(), hidden.getLast(), outputs, capacity);
            }
        };
    }

    private static List<GridNetwork.Picture> pictures(CanonicalView view) {
        return GridNetwork.Picture.of(view.space().own());
    }

    /// Which inputs are normalised together: the cells of a channel of a picture for convolutions,
    /// which must see all cells alike; everything else by itself, and who the agent is not at all.
    private int[] statistics(InputView input) {
        int[] statistic = new int[input.size()];
        Arrays.fill(statistic, -1);
        int next = 0;
        if (kind == Kind.CONV) {
            for (GridNetwork.Picture p : pictures(input.view())) {
                for (int k = 0; k < p.size(); k++) {
                    statistic[p.at() + k] = next + k / (p.rows() * p.columns());
                }
                next += p.channels();
            }
        }
        for (int k = 0; k < input.view().size(); k++) {
            statistic[k] = statistic[k] < 0 ? next++ : statistic[k];
        }
        return statistic;
    }

    /// Makes a network without weights.
    public Network build(LinearAlgebra algebra, CanonicalView view, int outputs, int capacity) {
        return build(algebra, InputView.of(view), outputs, capacity);
    }

    /// Checks that a batch is not too large for this network.
    ///
    /// @throws IllegalArgumentException where it is
    public void checkRoom(CanonicalView view, long rows) {
        long entities = view.parts().stream().mapToInt(CanonicalView.Part::count).sum();
        if (kind == Kind.ENTITY && rows * entities * entities > MOST_PAIRS) {
            throw new IllegalArgumentException(
                    "an entity network looks at pairs of entities, and "
                            + rows
                            + " samples of "
                            + entities
                            + " entities at once are too many; raise minibatches, lower copies, or use"
                            + " network=sorted_mlp");
        }
        if (kind == Kind.CONV && rows * GridNetwork.floatsPerRow(pictures(view)) > MOST_FLOATS) {
            throw new IllegalArgumentException(
                    rows
                            + " pictures at once are too many for a network with convolutions; raise"
                            + " minibatches or lower copies");
        }
    }

    /// Draws new weights; the read-out with a gain of 0.01 for policies, 1 for values.
    public static void initialise(Network network, double outputGain, RandomGenerator random) {
        switch (network) {
            case Mlp mlp -> mlp.initialise(outputGain, random);
            case Gru gru -> gru.initialise(outputGain, random);
            case GridNetwork grid -> grid.initialise(outputGain, random);
            case Ensemble ensemble -> ensemble.initialise(outputGain, random);
            case EntityNetwork entity -> entity.initialise(outputGain, random);
            case Normalised normalised -> {
                initialise(normalised.network(), outputGain, random);
                normalised.initialised();
            }
            default -> throw new IllegalArgumentException("no initialisation for " + network);
        }
    }
}
