package marlab.learning.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepPlanTest {

    private static SweepPlan plan(String json) {
        return SweepPlan.of(Json.object(json));
    }

    private static List<String> labels(SweepPlan plan) {
        return plan.points().stream().map(Member::label).toList();
    }

    @Test
    void aGridHasEveryCombinationAndItsLastAxisChangesFastest() {
        assertEquals(
                List.of(
                        "algorithm=ippo, clip=0.1",
                        "algorithm=ippo, clip=0.2",
                        "algorithm=mappo, clip=0.1",
                        "algorithm=mappo, clip=0.2"),
                labels(
                        plan(
                                "{\"grid\": {\"algorithm\": [\"ippo\", \"mappo\"], \"clip\": [0.1, 0.2]}}")));
    }

    @Test
    void aListIsCrossedWithTheGrid() {
        assertEquals(
                List.of("clip=0.1, epochs=2", "clip=0.1, epochs=3, share=1"),
                labels(
                        plan(
                                "{\"grid\": {\"clip\": [0.1]},"
                                        + " \"list\": [{\"epochs\": 2}, {\"epochs\": 3, \"share\": 1}]}")));
    }

    @Test
    void everyPartOfEveryAxisOfALatinHypercubeHasOneSample() {
        Map<String, Design.Range> axes =
                Map.of(
                        "a", Design.Range.of("0.0..1.0"),
                        "b", Design.Range.of("1e-4..1e0:log"));
        List<Map<String, String>> points = Design.latin(axes, 8, 1);
        assertEquals(8, points.size());
        int[] partsOfA = new int[8];
        int[] partsOfB = new int[8];
        for (Map<String, String> point : points) {
            partsOfA[(int) (8 * Double.parseDouble(point.get("a")))]++;
            partsOfB[(int) (2 * (4 + Math.log10(Double.parseDouble(point.get("b")))))]++;
        }
        int[] one = new int[8];
        Arrays.fill(one, 1);
        assertEquals(Arrays.toString(one), Arrays.toString(partsOfA));
        assertEquals(Arrays.toString(one), Arrays.toString(partsOfB));
    }

    @Test
    void theSameLatinHypercubeIsDrawnEveryTime() {
        String json = "{\"lhs\": {\"learning_rate\": \"1e-4..1e-2:log\"}, \"samples\": 4}";
        assertEquals(labels(plan(json)), labels(plan(json)));
        Map<String, Design.Range> axis = Map.of("a", Design.Range.of("0.0..1.0"));
        assertNotEquals(Design.latin(axis, 4, 1), Design.latin(axis, 4, 2));
    }

    @Test
    void endsThatAreWholeNumbersGiveWholeNumbers() {
        for (Map<String, String> point :
                Design.latin(Map.of("epochs", Design.Range.of("1..8")), 16, 1)) {
            int epochs = Integer.parseInt(point.get("epochs"));
            assertTrue(epochs >= 1 && epochs <= 8, point.toString());
        }
    }

    @Test
    void seedsAreNumbersAndRanges() {
        assertEquals(List.of(1L, 2L, 3L), Design.seeds("1-3"));
        assertEquals(List.of(7L, 1L, 2L), Design.seeds("7, 1-2,7"));
        assertEquals(List.of(4L, 9L), plan("{\"seeds\": [4, 9]}").seeds());
    }

    @Test
    void membersHaveNamesThatSayTheirSettings() {
        String json = "{\"grid\": {\"clip\": [0.1, 0.2]}, \"seeds\": \"1-2\"}";
        List<Member> members = plan(json).members();
        List<String> names = members.stream().map(Member::name).toList();
        assertEquals(4, names.stream().distinct().count());
        assertTrue(names.getFirst().startsWith("simple_spread_mappo_s1_"), names.toString());
        assertEquals(names, plan(json).members().stream().map(Member::name).toList());
        Member first = members.getFirst();
        assertEquals(first.name(), Member.fromTree(first.toTree()).name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    {"axes": {}}; has no "axes"
                    {"grid": {"clip": 0.1}}; must be a list
                    {"grid": {"clip": [0.1, 0.10]}}; are the same
                    {"grid": {"no_such": [1]}}; There is no setting "no_such"
                    {"grid": {"clip": ["wide"]}}; clip must be
                    {"lhs": {"clip": "0.1..0.3"}}; needs both
                    {"lhs": {"clip": "0.3..0.1"}, "samples": 2}; below the upper
                    {"lhs": {"clip": "0..1:log"}, "samples": 2}; above 0
                    {"lhs": {"clip": "0.1-0.3"}, "samples": 2}; low..high
                    {"seeds": "5-1"}; goes upwards
                    {"seeds": "some"}; whole numbers
                    {"seeds": "1-9999", "grid": {"epochs": [1,2,3,4,5,6,7,8,9,10,11]}}; more than
                    {"algorithm": "iql", "settings": {"actions": "continuous"}}; real numbers
                    """)
    void badPlansAreRefusedInOneSentence(String json, String says) {
        BadInput bad = assertThrows(BadInput.class, () -> plan(json).members());
        assertTrue(bad.getMessage().contains(says), bad.getMessage());
        assertTrue(bad.getMessage().endsWith("."), bad.getMessage());
    }
}
