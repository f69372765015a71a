package marlab.sim.planning;

/// What planners may read of a world of square cells in which agents walk to goals. A cell is the
/// number `row · columns + column`, row 0 on top; neighbours share a side. The actions of such a
/// world are 0 stay, 1 up (row − 1), 2 down (row + 1), 3 left (column − 1), 4 right (column + 1).
/// No call allocates or changes anything.
public interface GridWorld {

    /// Cells from top to bottom.
    int rows();

    /// Cells from left to right.
    int columns();

    /// True for an obstacle. Everything outside the rows and columns counts as one, too.
    ///
    /// @param cell within 0 and `rows() · columns() − 1`
    boolean blocked(int cell);

    /// A number that is another one whenever obstacles may have changed, so after every reset and
    /// every restore: planners keep distances as long as it stays.
    int mapVersion();

    /// Number of agents, those that are no longer active included.
    int agents();

    /// The cell on which an agent stands; where it stood last when it is not active.
    int cellOf(int agent);

    /// The cell to which an agent wants to go now.
    int goalOf(int agent);

    /// False for an agent that has left the grid: it is in nobody's way and its action counts for
    /// nothing.
    boolean active(int agent);
}
