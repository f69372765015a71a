package marlab.learning.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.learning.algo.Figure;
import marlab.learning.analysis.Interval;
import marlab.learning.store.Json;
import marlab.learning.store.RunDirectory;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ReturnDialect;

/// What is told of a run: figures into `metrics.csv`, events into `events.jsonl`, and both to
/// whoever looks on. Written by the learner thread, read by any.
final class Journal {

    private final RunDirectory directory;
    private final EnvSpec spec;
    private final List<CurvePoint> curve = new ArrayList<>();
    private final List<TrainingEvent> events = new ArrayList<>();

    Journal(RunDirectory directory, EnvSpec spec) {
        this.directory = directory;
        this.spec = spec;
    }

    /// Takes up what was told before a resume.
    synchronized void take(List<CurvePoint> earlierCurve, List<TrainingEvent> earlierEvents) {
        curve.addAll(earlierCurve);
        events.addAll(earlierEvents);
    }

    /// Events of a run up to a number of steps.
    static List<TrainingEvent> read(RunDirectory run, long upTo) throws IOException {
        List<TrainingEvent> events = new ArrayList<>();
        for (String line : run.events()) {
            Map<?, ?> event = Json.object(line);
            if (event.get("step") instanceof Number step
                    && event.get("type") instanceof String type
                    && event.get("text") instanceof String text
                    && step.longValue() <= upTo) {
                events.add(new TrainingEvent(step.longValue(), type, text));
            }
        }
        return events;
    }

    /// Points of the curve from index `from` on.
    synchronized List<CurvePoint> curve(int from) {
        return List.copyOf(curve.subList(Math.min(from, curve.size()), curve.size()));
    }

    /// Newest point of the curve, null before the first.
    synchronized CurvePoint latest() {
        return curve.isEmpty() ? null : curve.getLast();
    }

    /// Events from index `from` on.
    synchronized List<TrainingEvent> events(int from) {
        return List.copyOf(events.subList(Math.min(from, events.size()), events.size()));
    }

    /// Notes an event, on disk at once.
    void note(long envSteps, String type, String text) throws IOException {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("step", envSteps);
        event.put("type", type);
        event.put("text", text);
        directory.event(event);
        synchronized (this) {
            events.add(new TrainingEvent(envSteps, type, text));
        }
    }

    /// Figures of the episodes that ended in a roll-out, if any did.
    void episodes(long envSteps, double wall, Collector.Episodes episodes) throws IOException {
        int n = episodes.metrics.size();
        if (n == 0) {
            return;
        }
        Interval interval =
                Interval.of(episodes.dialect(spec.dialects().getFirst(), spec.agentCount()));
        interval(envSteps, wall, "return", interval);
        directory.metric(envSteps, wall, "episodes", "", n);
        for (int m = 0; m < spec.metrics().size(); m++) {
            directory.metric(envSteps, wall, spec.metrics().get(m).name(), "", episodes.metric(m));
        }
        double training = 0;
        for (AgentId agent : spec.agents()) {
            double own = episodes.agentReturn(agent.index());
            directory.metric(envSteps, wall, "training_return", agent.letter(), own);
            training += own / spec.agentCount();
        }
        CurvePoint point =
                new CurvePoint(
                        envSteps,
                        wall,
                        n,
                        interval.mean(),
                        interval.low(),
                        interval.high(),
                        training);
        synchronized (this) {
            curve.add(point);
        }
    }

    /// Figures of an update.
    void figures(long envSteps, double wall, List<Figure> figures) throws IOException {
        for (Figure figure : figures) {
            directory.metric(envSteps, wall, figure.key(), figure.who(), figure.value());
        }
    }

    /// Figures of an evaluation on fixed seeds.
    void evaluation(long envSteps, double wall, Evaluation evaluation) throws IOException {
        interval(
                envSteps,
                wall,
                "evaluation_return",
                evaluation.dialect(spec.dialects().getFirst()));
        for (ReturnDialect dialect : spec.dialects()) {
            String key = "evaluation_return." + dialect.name();
            directory.metric(envSteps, wall, key, "", evaluation.dialect(dialect).mean());
        }
        for (int m = 0; m < spec.metrics().size(); m++) {
            String key = "evaluation_" + spec.metrics().get(m).name();
            directory.metric(envSteps, wall, key, "", evaluation.metric(m).mean());
        }
    }

    private void interval(long envSteps, double wall, String key, Interval interval)
            throws IOException {
        directory.metric(envSteps, wall, key, "", interval.mean());
        directory.metric(envSteps, wall, key + "_low", "", interval.low());
        directory.metric(envSteps, wall, key + "_high", "", interval.high());
    }
}
