package marlab.sim.env;

import java.util.List;
import java.util.Map;
import marlab.sim.draw.Ink;
import marlab.sim.snapshot.Frame;

/// A grid world whose ground people can paint with the mouse. It has a {@link OptionSpec.Text}
/// option that takes a map as text, one letter a cell, one line a row; what is painted goes into
/// it.
public interface PaintableWorld extends WorldProvider {

    /// What a cell can be painted as.
    ///
    /// @param letter the cell's letter in a map text
    /// @param label what people read, for instance "wall"
    /// @param ink what the button shows
    record Tile(char letter, String label, Ink ink) {}

    /// The options to set for this map: `map`, unless the world says otherwise.
    ///
    /// @param map rows of equal length, ended by "\n"
    default Map<String, String> settings(String map) {
        return Map.of("map", map);
    }

    /// What cells can be painted as, in the order of the buttons.
    List<Tile> tiles(EnvOptions options);

    /// The ground of a world as it is, as map text: rows of equal length, ended by "\n". Cell (row,
    /// column) of it covers x from `column` to `column + 1` and y from `rows − row − 1` to `rows −
    /// row` in the world's picture.
    String mapText(EnvOptions options, Frame frame);
}
