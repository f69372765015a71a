package marlab.app.curves;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.function.Supplier;
import javafx.scene.layout.Pane;
import marlab.app.card.VectorContent;
import marlab.app.chart.ChartFonts;
import marlab.app.chart.ChartRequest;
import marlab.app.chart.ReturnChart;
import marlab.app.picture.Drawing;
import marlab.app.picture.Typefaces;

/// Where the chart is: painted on a canvas, and drawn anew for pictures. FX thread.
final class ChartPane extends Pane implements VectorContent {

    private final Supplier<ChartRequest> request;

    /// @param request the chart now
    ChartPane(Supplier<ChartRequest> request) {
        this.request = request;
    }

    @Override
    public Drawing vectors() {
        return getChildren().isEmpty() ? null : new ChartDrawing(request.get());
    }

    private record ChartDrawing(ChartRequest request) implements Drawing {

        @Override
        public double width() {
            return request.width();
        }

        @Override
        public double height() {
            return request.height();
        }

        @Override
        public void draw(Graphics2D graphics) {
            ChartFonts fonts = Typefaces.inter();
            new ReturnChart(request, fonts.regular, fonts.bold)
                    .build()
                    .draw(graphics, new Rectangle2D.Double(0, 0, width(), height()));
        }
    }
}
