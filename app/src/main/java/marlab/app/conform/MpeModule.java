package marlab.app.conform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import marlab.sim.env.EnvSpec;
import marlab.sim.reward.RewardWeights;

/// How the traces of one reference module are played in one of our worlds. To check another world,
/// add one to {@link #ALL}.
///
/// Our state is bodies (of every agent x, y and velocity, of every landmark x and y), then the
/// messages that were said last, then what was drawn at the reset and stays hidden.
///
/// @param module the reference's module, as the trace's header names it
/// @param world our world
/// @param kwargs which of our options each of the reference's arguments sets; a trace with others
///   is refused
/// @param weights the weights that make our terms the reference's reward
/// @param messages writes the messages of a trace's state
/// @param hidden writes what a reset's notes say was drawn
record MpeModule(
        String module,
        String world,
        Map<String, Kwarg> kwargs,
        BiFunction<TraceRecord, EnvSpec, RewardWeights> weights,
        Part messages,
        Part hidden) {

    /// All modules that can be checked.
    static final List<MpeModule> ALL =
            List.of(
                    MpeModules.spread(),
                    MpeModules.simple(),
                    MpeModules.adversary(),
                    MpeModules.tag(),
                    MpeModules.push(),
                    MpeModules.worldComm(),
                    MpeTeamModules.crypto(),
                    MpeTeamModules.speakerListener(),
                    MpeTeamModules.reference(),
                    MpeTeamModules.formation(),
                    MpeTeamModules.line());

    /// Arguments that change nothing here: the header repeats them, or they are about pictures.
    private static final List<String> ELSEWHERE =
            List.of(
                    "max_cycles",
                    "continuous_actions",
                    "local_ratio",
                    "render_mode",
                    "dynamic_rescaling",
                    "benchmark_data");

    /// One argument of the reference.
    interface Kwarg {
        /// Our option and its value.
        void set(TraceRecord kwargs, String name, Map<String, String> options);
    }

    /// A part of the state behind the bodies.
    interface Part {

        /// Nothing.
        Part NONE = (record, into, at) -> at;

        /// Writes it.
        ///
        /// @return the place after it
        int write(TraceRecord record, double[] into, int at);
    }

    /// Our options for a trace with this header.
    Map<String, String> options(TraceRecord header) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("actions", header.flag("continuous_actions") ? "continuous" : "discrete");
        options.put("horizon", Integer.toString((int) header.number("max_cycles")));
        TraceRecord given = header.record("kwargs");
        for (Object key : given.names()) {
            String name = key.toString();
            if (given.values().get(name) == null) {
                continue; // said, but not set
            }
            if (kwargs.containsKey(name)) {
                kwargs.get(name).set(given, name, options);
            } else if (!ELSEWHERE.contains(name)) {
                throw header.bad("was made with option " + name + ", which is not played here");
            }
        }
        return options;
    }

    /// Writes a trace's state as a frame's, all but what is hidden.
    ///
    /// @return the place after it
    int state(TraceRecord state, double[] into) {
        int at = 0;
        for (TraceRecord agent : state.records("agents")) {
            at = agent.numbers("pos", 2, into, at);
            at = agent.numbers("vel", 2, into, at);
        }
        for (TraceRecord landmark : state.records("landmarks")) {
            at = landmark.numbers("pos", 2, into, at);
        }
        return messages.write(state, into, at);
    }

    /// Writes a reset as a frame's state.
    void start(TraceRecord reset, double[] into) {
        int at = state(reset.record("state"), into);
        if (hidden != Part.NONE) {
            at = hidden.write(reset.record("aux"), into, at);
        }
        if (at != into.length) {
            throw reset.bad("has " + at + " numbers of state instead of " + into.length);
        }
    }
}
