package marlab.app.curves;

import java.util.List;
import marlab.learning.train.CurveFile;
import marlab.learning.train.CurvePoint;

/// The curve as a table of comma-separated values, complete and exact.
final class CurveTable {

    private CurveTable() {}

    static String text(List<CurvePoint> points) {
        return CurveFile.table(points);
    }
}
