package marlab.app.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.policy.Policy;
import marlab.sim.replay.EpisodePlayer;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayEvent;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;

class FirstFailureTest {

    private static final int COLLIDE = 1; // of simple_spread's terms

    private final EnvSpec spec = spec("simple_spread");
    private final Recording recording = new Recording(spec);
    private final FirstFailure failure = new FirstFailure(recording);
    private final Frame frame = new Frame(spec);

    private static EnvSpec spec(String world) {
        WorldProvider provider = Worlds.named(world);
        return provider.create(provider.defaults()).spec();
    }

    /// @param collide raw term of agent A and of agent B
    private void step(double collide, double other) {
        frame.step++;
        int terms = spec.terms().size();
        for (int agent = 0; agent < spec.agentCount(); agent++) {
            frame.terms[agent * terms] = -1; // the distance, as always
        }
        frame.terms[COLLIDE] = collide;
        frame.terms[terms + COLLIDE] = other;
        recording.add(frame);
        failure.look(frame);
    }

    @Test
    void aPenaltyThatFiresForTheFirstTimeIsNotedOnce() {
        step(0, -0.0);
        step(0, 0);
        step(-1, -1);
        step(0, 0);
        step(-1, 0);
        List<ReplayEvent> events = recording.events();
        assertEquals(1, events.size());
        assertEquals(ReplayEvent.FIRST_FAILURE, events.getFirst().type());
        assertEquals(2, events.getFirst().moment());
        assertEquals(
                "First penalty in this recording: “Avoid collisions”, A, B, episode 0 · step 3.",
                events.getFirst().text());
    }

    @Test
    void whatCostsFromTheFirstStepOnIsNoFailure() {
        step(-1, 0);
        step(0, 0);
        step(-1, 0);
        assertEquals(List.of(), recording.events());
    }

    @Test
    void whatSomebodyGainsByIsNoPenalty() {
        step(0, 0);
        step(1, -1);
        step(-1, 0);
        assertEquals(List.of(), recording.events());
    }

    /// Which penalty fires first in a few random episodes; "" where there is none.
    private static String firstIn(String world, int episodes) throws IOException {
        WorldProvider provider = Worlds.named(world);
        ParallelEnv env = provider.create(provider.defaults());
        Policy random = provider.scriptedPolicies(provider.defaults()).get("random");
        Recording recording = new Recording(env.spec());
        FirstFailure failure = new FirstFailure(recording);
        EpisodePlayer player = new EpisodePlayer(env, random);
        for (int episode = 0; episode < episodes; episode++) {
            player.play(
                    episode,
                    episode,
                    new RandomStream(episode),
                    200,
                    frame -> {
                        recording.add(frame);
                        failure.look(frame);
                    });
        }
        List<ReplayEvent> events = recording.events();
        assertTrue(events.size() <= 1);
        return events.isEmpty() ? "" : events.getFirst().text();
    }

    @Test
    void worldsHaveTheFailuresThatTheirRulesName() throws IOException {
        assertTrue(firstIn("simple_tag", 20).contains("Don't be caught"));
        assertTrue(firstIn("coin_game", 5).contains("Lose coins"));
        assertTrue(firstIn("collect_treasure", 5).contains("Avoid bumping"));
        assertTrue(firstIn("cleanup", 5).contains("Keep out of beams"));
        for (String none : List.of("simple", "vicsek", "pogema", "matrix_game", "lbf")) {
            assertEquals("", firstIn(none, 5), none);
        }
    }
}
