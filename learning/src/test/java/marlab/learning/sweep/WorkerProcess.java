package marlab.learning.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A worker for tests. Its third argument says how it behaves: `die` ends the process in the middle
/// of its first attempt, as kill -9 does; `fail` always fails; `work` works.
final class WorkerProcess {

    private WorkerProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path order = Path.of(arguments[0]);
        Path run = Path.of(arguments[1]);
        if (arguments[2].equals("fail")) {
            System.err.println("marlab: It went wrong.");
            System.exit(3);
        }
        boolean first = Files.notExists(run);
        MemberRun member = MemberRun.of(order, run);
        if (arguments[2].equals("die") && first) {
            Thread.ofPlatform().daemon().start(() -> dieInTheMiddle(member));
        }
        Thread.ofPlatform().daemon().start(() -> stopAtEnd(member));
        Thread reports = member.report(System.out::println);
        boolean done = member.run() == MemberRun.End.DONE;
        reports.interrupt();
        System.exit(done ? 0 : 130);
    }

    private static void dieInTheMiddle(MemberRun member) {
        while (member.progress() == null || member.progress().envSteps() < 200) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(137);
    }

    private static void stopAtEnd(MemberRun member) {
        try {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // whoever gave orders is gone
        }
        member.stop();
    }
}
