package marlab.app.conform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.sim.env.EnvSpec;
import marlab.sim.reward.RewardWeights;

/// How the traces of one reference module are played in one of our worlds. To check another world,
/// add one to {@link #ALL}.
interface MpeModule {

    /// All modules that can be checked.
    List<MpeModule> ALL = List.of(new Spread());

    /// The reference's module, as the trace's header names it.
    String module();

    /// Our world.
    String world();

    /// Our options for a trace with this header.
    Map<String, String> options(TraceRecord header);

    /// The weights that make our terms the reference's reward.
    RewardWeights weights(TraceRecord header, EnvSpec spec);

    /// Writes a trace's state as a frame's.
    void state(TraceRecord state, double[] into);

    /// MPE2's simple_spread.
    final class Spread implements MpeModule {

        @Override
        public String module() {
            return "simple_spread_v3";
        }

        @Override
        public String world() {
            return "simple_spread";
        }

        @Override
        public Map<String, String> options(TraceRecord header) {
            for (Object key : header.record("kwargs").names()) {
                if (!key.equals("N")) {
                    throw header.bad("was made with option " + key + ", which is not played here");
                }
            }
            Map<String, String> options = new LinkedHashMap<>();
            options.put("agents", Integer.toString(header.list("agents").size()));
            options.put("actions", header.flag("continuous_actions") ? "continuous" : "discrete");
            options.put("horizon", Integer.toString((int) header.number("max_cycles")));
            return options;
        }

        @Override
        public RewardWeights weights(TraceRecord header, EnvSpec spec) {
            double local = header.number("local_ratio");
            return RewardWeights.defaults(spec.terms())
                    .withWeight(spec.termIndex("cover"), 1 - local)
                    .withWeight(spec.termIndex("collide"), local);
        }

        @Override
        public void state(TraceRecord state, double[] into) {
            int at = 0;
            for (TraceRecord agent : state.records("agents")) {
                at = agent.numbers("pos", 2, into, at);
                at = agent.numbers("vel", 2, into, at);
            }
            for (TraceRecord landmark : state.records("landmarks")) {
                at = landmark.numbers("pos", 2, into, at);
            }
            if (at != into.length) {
                throw state.bad("has " + at + " numbers of state instead of " + into.length);
            }
        }
    }
}
