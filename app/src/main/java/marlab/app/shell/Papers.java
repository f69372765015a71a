package marlab.app.shell;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import marlab.app.chart.CurveTable;
import marlab.app.text.Messages;
import marlab.app.text.PolicyNames;
import marlab.app.training.Run;
import marlab.app.watch.PolicyMenu;
import marlab.learning.train.Progress;
import marlab.sim.replay.ReplayHeader;

/// What a replay file says about the session that it comes from. Asked on the FX thread; what needs
/// a disk is left to be asked elsewhere.
///
/// @param header without the run's config
/// @param config the run's config, which is read from a file when asked
/// @param metrics the learning curve as a table; "" where there is none
record Papers(ReplayHeader header, Supplier<String> config, String metrics) {

    /// The papers of this session as it is now.
    static Papers of(Session session) {
        ReplayHeader origin = session.opened() == null ? null : session.opened().replay().header();
        Run run = session.desk().run();
        Map<String, String> about = new LinkedHashMap<>();
        about.put("program", program());
        about.put("made", LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString());
        about.put("policy", policy(session, run));
        about.put("seed", Long.toString(session.transport().seed().get()));
        if (run != null) {
            about.put("run", run.name());
            Progress progress = run.progress();
            about.put("trained", progress.envSteps() + " steps");
        } else if (origin != null) {
            origin.about().forEach(about::putIfAbsent);
        }
        Supplier<String> config = () -> origin == null ? "" : origin.config();
        boolean curve = session.returns().latest() != null;
        return new Papers(
                new ReplayHeader(
                        session.world().name(),
                        session.options().asText(),
                        session.firstWeights(),
                        about,
                        ""),
                run == null ? config : run::config,
                curve ? CurveTable.text(session.returns().points()) : "");
    }

    private static String policy(Session session, Run run) {
        String view = session.view();
        long version = run == null ? 0 : run.progress().policyVersion();
        return view.equals(PolicyMenu.LEARNED) && version > 0
                ? Messages.text("watch.policy.learned.version", Long.toString(version))
                : PolicyNames.of(view);
    }

    private static String program() {
        String version = Papers.class.getPackage().getImplementationVersion();
        return "Marlab " + (version == null ? "development" : version);
    }

    /// The header with everything in it. Not for the FX thread.
    ReplayHeader complete() {
        return new ReplayHeader(
                header.world(), header.options(), header.weights(), header.about(), config.get());
    }
}
