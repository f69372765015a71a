package marlab.sim.env;

/// One agent of a world.
///
/// @param index place in the world's agent order, from 0
/// @param name the reference's name, for instance "agent_0"
public record AgentId(int index, String name) {

    /// The letter on screen: A to Z, then AA, AB …
    public String letter() {
        return letter(index);
    }

    /// The letter of the agent with this index.
    public static String letter(int index) {
        String last = String.valueOf((char) ('A' + index % 26));
        return index < 26 ? last : letter(index / 26 - 1) + last;
    }
}
