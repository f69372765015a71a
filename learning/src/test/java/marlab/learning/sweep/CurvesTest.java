package marlab.learning.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvesTest {

    @TempDir private Path folder;

    private Curves curves(String name, double... figures) throws IOException {
        StringBuilder text = new StringBuilder("env_steps,wall_s,key,agent,value\n");
        for (int k = 0; k < figures.length; k++) {
            int steps = 100 * (k + 1);
            text.append(steps + "," + k + ".5,return,,99.0\n");
            text.append(steps + "," + k + ".5,evaluation_return.sum,," + 2 * figures[k] + "\n");
            text.append(steps + "," + k + ".5,evaluation_return.mean,," + figures[k] + "\n");
        }
        Path run = Files.createDirectories(folder.resolve(name));
        Files.writeString(run.resolve("metrics.csv"), text);
        return Curves.read(run, "mean");
    }

    @Test
    void theMarkIsReachedWhenAnEvaluationIsFirstAtOrAboveIt() throws IOException {
        Curves curves = curves("a", -5, -2, -3, -1);
        assertEquals(200, curves.stepsTo(-2).orElseThrow());
        assertEquals(1.5, curves.secondsTo(-2).orElseThrow());
        assertEquals(400, curves.stepsTo(-1.5).orElseThrow());
        assertTrue(curves.stepsTo(0).isEmpty());
        assertTrue(curves.stepsTo(Double.NaN).isEmpty());
    }

    @Test
    void runsArePutTogetherEvaluationByEvaluation() throws IOException {
        Curves.Together together =
                Curves.together(
                        List.of(curves("a", 1, 2), curves("b", 3, 4, 5), curves("c", 8, 9)));
        assertArrayEquals(new long[] {100, 200, 300}, together.steps());
        assertArrayEquals(new int[] {3, 3, 1}, together.n());
        assertArrayEquals(new double[] {3, 4, 5}, together.median().middle());
        assertArrayEquals(new double[] {4, 5, 5}, together.iqm().middle(), 1e-12);
        List<String> lines = Curves.lines("clip=0.1, epochs=2", together);
        assertTrue(
                lines.getFirst().startsWith("\"clip=0.1, epochs=2\",100,3,3.0000000,"),
                lines.getFirst());
    }
}
