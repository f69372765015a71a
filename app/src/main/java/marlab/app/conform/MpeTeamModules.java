package marlab.app.conform;

import java.util.Map;
import marlab.app.conform.MpeModule.Part;

/// The modules of MPE2 in which all must come to an understanding: by words, or by who goes where.
final class MpeTeamModules {

    private MpeTeamModules() {}

    static MpeModule crypto() {
        return new MpeModule(
                "simple_crypto_v3",
                "simple_crypto",
                Map.of(),
                MpeModules.asIs(),
                MpeModules.said(4, 0, 1, 2),
                drawn(2, "goal_landmark", "key_landmark"));
    }

    static MpeModule speakerListener() {
        return new MpeModule(
                "simple_speaker_listener_v4",
                "simple_speaker_listener",
                Map.of(),
                MpeModules.asIs(),
                MpeModules.said(3, 0),
                drawn(3, "goal_landmark"));
    }

    static MpeModule reference() {
        return new MpeModule(
                "simple_reference_v3",
                "simple_reference",
                Map.of(),
                MpeModules.mixing("team", "guide"),
                MpeModules.said(10, 0, 1),
                drawnByAgent(2, 3, "goal_landmark_known_by"));
    }

    static MpeModule formation() {
        return pattern("simple_formation_v1", "simple_formation");
    }

    static MpeModule line() {
        return pattern("simple_line_v1", "simple_line");
    }

    private static MpeModule pattern(String module, String world) {
        return new MpeModule(
                module,
                world,
                Map.of(
                        "N", MpeModules.whole("agents"),
                        "terminate_on_success", MpeModules.flag("success")),
                MpeModules.mixing("place", "own"),
                Part.NONE,
                Part.NONE);
    }

    /// Numbers of landmarks that stand alone in a reset's notes, each below a limit.
    private static Part drawn(int limit, String... names) {
        return (aux, into, at) -> {
            int k = at;
            for (String name : names) {
                k = put(aux, name, aux.number(name), limit, into, k);
            }
            return k;
        };
    }

    /// A list of numbers of landmarks, one for each agent.
    private static Part drawnByAgent(int agents, int limit, String name) {
        return (aux, into, at) -> {
            int k = at;
            for (double[] number : aux.rows(name, agents)) {
                double only = number.length == 1 ? number[0] : -1;
                k = put(aux, name, only, limit, into, k);
            }
            return k;
        };
    }

    private static int put(
            TraceRecord aux, String name, double number, int limit, double[] into, int at) {
        if (at >= into.length || number != Math.rint(number) || number < 0 || number >= limit) {
            throw aux.bad("has no landmark's number in \"" + name + "\"");
        }
        into[at] = number;
        return at + 1;
    }
}
