package marlab.app.curves;

import java.awt.geom.Rectangle2D;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javafx.scene.canvas.Canvas;
import marlab.app.chart.ChartFonts;
import marlab.app.chart.ChartRequest;
import marlab.app.chart.ReturnChart;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.data.Range;
import org.jfree.fx.FXGraphics2D;
import org.jfree.fx.FXHints;

/// Paints charts on canvases that are in no scene, on a thread of its own, "chart": JFreeChart
/// costs the FX thread nothing, not even its class loading. The newest request wins.
final class ChartArtist implements AutoCloseable {

    private final AtomicReference<ChartRequest> wanted = new AtomicReference<>();
    private final AtomicReference<ChartPicture> painted = new AtomicReference<>();
    private final Thread thread = new Thread(this::live, "chart");
    private volatile boolean closed;
    private ChartFonts fonts;

    /// Begins; nothing of JFreeChart is loaded before the first request.
    void start() {
        thread.setDaemon(true);
        thread.setPriority(Thread.NORM_PRIORITY - 1);
        thread.start();
    }

    /// Asks for a picture.
    void request(ChartRequest request) {
        wanted.set(request);
        LockSupport.unpark(thread);
    }

    /// The newest picture since the last call; null if there is none.
    ChartPicture take() {
        return painted.getAndSet(null);
    }

    private void live() {
        while (!closed) {
            ChartRequest request = wanted.getAndSet(null);
            if (request == null) {
                LockSupport.park(this);
            } else {
                painted.set(paint(request));
            }
        }
    }

    private ChartFonts fonts() {
        fonts = fonts == null ? new ChartFonts() : fonts;
        return fonts;
    }

    private ChartPicture paint(ChartRequest request) {
        ReturnChart builder = new ReturnChart(request, fonts().regular, fonts().bold);
        JFreeChart chart = builder.build();
        Canvas canvas = new Canvas(request.width(), request.height());
        FXGraphics2D g = new FXGraphics2D(canvas.getGraphicsContext2D());
        g.setRenderingHint(FXHints.KEY_USE_FX_FONT_METRICS, true);
        ChartRenderingInfo info = new ChartRenderingInfo();
        chart.draw(g, new Rectangle2D.Double(0, 0, request.width(), request.height()), info);
        Rectangle2D area = info.getPlotInfo().getDataArea();
        Range returns = builder.returnRange();
        return new ChartPicture(
                canvas,
                area.getMinX(),
                area.getMinY(),
                area.getMaxX(),
                area.getMaxY(),
                builder.stepRange().getUpperBound(),
                returns.getLowerBound(),
                returns.getUpperBound(),
                request.points());
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
