package marlab.learning.sweep;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import marlab.learning.train.BadInput;

/// Works on the runs of a sweep, several at a time, each in a process of its own: a run that dies
/// takes no other along, and as many small runs at once finish more in an hour than one with as
/// many threads. {@link #run} belongs to one thread; the rest may be called from any.
public final class SweepRunner {

    /// The program that a worker process runs.
    @FunctionalInterface
    public interface Program {
        /// A process that works on one run: it ends by itself, or soon after its standard input is
        /// closed, which also happens when this process dies. Its exit code is 0 when the result is
        /// written. On standard output it says where it stands, see {@link MemberRun#report}.
        ///
        /// @param order what the worker is given, for {@link MemberRun#of}
        /// @param run folder of the run
        ProcessBuilder worker(Path order, Path run);
    }

    /// What can be told of a sweep at work.
    ///
    /// @param total runs that belong to it
    /// @param done runs with a result
    /// @param working runs at work now
    /// @param failed runs that failed as often as they are tried
    /// @param secondsLeft estimate, NaN while unknown
    public record Status(int total, int done, int working, int failed, double secondsLeft) {}

    private static final int ATTEMPTS = 2;
    private static final int INTERRUPTED = 130;
    private static final int PATIENCE_SECONDS = 120;
    private static final int POLL_MILLIS = 50;

    private final SweepFolder folder;
    private final List<Member> members;
    private final int jobs;
    private final Program program;
    private final TimeLeft timeLeft = new TimeLeft();
    private final List<Job> working = new ArrayList<>(); // guarded by this
    private volatile int done;
    private volatile int failed;
    private volatile boolean stopping;

    /// One run in its process.
    private static final class Job {
        final Member member;
        final int attempt;
        final Process process;
        final long began = System.nanoTime();
        final Thread reader;
        volatile long first = -1;
        volatile long steps;

        Job(Member member, int attempt, Process process) {
            this.member = member;
            this.attempt = attempt;
            this.process = process;
            reader = Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.matches("\\d{1,18} \\d{1,18}")) {
                        steps = Long.parseLong(line.substring(0, line.indexOf(' ')));
                        first = first < 0 ? steps : first;
                    }
                }
            } catch (IOException e) {
                // it died; its exit code says so
            }
        }

        double seconds() {
            return (System.nanoTime() - began) * 1e-9;
        }
    }

    /// @param members the runs; those with a result are left alone, equal ones are done once
    /// @param jobs how many at a time
    public SweepRunner(SweepFolder folder, List<Member> members, int jobs, Program program) {
        this.folder = folder;
        this.members =
                members.stream()
                        .collect(
                                java.util.stream.Collectors.toMap(
                                        Member::name, m -> m, (m, same) -> m, LinkedHashMap::new))
                        .values()
                        .stream()
                        .toList();
        this.jobs = jobs;
        this.program = program;
    }

    /// Works until every run is done or has failed twice, or until asked to stop. Runs that failed
    /// before are tried again.
    ///
    /// @param ended is called after each run that ended, on this thread
    /// @return true unless it was stopped
    /// @throws BadInput where somebody else works on the same folder or it can't be written
    public boolean run(Runnable ended) {
        folder.write(members);
        try (FileChannel _ =
                folder.lock()
                        .orElseThrow(() ->
                                new BadInput(
                                        "Another process works on "
                                                + folder.path()
                                                + "; wait for it, or pause it with marlab sweep"
                                                + " --pause."))) {
            folder.takePause();
            return work(ended);
        } catch (IOException e) {
            throw folder.unwritable(e);
        }
    }

    private boolean work(Runnable ended) throws IOException {
        Deque<Member> waiting = new ArrayDeque<>();
        for (Member member : members) {
            folder.forgive(member);
            if (folder.outcome(member).isPresent()) {
                done++;
            } else {
                waiting.add(member);
            }
        }
        try {
            while (!waiting.isEmpty() || !working().isEmpty()) {
                stopping |= folder.takePause();
                if (stopping) {
                    break;
                }
                if (collect()) {
                    ended.run();
                }
                while (working().size() < jobs && !waiting.isEmpty()) {
                    start(waiting.poll(), 1);
                }
                timeLeft.waiting(waiting);
                sleep();
            }
        } finally {
            stopWorkers();
        }
        return !stopping;
    }

    private synchronized List<Job> working() {
        return List.copyOf(working);
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void start(Member member, int attempt) throws IOException {
        ProcessBuilder builder = program.worker(folder.order(member), folder.run(member));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(folder.log(member).toFile()));
        Job job = new Job(member, attempt, builder.start());
        synchronized (this) {
            working.add(job);
        }
    }

    /// Takes note of the runs that have ended.
    ///
    /// @return whether any has
    private boolean collect() throws IOException {
        boolean any = false;
        for (Job job : working()) {
            if (!job.process.isAlive()) {
                synchronized (this) {
                    working.remove(job);
                }
                ended(job);
                any = true;
            }
        }
        return any;
    }

    private void ended(Job job) throws IOException {
        if (folder.outcome(job.member).isPresent()) {
            folder.forgive(job.member);
            timeLeft.ended(job.member, job.seconds(), Math.max(0, job.first));
            done++;
            return;
        }
        if (job.process.exitValue() == INTERRUPTED) { // Ctrl-C reaches it as it reaches this one
            if (!stopping) {
                start(job.member, job.attempt);
            }
            return;
        }
        String why = lastWords(job);
        folder.fail(job.member, new SweepFolder.Failure(job.attempt, why));
        if (job.attempt < ATTEMPTS && !stopping) {
            start(job.member, job.attempt + 1);
        } else {
            failed++;
        }
    }

    /// What a worker process said last, else its exit code.
    private String lastWords(Job job) {
        try {
            List<String> said =
                    Files.readAllLines(folder.log(job.member)).stream()
                            .filter(line -> line.startsWith("marlab: "))
                            .toList();
            if (!said.isEmpty()) {
                return said.getLast().substring("marlab: ".length());
            }
        } catch (IOException e) {
            // then it said nothing that can be read
        }
        return "The process ended with code " + job.process.exitValue() + ".";
    }

    /// Asks the workers to save and end, and waits for them.
    private void stopWorkers() throws IOException {
        List<Job> last = working();
        for (Job job : last) {
            try {
                job.process.outputWriter().close();
            } catch (IOException e) {
                // it has ended already
            }
        }
        for (Job job : last) {
            try {
                if (!job.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    job.process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                job.process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            if (folder.outcome(job.member).isPresent()) {
                done++;
            }
        }
        synchronized (this) {
            working.removeAll(last);
        }
    }

    /// Asks {@link #run} to return soon: runs at work save where they are.
    public void stop() {
        stopping = true;
    }

    /// Where the sweep stands.
    public Status status() {
        List<Job> now = working();
        double left = timeLeft.waitingSeconds();
        for (Job job : now) {
            left += timeLeft.left(job.member, job.seconds(), job.first, job.steps);
        }
        return new Status(members.size(), done, now.size(), failed, left / jobs);
    }
}
