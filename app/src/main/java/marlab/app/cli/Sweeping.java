package marlab.app.cli;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import marlab.learning.sweep.Member;
import marlab.learning.sweep.SweepFolder;
import marlab.learning.sweep.SweepRunner;
import marlab.learning.train.BadInput;

/// Drives a sweep from the command line: progress line, Ctrl-C, what failed.
final class Sweeping {

    private Sweeping() {}

    /// The number of runs at a time that a person asked for.
    ///
    /// @param jobs null for as many as there are processors
    static int jobs(Integer jobs) {
        int processors = Runtime.getRuntime().availableProcessors();
        if (jobs != null && (jobs < 1 || jobs > 1000)) {
            throw new BadInput("--jobs must be a whole number from 1 to 1000, not " + jobs + ".");
        }
        return jobs == null ? processors : jobs;
    }

    /// Works on the runs until all are done or somebody stops it.
    ///
    /// @param command what goes on with it, to be told when it is stopped
    /// @param ended is called after each run that ended
    /// @return the exit code
    static int run(
            SweepFolder folder,
            List<Member> members,
            int jobs,
            WorkerProgram program,
            String command,
            Runnable ended) {
        SweepRunner runner = new SweepRunner(folder, members, jobs, program);
        CountDownLatch finished = new CountDownLatch(1);
        Thread onInterrupt =
                new Thread(
                        () -> {
                            if (finished.getCount() > 0) {
                                System.err.println("Stopping; runs save where they are …");
                                runner.stop();
                                await(finished);
                            }
                        },
                        "interrupt");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        boolean complete;
        try (ProgressLine _ = new ProgressLine(() -> describe(runner.status()))) {
            complete = runner.run(ended);
        } finally {
            finished.countDown();
        }
        boolean failed = false;
        for (Member member : members) {
            var failure = folder.failure(member);
            if (failure.isPresent() && folder.outcome(member).isEmpty()) {
                failed = true;
                System.err.println(
                        "marlab: "
                                + member.label()
                                + ", seed "
                                + member.config().seed()
                                + " failed "
                                + (failure.get().attempts() == 1
                                        ? "once"
                                        : failure.get().attempts() + " times")
                                + ": "
                                + failure.get().why());
            }
        }
        if (!complete) {
            System.err.println("Stopped; go on with: " + command);
            return CommandLineMain.CANCELLED;
        }
        if (failed) {
            System.err.println("Try the failed runs again with: " + command);
        }
        return failed ? CommandLineMain.FAILED : CommandLineMain.DONE;
    }

    private static void await(CountDownLatch finished) {
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String describe(SweepRunner.Status s) {
        return s.done()
                + " of "
                + s.total()
                + " runs done, "
                + s.working()
                + " at work"
                + (s.failed() > 0 ? ", " + s.failed() + " failed" : "")
                + "  "
                + (Double.isNaN(s.secondsLeft()) ? "–" : Output.clock(s.secondsLeft()))
                + " left";
    }
}
