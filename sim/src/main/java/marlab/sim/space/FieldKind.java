package marlab.sim.space;

/// What the numbers of a {@link Field} are, so that networks, symmetry handling and the inspector
/// can treat them rightly without knowing the world.
public enum FieldKind {
    /// Independent numbers; unchanged by mirroring or turning the world.
    SCALAR,
    /// A free 2-D vector (x, y), such as a velocity; turns with the world.
    VECTOR,
    /// A 2-D position in world coordinates, measured from the centre; turns with the world.
    POSITION,
    /// A 2-D position relative to the observer; turns with the world and has a distance.
    RELATIVE_POSITION,
    /// A one-hot or free-valued symbol; unchanged by mirroring or turning.
    SYMBOL,
    /// A picture of cells, [channels × rows × columns] (see {@link Field#grid}): for convolutions.
    GRID,
    /// Always zero in this configuration (the reference keeps the slots); networks leave it out.
    ALWAYS_ZERO;

    /// True where the pair (x, y) changes when the world is mirrored or turned.
    public boolean turnsWithTheWorld() {
        return this == VECTOR || this == POSITION || this == RELATIVE_POSITION;
    }
}
