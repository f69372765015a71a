package marlab.sim.replay;

/// Something that happened in a recording.
///
/// @param moment serial number of the moment that it belongs to, see {@link
///   marlab.sim.snapshot.Frame#moment}
/// @param type what kind: one of the constants here, or another word in lower case
/// @param text one plain sentence
public record ReplayEvent(long moment, String type, String text) {

    /// A new episode from a seed that a person chose.
    public static final String SETUP = "setup";

    /// A reward was edited.
    public static final String REWARD_EDITED = "reward_edited";

    /// What was learned so far was saved.
    public static final String CHECKPOINT = "checkpoint";

    /// A person or a lesson marked this moment.
    public static final String MARK = "mark";

    /// The first thing that went wrong.
    public static final String FIRST_FAILURE = "first_failure";

    /// The world went on from a moment of the past.
    public static final String CONTINUED = "continued";

    private static final int LONGEST = 2_000;

    /// The same with a type and a text that are not too long for a file.
    ReplayEvent brief() {
        return new ReplayEvent(moment, brief(type), brief(text));
    }

    private static String brief(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
