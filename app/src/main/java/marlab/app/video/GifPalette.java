package marlab.app.video;

import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The 255 colours of a GIF and one that is transparent. The most frequent colours are kept as they
/// are, which is what drawings consist of; the rest, soft edges mostly, is shared out by median
/// cut. Owned by one thread.
final class GifPalette {

    /// Index of the transparent entry.
    static final byte TRANSPARENT = (byte) 255;

    private static final int COLOURS = 255;
    private static final int EXACT = 96;

    private final int[] colours;
    private final IndexColorModel model;
    private final short[] nearest = new short[1 << 24]; // index + 1; 0 where not yet looked for

    private GifPalette(int[] colours) {
        this.colours = colours;
        byte[] red = new byte[256];
        byte[] green = new byte[256];
        byte[] blue = new byte[256];
        for (int k = 0; k < colours.length; k++) {
            red[k] = (byte) (colours[k] >> 16);
            green[k] = (byte) (colours[k] >> 8);
            blue[k] = (byte) colours[k];
        }
        model = new IndexColorModel(8, 256, red, green, blue, TRANSPARENT & 0xFF);
    }

    /// The same for ImageIO.
    IndexColorModel model() {
        return model;
    }

    /// The nearest colour of every pixel.
    void indices(int[] pixels, byte[] into) {
        int last = -1;
        byte index = 0;
        for (int k = 0; k < into.length; k++) {
            int colour = pixels[k] & 0xFFFFFF;
            if (colour != last) {
                last = colour;
                if (nearest[colour] == 0) {
                    nearest[colour] = (short) (search(colour) + 1);
                }
                index = (byte) (nearest[colour] - 1);
            }
            into[k] = index;
        }
    }

    private int search(int colour) {
        int best = 0;
        long least = Long.MAX_VALUE;
        for (int k = 0; k < colours.length; k++) {
            long distance = distance(colour, colours[k]);
            if (distance < least) {
                least = distance;
                best = k;
            }
        }
        return best;
    }

    private static long distance(int a, int b) {
        long red = (a >> 16 & 0xFF) - (b >> 16 & 0xFF);
        long green = (a >> 8 & 0xFF) - (b >> 8 & 0xFF);
        long blue = (a & 0xFF) - (b & 0xFF);
        return 3 * red * red + 6 * green * green + blue * blue;
    }

    /// Counts colours.
    static final class Census {

        private final Map<Integer, int[]> counts = new HashMap<>();

        /// A colour and how many pixels have it.
        private record Counted(int colour, int count) {
            int channel(int shift) {
                return colour >> shift & 0xFF;
            }
        }

        void count(int[] pixels) {
            int last = -1;
            int[] counter = null;
            for (int pixel : pixels) {
                int colour = pixel & 0xFFFFFF;
                if (colour != last) {
                    last = colour;
                    counter = counts.computeIfAbsent(colour, c -> new int[1]);
                }
                counter[0]++;
            }
        }

        GifPalette palette() {
            List<Counted> all = new ArrayList<>();
            counts.forEach((colour, count) -> all.add(new Counted(colour, count[0])));
            all.sort(
                    Comparator.comparingInt(Counted::count)
                            .reversed()
                            .thenComparingInt(Counted::colour));
            int exact = all.size() <= COLOURS ? all.size() : EXACT;
            List<Integer> colours = new ArrayList<>();
            all.subList(0, exact).forEach(c -> colours.add(c.colour));
            colours.addAll(cut(all.subList(exact, all.size()), COLOURS - exact));
            return new GifPalette(colours.stream().mapToInt(Integer::intValue).toArray());
        }

        /// Median cut: the box that matters most is halved, until there are enough.
        private static List<Integer> cut(List<Counted> colours, int most) {
            List<List<Counted>> boxes = new ArrayList<>();
            if (!colours.isEmpty()) {
                boxes.add(new ArrayList<>(colours));
            }
            while (!boxes.isEmpty() && boxes.size() < most) {
                List<Counted> largest =
                        boxes.stream()
                                .max(Comparator.comparingDouble(Census::weight))
                                .orElseThrow();
                if (largest.size() < 2) {
                    break;
                }
                boxes.remove(largest);
                int shift = widest(largest);
                largest.sort(
                        Comparator.<Counted>comparingInt(c -> c.channel(shift))
                                .thenComparingInt(Counted::colour));
                int middle = middle(largest);
                boxes.add(new ArrayList<>(largest.subList(0, middle)));
                boxes.add(new ArrayList<>(largest.subList(middle, largest.size())));
            }
            return boxes.stream().map(Census::mean).toList();
        }

        private static double weight(List<Counted> box) {
            double pixels = box.stream().mapToLong(Counted::count).sum();
            return box.size() < 2 ? 0 : Math.sqrt(pixels) * range(box, widest(box));
        }

        private static int range(List<Counted> box, int shift) {
            int low = box.stream().mapToInt(c -> c.channel(shift)).min().orElse(0);
            int high = box.stream().mapToInt(c -> c.channel(shift)).max().orElse(0);
            return high - low;
        }

        private static int widest(List<Counted> box) {
            int red = range(box, 16);
            int green = range(box, 8);
            int blue = range(box, 0);
            return green >= red && green >= blue ? 8 : red >= blue ? 16 : 0;
        }

        private static int middle(List<Counted> box) {
            long half = box.stream().mapToLong(Counted::count).sum() / 2;
            int k = 0;
            for (long sum = 0; k < box.size() - 2 && sum + box.get(k).count <= half; k++) {
                sum += box.get(k).count;
            }
            return k + 1;
        }

        private static int mean(List<Counted> box) {
            double pixels = 0;
            double[] sums = new double[3];
            for (Counted each : box) {
                pixels += each.count;
                for (int c = 0; c < 3; c++) {
                    sums[c] += (double) each.count * each.channel(8 * c);
                }
            }
            int blue = (int) Math.rint(sums[0] / pixels);
            int green = (int) Math.rint(sums[1] / pixels);
            int red = (int) Math.rint(sums[2] / pixels);
            return red << 16 | green << 8 | blue;
        }
    }
}
