package marlab.app.curves;

import java.util.ArrayList;
import java.util.List;
import marlab.app.chart.ChartRequest;
import marlab.learning.train.CurvePoint;
import marlab.learning.train.TrainingEvent;

/// What is known about the returns of the run so far. FX thread; pulled, never pushed.
public final class ReturnModel {

    private final List<CurvePoint> points = new ArrayList<>();
    private final List<Long> edits = new ArrayList<>();
    private List<ChartRequest.Reference> references = List.of();
    private String origin = "";
    private int events;
    private int changes;

    /// Index of the first point that is not here yet.
    public int nextPoint() {
        return points.size();
    }

    /// Index of the first event that is not here yet.
    public int nextEvent() {
        return events;
    }

    /// Takes more points.
    public void addPoints(List<CurvePoint> more) {
        points.addAll(more);
        changes += more.size();
    }

    /// Shows a curve of another day; it goes when a run begins.
    ///
    /// @param from name of the file that it comes from
    public void show(List<CurvePoint> curve, String from) {
        clear();
        addPoints(curve);
        origin = from;
    }

    /// Name of the file that the curve comes from; "" where it is of this day.
    public String origin() {
        return origin;
    }

    /// Takes more events.
    ///
    /// @return how many of them were reward edits
    public int addEvents(List<TrainingEvent> more) {
        int edited = 0;
        for (TrainingEvent event : more) {
            if (event.type().equals("reward_edited")) {
                edits.add(event.envSteps());
                edited++;
            }
        }
        events += more.size();
        changes += edited;
        return edited;
    }

    /// Sets the levels to compare with.
    public void references(List<ChartRequest.Reference> now) {
        if (!now.equals(references)) {
            references = List.copyOf(now);
            changes++;
        }
    }

    /// Forgets the run; the levels stay.
    public void clear() {
        points.clear();
        edits.clear();
        origin = "";
        events = 0;
        changes++;
    }

    /// All points.
    public List<CurvePoint> points() {
        return List.copyOf(points);
    }

    /// Environment steps of reward edits.
    public List<Long> edits() {
        return List.copyOf(edits);
    }

    /// Levels to compare with.
    public List<ChartRequest.Reference> references() {
        return references;
    }

    /// The newest point; null before the first.
    public CurvePoint latest() {
        return points.isEmpty() ? null : points.getLast();
    }

    /// Grows with every change.
    int changes() {
        return changes;
    }
}
