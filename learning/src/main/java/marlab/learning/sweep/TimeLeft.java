package marlab.learning.sweep;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How long the rest of a sweep will take: what runs of the same world and algorithm took for a
/// step, else what the others took. Any thread.
final class TimeLeft {

    /// Seconds and steps of runs that have ended or go on.
    private static final class Spent {
        double seconds;
        double steps;
    }

    private final Map<String, Spent> spent = new HashMap<>();
    private final Map<Member, double[]> running = new HashMap<>(); // seconds, steps
    private List<Member> waiting = List.of();

    private static String kind(Member member) {
        return member.config().world() + " " + member.config().algorithm().key();
    }

    /// Takes note of a run that has ended.
    ///
    /// @param before steps that it had spent when its process began
    synchronized void ended(Member member, double seconds, long before) {
        running.remove(member);
        for (String kind : List.of(kind(member), "")) {
            Spent sum = spent.computeIfAbsent(kind, k -> new Spent());
            sum.seconds += seconds;
            sum.steps += member.config().training().steps() - before;
        }
    }

    /// Takes note of the runs that have not begun.
    synchronized void waiting(Collection<Member> members) {
        waiting = List.copyOf(members);
    }

    /// Seconds that a run at work still needs; NaN while unknown.
    synchronized double left(Member member, double seconds, long first, long steps) {
        if (first >= 0 && steps > first) {
            running.put(member, new double[] {seconds, steps - first});
        }
        long total = member.config().training().steps();
        return Math.max(0, total - steps) * perStep(member);
    }

    /// Seconds of work that the runs need that have not begun; NaN while unknown.
    synchronized double waitingSeconds() {
        double sum = 0;
        for (Member member : waiting) {
            sum += member.config().training().steps() * perStep(member);
        }
        return sum;
    }

    private double perStep(Member member) {
        double same = perStep(kind(member));
        return Double.isNaN(same) ? perStep("") : same;
    }

    private double perStep(String kind) {
        double seconds = 0;
        double steps = 0;
        Spent sum = spent.get(kind);
        if (sum != null) {
            seconds += sum.seconds;
            steps += sum.steps;
        }
        for (Map.Entry<Member, double[]> each : running.entrySet()) {
            if (kind.isEmpty() || kind.equals(kind(each.getKey()))) {
                seconds += each.getValue()[0];
                steps += each.getValue()[1];
            }
        }
        return steps == 0 ? Double.NaN : seconds / steps;
    }
}
