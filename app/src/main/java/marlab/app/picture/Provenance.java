package marlab.app.picture;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where a picture comes from, written into the file: what it shows, and by name the program, the
/// world, the seed. No dates and no names of people or machines, so that the same picture is the
/// same bytes. Immutable.
///
/// @param title what it shows, a few words
/// @param facts by name, in order; names are letters
public record Provenance(String title, Map<String, String> facts) {

    /// Name and version of the program.
    public static final String SOFTWARE = "Software";

    public Provenance {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        for (String name : facts.keySet()) {
            if (!name.matches("[A-Za-z]+")) {
                throw new IllegalArgumentException("not a name: " + name);
            }
        }
    }

    /// A picture by this version of the program, of which nothing else is known.
    public static Provenance of(String title, String version) {
        return new Provenance(title, Map.of(SOFTWARE, "Marlab " + version));
    }

    /// The same with one fact more.
    public Provenance with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(facts);
        more.put(name, value.toString());
        return new Provenance(title, more);
    }

    /// The same facts about another picture.
    public Provenance titled(String other) {
        return new Provenance(other, facts);
    }
}
