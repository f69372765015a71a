package marlab.learning.train;

import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where a run comes from: what `run.json` says beside its status.
final class Provenance {

    private Provenance() {}

    static Map<String, Object> of(RunConfig config) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("schema", 1);
        run.put("status", "new");
        run.put("marlab", version());
        run.put("created", OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString());
        run.put("world", config.world());
        run.put("algorithm", config.algorithm().key());
        run.put("seed", config.seed());
        run.put(
                "java",
                System.getProperty("java.vm.name")
                        + " "
                        + System.getProperty("java.runtime.version"));
        run.put(
                "os",
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " "
                        + System.getProperty("os.arch"));
        run.put("processors", Runtime.getRuntime().availableProcessors());
        return run;
    }

    private static String version() {
        String version = Provenance.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
