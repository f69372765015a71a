package marlab.app.picture;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;

/// Writes drawings as a page of PDF, as large as the drawing. Type is drawn as outlines, so it
/// looks the same everywhere. The same drawing is the same bytes: no dates, and an id from what is
/// known.
final class PdfDocument {

    /// Points per pixel: a pixel is 1/96 inch.
    private static final float POINTS = 0.75f;

    private PdfDocument() {}

    static byte[] bytes(Drawing drawing, Provenance provenance) throws IOException {
        float width = (float) drawing.width();
        float height = (float) drawing.height();
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage(new PDRectangle(width * POINTS, height * POINTS));
            document.addPage(page);
            PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(document, width, height);
            drawing.draw(graphics);
            graphics.dispose();
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.transform(Matrix.getScaleInstance(POINTS, POINTS));
                content.drawForm(graphics.getXFormObject());
            }
            document.setDocumentInformation(information(provenance));
            document.setDocumentId(0L);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    private static PDDocumentInformation information(Provenance provenance) {
        PDDocumentInformation information = new PDDocumentInformation();
        information.setTitle(provenance.title());
        for (Map.Entry<String, String> fact : provenance.facts().entrySet()) {
            if (fact.getKey().equals(Provenance.SOFTWARE)) {
                information.setCreator(fact.getValue());
            } else {
                information.setCustomMetadataValue(fact.getKey(), fact.getValue());
            }
        }
        return information;
    }
}
