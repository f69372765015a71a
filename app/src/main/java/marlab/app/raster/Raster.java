package marlab.app.raster;

import java.util.Arrays;

/// A picture of premultiplied ARGB pixels on which thousands of cells and marks are put at the cost
/// of their pixels, whatever shows it afterwards. Owned by one thread.
public final class Raster {

    private final int[] pixels;
    private final int width;
    private final int height;
    private int[] rowEdges = new int[1];
    private int[] columnEdges = new int[1];

    /// A raster over these pixels, row after row.
    ///
    /// @param pixels width × height or more
    public Raster(int[] pixels, int width, int height) {
        this.pixels = pixels;
        this.width = width;
        this.height = height;
    }

    /// Columns of pixels.
    public int width() {
        return width;
    }

    /// Rows of pixels.
    public int height() {
        return height;
    }

    /// Makes everything transparent.
    public void clear() {
        Arrays.fill(pixels, 0, width * height, 0);
    }

    /// Puts a grid of square cells; edges fall on whole pixels, so that neighbours leave no gap.
    ///
    /// @param left of the first column, in pixels
    /// @param top of the first row
    /// @param size of a cell, in pixels
    /// @param codes [rows × columns], indices into `colours`; negative ones are left out
    /// @param colours premultiplied ARGB, opaque ones replace what was there
    public void tiles(
            double left,
            double top,
            double size,
            int rows,
            int columns,
            byte[] codes,
            int[] colours) {
        columnEdges = edges(columnEdges, left, size, columns, width);
        rowEdges = edges(rowEdges, top, size, rows, height);
        for (int r = 0; r < rows; r++) {
            int from = rowEdges[r];
            int to = rowEdges[r + 1];
            if (from < to) {
                tileRow(from * width, r * columns, columns, codes, colours);
                for (int y = from + 1; y < to; y++) {
                    copyRow(from, y, columns);
                }
            }
        }
    }

    private static int[] edges(int[] reused, double start, double size, int count, int most) {
        int[] edges = reused.length > count ? reused : new int[count + 1];
        for (int k = 0; k <= count; k++) {
            edges[k] = (int) Math.clamp(Math.rint(start + k * size), 0, most);
        }
        return edges;
    }

    private void tileRow(int row, int code, int columns, byte[] codes, int[] colours) {
        for (int c = 0; c < columns; c++) {
            int which = codes[code + c];
            if (which < 0) {
                continue;
            }
            int colour = colours[which];
            int to = row + columnEdges[c + 1];
            for (int at = row + columnEdges[c]; at < to; at++) {
                pixels[at] = colour;
            }
        }
    }

    private void copyRow(int from, int to, int columns) {
        int left = columnEdges[0];
        System.arraycopy(
                pixels,
                from * width + left,
                pixels,
                to * width + left,
                columnEdges[columns] - left);
    }

    /// Puts one mark with its middle at a point.
    ///
    /// @param x middle, in pixels
    /// @param fill premultiplied opaque ARGB of the mark
    /// @param outline premultiplied opaque ARGB of its rim
    public void stamp(Stamp stamp, double x, double y, int fill, int outline) {
        int column = (int) Math.floor(x - stamp.reach() + 0.5);
        int row = (int) Math.floor(y - stamp.reach() + 0.5);
        int size = stamp.size();
        int firstRow = Math.max(0, -row);
        int lastRow = Math.min(size, height - row);
        for (int r = firstRow; r < lastRow; r++) {
            int at = (row + r) * width + column;
            int last = Math.min(stamp.to(r), width - column);
            for (int c = Math.max(stamp.from(r), -column); c < last; c++) {
                // no branches: whether a pixel is rim or edge cannot be predicted
                int colour = mix(outline, fill, stamp.rim(r, c));
                pixels[at + c] = mix(colour, pixels[at + c], stamp.cover(r, c));
            }
        }
    }

    /// part/255 of one colour and the rest of another; all four channels, two at a time.
    private static int mix(int over, int under, int part) {
        int weight = part + (part >> 7); // 0 … 256
        int rest = 256 - weight;
        int even = (over & 0xFF00FF) * weight + (under & 0xFF00FF) * rest;
        int odd = ((over >>> 8) & 0xFF00FF) * weight + ((under >>> 8) & 0xFF00FF) * rest;
        return (even >>> 8) & 0xFF00FF | odd & 0xFF00FF00;
    }
}
