package marlab.app.gallery;

import java.util.Locale;
import marlab.sim.env.Family;

/// What a person looks for. Immutable.
///
/// @param family null for any
/// @param words any text; all of its words are to be found
record Search(Family family, String words) {

    boolean wants(Family of) {
        return family == null || family == of;
    }

    boolean finds(String text) {
        String whole = text.toLowerCase(Locale.ROOT);
        for (String word : words.toLowerCase(Locale.ROOT).strip().split("\\s+")) {
            if (!whole.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
