package marlab.app.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javafx.scene.text.Font;

/// The bundled typefaces: Inter for words and figures, JetBrains Mono for codes and seeds.
public final class Fonts {

    private static final String FOLDER = "/marlab/assets/fonts/";
    private static final List<String> FILES =
            List.of("inter-regular", "inter-bold", "jetbrains-mono-regular");

    private Fonts() {}

    /// Makes the typefaces known to JavaFX. Any thread once the toolkit runs.
    public static void load() {
        for (String name : FILES) {
            try (InputStream file = open(name)) {
                Font.loadFont(file, 13);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// The file of a typeface, for instance `inter-bold`, as .ttf or .otf.
    public static InputStream open(String name) {
        InputStream file = Fonts.class.getResourceAsStream(FOLDER + name + ".ttf");
        return file != null ? file : Fonts.class.getResourceAsStream(FOLDER + name + ".otf");
    }
}
