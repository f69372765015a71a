package marlab.app.conform;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;

/// A trace file: one JSON object a line, gzipped.
public final class Trace {

    private final Path file;
    private int line;
    private TracePlayer player;

    private Trace(Path file) {
        this.file = file;
    }

    /// Plays a trace.
    ///
    /// @throws BadInput when it cannot be played
    public static Comparison play(Path file) {
        return new Trace(file).play();
    }

    /// Names of the MPE modules whose traces can be played.
    public static String mpeModules() {
        return String.join(", ", MpeModule.ALL.stream().map(MpeModule::module).toList());
    }

    private Comparison play() {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                take(record(text));
            }
        } catch (NoSuchFileException e) {
            throw new BadInput("There is no file " + file + "; check the name.");
        } catch (ZipException e) {
            throw new BadInput(
                    file + " is not gzip after line " + line + "; name a .jsonl.gz trace.");
        } catch (EOFException e) {
            throw new BadInput(
                    file + " ends in the middle after line " + line + "; copy it again.");
        } catch (IOException e) {
            throw new BadInput(
                    file
                            + " cannot be read after line "
                            + line
                            + " ("
                            + e.getMessage()
                            + "); check the file and its permissions.");
        }
        if (player == null || player.comparison() == null || player.comparison().steps() == 0) {
            throw new BadInput(file + " has no steps to compare; copy it again.");
        }
        return player.comparison();
    }

    private TraceRecord record(String text) {
        Map<?, ?> values;
        try {
            values = Json.object(text);
        } catch (IllegalArgumentException e) {
            values = null;
        }
        if (values == null) {
            throw new BadInput(
                    file + ", line " + line + " is not a JSON object; copy the trace again.");
        }
        return new TraceRecord(file + ", line " + line + ":", values);
    }

    private void take(TraceRecord record) {
        if (player == null) {
            player =
                    TracePlayer.SUITES.stream()
                            .map(suite -> suite.apply(record))
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElseThrow(() -> record.bad("begins no trace of a known suite"));
        }
        player.take(record);
    }
}
