package marlab.app.chart;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/// Writes numbers and reads none: what axes need.
abstract class OneWayFormat extends NumberFormat {

    private static final long serialVersionUID = 1;

    abstract String text(double value);

    @Override
    public StringBuffer format(double value, StringBuffer into, FieldPosition position) {
        return into.append(text(value));
    }

    @Override
    public StringBuffer format(long value, StringBuffer into, FieldPosition position) {
        return into.append(text(value));
    }

    @Override
    public Number parse(String text, ParsePosition position) {
        throw new UnsupportedOperationException("axes are not read");
    }
}
