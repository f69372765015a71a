package marlab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What this computer is, for tables of measured times.
final class Machine {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /// The processor's name where the system tells it, else its kind.
    static String processor() {
        String name = System.getenv("PROCESSOR_IDENTIFIER"); // Windows
        if (name == null && Files.isReadable(CPUS)) {
            try (var lines = Files.lines(CPUS)) {
                name =
                        lines.filter(line -> line.startsWith("model name"))
                                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                                .findFirst()
                                .orElse(null);
            } catch (IOException e) {
                // then it has no name
            }
        }
        return name == null ? System.getProperty("os.arch") + " processor" : name;
    }
}
