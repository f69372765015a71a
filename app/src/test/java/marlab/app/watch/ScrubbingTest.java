package marlab.app.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import marlab.app.training.TrainerRun;
import marlab.learning.train.CurvePoint;
import marlab.learning.train.RunConfig;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever somebody does to the past of the world that is watched, a run learns the same.
@Timeout(120)
class ScrubbingTest {

    @TempDir Path folder;

    private TrainerRun run(String name) {
        RunConfig config =
                RunConfig.defaults("simple_spread", "mappo", 5)
                        .with("math", "plain")
                        .with("copies", "8")
                        .with("steps", "12000");
        return new TrainerRun(config, folder.resolve(name));
    }

    /// Everything of a curve but the time it took.
    private static List<String> learned(TrainerRun run) {
        return run.curve(0).stream()
                .map(CurvePoint::toString)
                .map(text -> text.replaceAll("wallSeconds=[^,\\]]*", ""))
                .toList();
    }

    @Test
    void aRunLearnsTheSameWhileSomebodyScrubsWildly() throws InterruptedException {
        List<String> quiet;
        try (TrainerRun run = run("quiet")) {
            run.run();
            quiet = learned(run);
        }
        assertTrue(quiet.size() > 1, quiet.size() + " points");
        WorldProvider world = Worlds.named("simple_spread");
        Policy random = world.scriptedPolicies(world.defaults()).get("random");
        try (TrainerRun run = run("scrubbed");
                WatchedWorld watched =
                        new WatchedWorld(
                                world,
                                world.defaults(),
                                5,
                                () -> run.policy() == null ? random : run.policy())) {
            watched.speed(640);
            watched.run(true);
            Thread learner = new Thread(run::run);
            learner.start();
            int shown = scrub(watched, learner);
            learner.join();
            assertTrue(shown > 50, shown + " moments of the past");
            assertEquals(quiet, learned(run));
        }
    }

    private static int scrub(WatchedWorld watched, Thread whileIt) throws InterruptedException {
        RandomStream dice = new RandomStream(1);
        int shown = 0;
        while (whileIt.isAlive()) {
            long newest = watched.recording().newest();
            switch (dice.nextInt(8)) {
                case 0 -> watched.live();
                case 1 -> watched.continueHere();
                case 2 -> watched.moveEpisodes(dice.nextInt(5) - 2);
                case 3 -> watched.move(dice.nextInt(41) - 20);
                case 4 -> watched.loop(newest / 3, newest / 2);
                case 5 -> watched.recording().limit(1L << 17 + dice.nextInt(4));
                default -> watched.show(dice.nextLong(newest + 1));
            }
            shown += watched.past() ? 1 : 0;
            Thread.sleep(2);
        }
        return shown;
    }
}
