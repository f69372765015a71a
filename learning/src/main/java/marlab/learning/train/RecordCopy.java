package marlab.learning.train;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/// Copies of records with one component changed: what a language feature will do one day.
final class RecordCopy {

    private RecordCopy() {}

    /// The record with another value for one component.
    ///
    /// @param component its name
    /// @param value of the component's type; numbers are converted
    static <R extends Record> R with(R record, String component, Object value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Object[] values = new Object[components.length];
            for (int k = 0; k < values.length; k++) {
                boolean changed = components[k].getName().equals(component);
                var accessor = components[k].getAccessor();
                accessor.setAccessible(true); // of records that their package keeps to itself
                values[k] = changed ? converted(value, types[k]) : accessor.invoke(record);
            }
            @SuppressWarnings("unchecked") // the constructor is the record's own
            R copy = (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
            return copy;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no copy of " + record + " with " + component, e);
        }
    }

    private static Object converted(Object value, Class<?> type) {
        if (value instanceof Number number) {
            if (type == int.class) {
                return number.intValue();
            }
            return type == long.class ? (Object) number.longValue() : number.doubleValue();
        }
        return value;
    }
}
