package marlab.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;

/// The rules of the house, one method a sentence: who may know whom.
@AnalyzeClasses(packages = "marlab", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule simKnowsOnlyTheJdk =
            classes()
                    .that()
                    .resideInAPackage("marlab.sim..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "marlab.sim..")
                    .because("a teacher can read the whole of sim, and nothing else is needed");

    @ArchTest
    static final ArchRule noJavaFxBelowTheApp =
            noClasses()
                    .that()
                    .resideInAnyPackage("marlab.sim..", "marlab.learning..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("javafx..", "java.awt..", "javax.swing..")
                    .because("the engine runs without a window, on machines without a display");

    @ArchTest
    static final ArchRule nd4jStaysInItsPackage =
            CompositeArchRule.of(
                            noClasses()
                                    .that()
                                    .resideOutsideOfPackage("marlab.learning.nd4j..")
                                    .should()
                                    .dependOnClassesThat()
                                    .resideInAnyPackage("org.nd4j..", "org.deeplearning4j.."))
                    .and(
                            noClasses()
                                    .that()
                                    .resideOutsideOfPackages(
                                            "marlab.learning.nd4j..", "marlab.app.video..")
                                    .should()
                                    .dependOnClassesThat()
                                    .resideInAPackage("org.bytedeco.."))
                    .because("ND4J is a frozen milestone: one package is what a change would cost");

    @ArchTest
    static final ArchRule worldsDoNotKnowEachOther =
            slices().matching("marlab.sim.world.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .because("a world can be read, copied and removed alone");

    @ArchTest
    static final ArchRule panelsDoNotKnowEachOther =
            CompositeArchRule.of(slices().matching("marlab.app.(*)..").should().beFreeOfCycles())
                    .and(onlyTheShellComposesPanels())
                    .because("a panel can be opened, moved and removed alone");

    @ArchTest
    static final ArchRule onlyTheBridgeTouchesThreads =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("marlab.app.fx..")
                    .should()
                    .callMethod(Platform.class, "runLater", Runnable.class)
                    .because("the bridge counts and times what the FX thread is asked to do");

    @ArchTest
    static final ArchRule noWallClockInSim =
            noClasses()
                    .that()
                    .resideInAnyPackage("marlab.sim..", "marlab.learning.algo..")
                    .should()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(Math.class, "random")
                    .orShould()
                    .callMethod(ThreadLocalRandom.class, "current")
                    .orShould()
                    .callConstructor(Random.class)
                    .because("the same seed and actions give the same bytes, today and next year");

    /// Style sheets and Java sources: a colour is named in the token sheets, elsewhere by its role.
    @Test
    void coloursLiveInTokens() throws IOException {
        Pattern inJava =
                Pattern.compile("\"[^\"]*#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\\b");
        Pattern inCss = Pattern.compile("#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\\b");
        List<String> found = new ArrayList<>();
        found.addAll(linesWith(inJava, "src/main/java", ".java"));
        found.addAll(linesWith(inCss, "src/main/resources", ".css"));
        found.addAll(linesWith(inCss, "../assets/src/main/resources", ".css"));
        found.removeIf(line -> line.matches(".*/tokens-[a-z]+\\.css:.*"));
        assertEquals(List.of(), found, "hex colours outside the token sheets");
    }

    /// What people read in the window is in `messages.properties`, where it can be translated.
    @Test
    void textsLiveInBundles() throws IOException {
        Pattern shown =
                Pattern.compile(
                        "(new (Label|Button|ToggleButton|CheckBox|RadioButton|Tooltip|MenuItem|Menu"
                                + "|Hyperlink|TitledPane|Tab|Text)|set(Text|PromptText|Title|HeaderText"
                                + "|ContentText|AccessibleText|AccessibleHelp))"
                                + "\\(\\s*\"[^\"]*\\p{L}{3,}");
        assertEquals(
                List.of(), linesWith(shown, "src/main/java", ".java"), "texts outside the bundles");
    }

    /// The scans above would pass in an empty folder.
    @Test
    void theScansSeeTheSources() throws IOException {
        Pattern anything = Pattern.compile(".");
        assertTrue(linesWith(anything, "src/main/java", ".java").size() > 100);
        assertTrue(linesWith(anything, "../assets/src/main/resources", ".css").size() > 20);
    }

    private static ArchRule onlyTheShellComposesPanels() {
        return Stream.of(
                        "world",
                        "curves",
                        "rewards",
                        "inspector",
                        "representation",
                        "contagion",
                        "shapley",
                        "timeline",
                        "compare",
                        "sweep",
                        "runs",
                        "lessons",
                        "studio")
                .map(panel -> "marlab.app." + panel + "..")
                .<ArchRule>map(panel ->
                        noClasses()
                                .that()
                                .resideOutsideOfPackages("marlab.app.shell..", panel)
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(panel))
                .reduce((rule, next) -> CompositeArchRule.of(rule).and(next))
                .orElseThrow();
    }

    /// Surefire starts tests in the folder of the module.
    private static List<String> linesWith(Pattern pattern, String folder, String suffix)
            throws IOException {
        Path root = Path.of(folder);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(suffix)).sorted().toList()) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (pattern.matcher(lines.get(i)).find()) {
                        String name = file.toString().replace('\\', '/');
                        found.add(name + ":" + (i + 1) + ": " + lines.get(i).strip());
                    }
                }
            }
        }
        return found;
    }
}
