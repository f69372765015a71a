package marlab.learning.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import marlab.learning.train.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepRunnerTest {

    @TempDir private Path folder;

    /// Simple Spread with small networks.
    ///
    /// @param steps 40 make an update
    private static List<Member> members(int steps, Object... clips) {
        return SweepPlan.of(
                        Map.of(
                                "settings",
                                Map.of(
                                        "copies", "4",
                                        "rollout", "10",
                                        "steps", steps,
                                        "epochs", "1",
                                        "minibatches", "1",
                                        "hidden", "8",
                                        "checkpoint_every", "2",
                                        "evaluate_every", "5",
                                        "evaluate_episodes", "2",
                                        "math", "plain"),
                                "grid",
                                Map.of("clip", List.of(clips)),
                                "seeds",
                                "1",
                                "episodes",
                                4))
                .members();
    }

    private static SweepRunner.Program program(Function<Path, String> behaviour) {
        return (order, run) ->
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:ActiveProcessorCount=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerProcess.class.getName(),
                        order.toString(),
                        run.toString(),
                        behaviour.apply(run));
    }

    private Outcome alone(Member member) throws IOException {
        Path run = folder.resolve("alone-" + member.name());
        assertEquals(MemberRun.End.DONE, new MemberRun(member, run).run());
        return Outcome.fromTree(
                marlab.learning.store.Json.object(Files.readString(SweepFolder.result(run))));
    }

    @Test
    void aRunThatDiesGoesOnWhereItWasAndOneThatFailsIsReported() throws IOException {
        List<Member> members = members(400, 0.1, 0.2);
        SweepFolder sweep = new SweepFolder(folder.resolve("sweep"));
        Path failing = sweep.run(members.get(1));
        SweepRunner runner =
                new SweepRunner(
                        sweep, members, 2, program(run -> run.equals(failing) ? "fail" : "die"));
        assertTrue(runner.run(() -> {}));
        Outcome outcome = sweep.outcome(members.get(0)).orElseThrow();
        assertEquals(alone(members.get(0)).returns(), outcome.returns());
        assertTrue(
                Files.readString(sweep.run(members.get(0)).resolve("events.jsonl"))
                        .contains("\"resumed\""));
        assertEquals(
                new SweepFolder.Failure(2, "It went wrong."),
                sweep.failure(members.get(1)).orElseThrow());
        SweepRunner.Status status = runner.status();
        assertEquals(List.of(2, 1, 0, 1), counts(status));
        assertTrue(SweepReport.write(sweep, members).contains("| 1 of 1 | 0 |"));

        SweepRunner again = new SweepRunner(sweep, members, 1, program(run -> "work"));
        assertTrue(again.run(() -> {}));
        assertEquals(List.of(2, 2, 0, 0), counts(again.status()));
        assertTrue(sweep.failure(members.get(1)).isEmpty());
    }

    private static List<Integer> counts(SweepRunner.Status s) {
        return List.of(s.total(), s.done(), s.working(), s.failed());
    }

    @Test
    void aPausedSweepGoesOnToTheSameResult() throws Exception {
        List<Member> members = members(8_000, 0.1);
        SweepFolder sweep = new SweepFolder(folder.resolve("sweep"));
        assertThrows(BadInput.class, sweep::pause);
        SweepRunner runner = new SweepRunner(sweep, members, 1, program(run -> "work"));
        boolean[] complete = {true};
        Thread running = Thread.ofPlatform().start(() -> complete[0] = runner.run(() -> {}));
        Path checkpoints = sweep.run(members.getFirst()).resolve("checkpoints");
        while (!Files.exists(checkpoints.resolve("000004"))) {
            Thread.sleep(1);
        }
        assertThrows(
                BadInput.class,
                () -> new SweepRunner(sweep, members, 1, program(run -> "work")).run(() -> {}));
        sweep.pause();
        running.join();
        assertFalse(complete[0]);
        assertTrue(sweep.outcome(members.getFirst()).isEmpty());

        List<Member> known = sweep.members().orElseThrow();
        assertTrue(new SweepRunner(sweep, known, 1, program(run -> "work")).run(() -> {}));
        assertEquals(
                alone(members.getFirst()).returns(),
                sweep.outcome(members.getFirst()).orElseThrow().returns());
    }
}
