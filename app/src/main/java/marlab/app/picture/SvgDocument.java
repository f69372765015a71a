package marlab.app.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.DOMGroupManager;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/// Writes drawings as SVG 1.1. Text stays text, in Inter where it is installed and in a typeface
/// like it elsewhere, stretched to the same length. The same drawing is the same bytes.
final class SvgDocument {

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String OURS = "urn:marlab:picture";

    /// A hundredth of a pixel.
    private static final int DECIMALS = 2;

    private static final Map<String, String> FAMILIES =
            Map.of(
                    "Inter",
                    "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'Noto Sans', sans-serif",
                    "JetBrains Mono",
                    "'JetBrains Mono', Consolas, Menlo, monospace");

    private SvgDocument() {}

    static byte[] bytes(Drawing drawing, Provenance provenance) throws IOException {
        Document document = document();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment(null);
        context.setPrecision(DECIMALS);
        Canvas canvas = new Canvas(context);
        drawing.draw(canvas);
        Element root = canvas.getRoot();
        root.setAttribute("width", number(drawing.width()));
        root.setAttribute("height", number(drawing.height()));
        root.setAttribute(
                "viewBox", "0 0 " + number(drawing.width()) + " " + number(drawing.height()));
        describe(document, root, provenance);
        families(root);
        return serialised(root);
    }

    /// Without the document type that Batik would add: some readers fetch it from the network.
    private static byte[] serialised(Element root) throws IOException {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            TransformerFactory.newDefaultInstance()
                    .newTransformer()
                    .transform(new DOMSource(root), new StreamResult(bytes));
            return bytes.toByteArray();
        } catch (TransformerException e) {
            throw new IOException("the picture cannot be put into words of XML", e);
        }
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e); // the JDK's own, without any demands
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static void describe(Document document, Element root, Provenance provenance) {
        Element title = document.createElementNS(SVG, "title");
        title.setTextContent(provenance.title());
        Element metadata = document.createElementNS(SVG, "metadata");
        Element picture = document.createElementNS(OURS, "marlab:picture");
        picture.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:marlab", OURS);
        for (Map.Entry<String, String> fact : provenance.facts().entrySet()) {
            Element element = document.createElementNS(OURS, "marlab:" + fact.getKey());
            element.setTextContent(fact.getValue());
            picture.appendChild(element);
        }
        metadata.appendChild(picture);
        root.insertBefore(metadata, root.getFirstChild());
        root.insertBefore(title, metadata);
    }

    /// Adds what to use where our typefaces are not installed.
    private static void families(Element element) {
        String family = element.getAttribute("font-family").replace("'", "");
        if (FAMILIES.containsKey(family)) {
            element.setAttribute("font-family", FAMILIES.get(family));
        }
        NodeList children = element.getChildNodes();
        for (int k = 0; k < children.getLength(); k++) {
            Node child = children.item(k);
            if (child instanceof Element inner) {
                families(inner);
            }
        }
    }

    /// Says of every text how long it is.
    private static final class Canvas extends SVGGraphics2D {

        Canvas(SVGGeneratorContext context) {
            super(context, false);
        }

        private Canvas(Canvas other) {
            super(other);
        }

        @Override
        public java.awt.Graphics create() {
            return new Canvas(this);
        }

        @Override
        public void drawString(String text, float x, float y) {
            double length = getFont().getStringBounds(text, getFontRenderContext()).getWidth();
            Element element = getDOMFactory().createElementNS(SVG, "text");
            element.setAttribute("x", getGeneratorContext().doubleString(x));
            element.setAttribute("y", getGeneratorContext().doubleString(y));
            element.setAttribute("textLength", getGeneratorContext().doubleString(length));
            element.setAttribute("lengthAdjust", "spacingAndGlyphs");
            element.setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:space", "preserve");
            element.appendChild(getDOMFactory().createTextNode(text));
            domGroupManager.addElement(element, DOMGroupManager.FILL);
        }
    }
}
