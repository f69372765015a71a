package marlab.app.curves;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import marlab.app.chart.ChartRequest;
import marlab.app.chart.CurveTable;
import marlab.app.chart.PictureFile;
import marlab.app.fx.TestToolkit;
import marlab.app.theme.ColourRegistry;
import marlab.app.theme.Palette;
import marlab.app.theme.Scheme;
import marlab.learning.train.CurvePoint;
import marlab.learning.train.TrainingEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CurvesTest {

    private static final List<CurvePoint> POINTS =
            List.of(
                    new CurvePoint(3_200, 0.1, 128, -26, -27, -25, -26),
                    new CurvePoint(6_400, 0.2, 128, -20, -21, -19, -20),
                    new CurvePoint(9_600, 0.3, 1, -18, Double.NaN, Double.NaN, -18));

    @TempDir Path folder;

    private static ChartRequest request(List<CurvePoint> points) {
        return new ChartRequest(
                396,
                240,
                points,
                List.of(6_400L),
                List.of(new ChartRequest.Reference("random \u221226", -26, false)),
                0,
                new ColourRegistry(Palette.of(Scheme.DARK)));
    }

    @Test
    void chartsArePaintedOffScreenOnAThreadOfTheirOwn() throws InterruptedException {
        try (ChartArtist artist = new ChartArtist()) {
            TestToolkit.start();
            artist.start();
            artist.request(request(POINTS));
            ChartPicture picture = null;
            for (int k = 0; k < 1_000 && picture == null; k++) {
                Thread.sleep(20);
                picture = artist.take();
            }
            assertNotNull(picture);
            assertEquals(POINTS.get(1), picture.nearest(picture.column(6_500)));
            assertTrue(picture.row(-18) < picture.row(-26));
            assertTrue(picture.contains(picture.column(6_400), picture.row(-20)));
        }
    }

    @Test
    void curveIsExportedAsTableAndPicture() throws Exception {
        assertEquals(4, CurveTable.text(POINTS).lines().count());
        Path png = folder.resolve("return.png");
        PictureFile.write(png, request(POINTS), "Return");
        assertTrue(Files.size(png) > 5_000);
        assertEquals(1, Files.list(folder).count(), "nothing half-written");
    }

    @Test
    void everyRewardEditIsAMarker() {
        ReturnModel model = new ReturnModel();
        model.addEvents(
                List.of(
                        new TrainingEvent(0, "started", ""),
                        new TrainingEvent(6_400, "reward_edited", "Reward edited."),
                        new TrainingEvent(9_600, "checkpoint", "")));
        assertEquals(List.of(6_400L), model.edits());
        assertEquals(3, model.nextEvent());
        model.clear();
        assertEquals(0, model.nextEvent());
    }
}
