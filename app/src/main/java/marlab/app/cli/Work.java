package marlab.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import marlab.learning.sweep.MemberRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `marlab work`: one run of a sweep, in a process of its own. Started by `sweep` and `reproduce`,
/// not by people. Ends soon after its standard input does, which is also when the process that
/// started it dies.
@Command(
        name = "work",
        hidden = true,
        description = "Work on one run of a sweep; started by marlab sweep.",
        mixinStandardHelpOptions = true)
final class Work implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ORDER", description = "The file that says what to do.")
    private Path order;

    @Parameters(index = "1", paramLabel = "RUN", description = "The run's folder.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        MemberRun member = MemberRun.of(order, folder);
        CountDownLatch ended = new CountDownLatch(1);
        Thread onInterrupt =
                new Thread(
                        () -> {
                            member.stop();
                            await(ended);
                        },
                        "interrupt");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        Thread.ofPlatform().daemon().name("orders").start(() -> stopAtEnd(member));
        Thread reports = member.report(Work::tell);
        try {
            return member.run() == MemberRun.End.DONE
                    ? CommandLineMain.DONE
                    : CommandLineMain.CANCELLED;
        } catch (IllegalStateException e) {
            System.err.println("marlab: " + e.getMessage());
            return CommandLineMain.FAILED;
        } finally {
            reports.interrupt();
            ended.countDown();
        }
    }

    private static void tell(String line) {
        System.out.println(line);
    }

    private static void stopAtEnd(MemberRun member) {
        try {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // whoever gave orders is gone
        }
        member.stop();
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
