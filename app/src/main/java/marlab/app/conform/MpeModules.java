package marlab.app.conform;

import java.util.Map;
import java.util.function.BiFunction;
import marlab.app.conform.MpeModule.Kwarg;
import marlab.app.conform.MpeModule.Part;
import marlab.sim.env.EnvSpec;
import marlab.sim.reward.RewardWeights;

/// The modules of MPE2 that can be checked, and what they are put together from.
final class MpeModules {

    private MpeModules() {}

    static MpeModule spread() {
        return new MpeModule(
                "simple_spread_v3",
                "simple_spread",
                Map.of(
                        "N", whole("agents"),
                        "num_agent_neighbors", neighbours("agent_neighbors"),
                        "num_landmark_neighbors", neighbours("landmark_neighbors"),
                        "curriculum", curriculum(),
                        "terminate_on_success", flag("success")),
                mixing("cover", "collide"),
                Part.NONE,
                Part.NONE);
    }

    static MpeModule simple() {
        return new MpeModule("simple_v3", "simple", Map.of(), asIs(), Part.NONE, Part.NONE);
    }

    static MpeModule adversary() {
        return new MpeModule(
                "simple_adversary_v3",
                "simple_adversary",
                Map.of(
                        "N", whole("good"),
                        "num_agent_neighbors", neighbours("agent_neighbors"),
                        "num_landmark_neighbors", neighbours("landmark_neighbors")),
                asIs(),
                Part.NONE,
                index("goal_landmark"));
    }

    static MpeModule tag() {
        return new MpeModule(
                "simple_tag_v3",
                "simple_tag",
                Map.of(
                        "num_good", whole("good"),
                        "num_adversaries", whole("adversaries"),
                        "num_obstacles", whole("obstacles"),
                        "num_agent_neighbors", neighbours("agent_neighbors"),
                        "num_landmark_neighbors", neighbours("landmark_neighbors"),
                        "curriculum", curriculum(),
                        "terminate_on_success", flag("success")),
                asIs(),
                Part.NONE,
                Part.NONE);
    }

    static MpeModule push() {
        return new MpeModule(
                "simple_push_v3",
                "simple_push",
                Map.of(),
                asIs(),
                Part.NONE,
                index("goal_landmark"));
    }

    static MpeModule worldComm() {
        return new MpeModule(
                "simple_world_comm_v3",
                "simple_world_comm",
                Map.of(
                        "num_good", whole("good"),
                        "num_adversaries", whole("adversaries"),
                        "num_obstacles", whole("obstacles"),
                        "num_food", whole("food"),
                        "num_forests", whole("forests")),
                asIs(),
                said(4, 0),
                Part.NONE);
    }

    /// An argument that is our option with this name.
    static Kwarg whole(String option) {
        return (kwargs, name, options) ->
                options.put(option, Integer.toString((int) kwargs.number(name)));
    }

    /// A yes or no.
    static Kwarg flag(String option) {
        return (kwargs, name, options) -> options.put(option, kwargs.flag(name) ? "on" : "off");
    }

    /// A number of neighbours; none given means all, which is our 0.
    static Kwarg neighbours(String option) {
        return (kwargs, name, options) -> {
            if (!kwargs.nothing(name)) {
                whole(option).set(kwargs, name, options);
            }
        };
    }

    /// The reference's curriculum, which starts at stage 0; without it, the whole task is played.
    static Kwarg curriculum() {
        return (kwargs, name, options) -> {
            if (kwargs.flag(name)) {
                options.put("stage", "0");
            }
        };
    }

    /// The weights that our world has by default.
    static BiFunction<TraceRecord, EnvSpec, RewardWeights> asIs() {
        return (header, spec) -> RewardWeights.defaults(spec.terms());
    }

    /// The header's local_ratio r as weights: 1 − r for the team's term, r for the agent's own.
    static BiFunction<TraceRecord, EnvSpec, RewardWeights> mixing(String team, String own) {
        return (header, spec) -> {
            double ratio = header.number("local_ratio");
            return RewardWeights.defaults(spec.terms())
                    .withWeight(spec.termIndex(team), 1 - ratio)
                    .withWeight(spec.termIndex(own), ratio);
        };
    }

    /// The messages of these agents.
    static Part said(int words, int... speakers) {
        return (state, into, at) -> {
            var agents = state.records("agents");
            int k = at;
            for (int speaker : speakers) {
                if (speaker >= agents.size()) {
                    throw state.bad("has no agent " + speaker);
                }
                k = agents.get(speaker).numbers("c", words, into, k);
            }
            return k;
        };
    }

    /// Numbers of landmarks in a reset's notes, for instance the goal's.
    static Part index(String... names) {
        return (aux, into, at) -> {
            int landmarks = aux.list("landmark_colors").size();
            int k = at;
            for (String name : names) {
                if (k >= into.length) {
                    throw aux.bad("has more state than the world");
                }
                double number = aux.number(name);
                if (number != Math.rint(number) || number < 0 || number >= landmarks) {
                    throw aux.bad("names none of " + landmarks + " landmarks in \"" + name + "\"");
                }
                into[k++] = number;
            }
            return k;
        };
    }
}
