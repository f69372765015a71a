package marlab.learning.net;

import java.util.stream.Stream;
import marlab.learning.nd4j.Nd4jAlgebra;
import org.junit.jupiter.api.Named;

/// The engines that every network must work on.
final class Algebras {

    private Algebras() {}

    static Stream<Named<LinearAlgebra>> all() {
        return Stream.<LinearAlgebra>of(new PlainAlgebra(), new Nd4jAlgebra())
                .map(a -> Named.of(a.name(), a));
    }
}
