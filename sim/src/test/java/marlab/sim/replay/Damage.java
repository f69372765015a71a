package marlab.sim.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameCodec;

/// Makes replay files that are damaged, forged, or packed by others.
final class Damage {

    /// A file to try.
    ///
    /// @param harmless true where it must open whole: nothing but its wrapping is unusual
    record Case(String name, byte[] bytes, boolean harmless) {}

    private final WorldProvider world;
    private final EnvSpec spec;
    private final ReplayHeader header;
    private final byte[] whole;
    private final RandomStream random;

    /// Damage to a recording of three episodes in this world.
    Damage(WorldProvider world, Path scratch, long seed) throws IOException {
        this.world = world;
        random = new RandomStream(seed);
        Map<String, String> options = world.defaults().asText();
        header =
                new ReplayHeader(world.name(), options, null, Map.of("made", "today"), "{\"a\":1}");
        var env = world.create(world.defaults());
        spec = env.spec();
        try (ReplayWriter writer = new ReplayWriter(scratch, header, spec)) {
            EpisodePlayer player = new EpisodePlayer(env, new RandomPolicy());
            for (int episode = 0; episode < 3; episode++) {
                player.play(
                        episode,
                        episode,
                        new RandomStream(1),
                        25,
                        frame -> {
                            writer.add(frame);
                            if (frame.moment % 9 == 8) {
                                writer.add(
                                        new ReplayEvent(
                                                frame.moment, ReplayEvent.MARK, "Here. äöü"));
                                writer.addMetrics(frame.moment == 8 ? "a,b\n" : "1,2\n");
                                writer.flush();
                            }
                        });
            }
        }
        whole = Files.readAllBytes(scratch);
        Files.delete(scratch);
    }

    byte[] whole() {
        return whole;
    }

    /// Damage to the bytes, whatever they mean.
    void bytes(Consumer<Case> use) throws IOException {
        cutShort(use);
        flipped(use);
        wrappings(use);
        bombs(use);
        texts(use);
    }

    private static void bad(Consumer<Case> use, String name, byte[] bytes) {
        use.accept(new Case(name, bytes, false));
    }

    private void cutShort(Consumer<Case> use) {
        for (int at : boundaries()) {
            for (int off : new int[] {-1, 0, 1, 29, 31}) {
                int length = Math.clamp(at + off, 0, whole.length);
                bad(use, "cut at boundary " + length, Arrays.copyOf(whole, length));
            }
        }
        for (int k = 0; k < 120; k++) {
            int length = random.nextInt(whole.length);
            bad(use, "cut at " + length, Arrays.copyOf(whole, length));
        }
        bad(use, "empty", new byte[0]);
        byte[] longer = Arrays.copyOf(whole, whole.length + 4096);
        use.accept(new Case("something behind it", longer, true));
    }

    /// Where a local header, the directory or its end begins.
    private List<Integer> boundaries() {
        ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> all = new ArrayList<>();
        for (int at = 0; at + 4 <= whole.length; at++) {
            int word = bytes.getInt(at);
            if (word == ZipAppender.LOCAL
                    || word == ZipAppender.CENTRAL
                    || word == ZipAppender.END) {
                all.add(at);
            }
        }
        return all;
    }

    private void flipped(Consumer<Case> use) {
        for (int k = 0; k < 220; k++) {
            byte[] bytes = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            bad(use, "flipped " + k, bytes);
        }
        for (int at : boundaries()) {
            for (int k = 0; k < 5; k++) { // sizes, names, methods
                byte[] bytes = whole.clone();
                bytes[Math.min(at + random.nextInt(40), bytes.length - 1)] =
                        (byte) random.nextInt();
                bad(use, "another byte near " + at + "/" + k, bytes);
            }
        }
        for (int k = 0; k < 40; k++) {
            byte[] bytes = new byte[random.nextInt(1, 2000)];
            random.nextBytes(bytes);
            if (k % 2 == 0) {
                System.arraycopy(whole, 0, bytes, 0, Math.min(bytes.length, 60));
            }
            bad(use, "noise " + k, bytes);
        }
    }

    private String headerText() {
        return HeaderText.of(header, spec);
    }

    /// A file with this header and the steps of the whole one.
    private byte[] with(String headerText) {
        Map<String, byte[]> parts = parts();
        parts.put(ReplayWriter.HEADER, headerText.getBytes(StandardCharsets.UTF_8));
        return zip(parts);
    }

    /// Headers that are wrong in one place.
    void headers(Consumer<Case> use) {
        String good = headerText();
        use.accept(new Case("packed anew", with(good), true));
        String[][] changes = {
            {"\"version\": 1", "\"version\": 2"},
            {"\"version\": 1", "\"version\": 0"},
            {"\"version\": 1", "\"version\": 1.5"},
            {"\"version\": 1", "\"version\": 1e999"},
            {"\"version\": 1", "\"version\": \"1\""},
            {"\"version\": 1", "\"version\": null"},
            {"\"version\": 1", "\"version\": " + "9".repeat(100_000)},
            {"\"marlab-replay\"", "\"marlab-video\""},
            {"\"marlab-replay\"", "[]"},
            {"\"format\"", "\"fromat\""},
            {"\"world\": \"" + world.name(), "\"world\": \"no_such_world"},
            {"\"world\": \"" + world.name(), "\"world\": \"../../etc/passwd"},
            {"\"world\": \"" + world.name(), "\"world\": \"" + "w".repeat(1_000_000)},
            {"\"world\": \"" + world.name(), "\"world\": \"a\\nb\\u0000c\\u001b[31m"},
            {"\"world\": \"" + world.name() + "\"", "\"world\": 7"},
            {"\"world\": \"" + world.name() + "\"", "\"world\": null"},
            {"\"options\": {", "\"options\": {\"no_such\":\"1\","},
            {"\"options\": {", "\"options\": {\"no_such\":{\"a\":[1,2]},"},
            {"\"options\": {", "\"options\": {\"" + "o".repeat(500_000) + "\":\"1\","},
            {"\"state\":", "\"state\":1"},
            {"\"state\":", "\"state\":-"},
            {"\"choices\":", "\"choices\":9"},
            {"\"values\":", "\"values\":0.5e"},
            {"\"narrow\"", "\"narrower\""},
            {"\"wide\": {", "\"wide\": {\"more\":1,"},
            {"\"wide\": {", "\"wide\": [{"},
            {"\"agents\": [", "\"agents\": [\"nobody\","},
            {"\"terms\": [", "\"terms\": [\"nothing\","},
            {"\"about\": {", "\"weights\": [1,2,3,4,5,6,7,8,9], \"about\": {"},
            {"\"about\": {", "\"weights\": [1e999], \"about\": {"},
            {"\"about\": {", "\"weights\": [\"x\"], \"about\": {"},
            {"\"about\": {", "\"weights\": [null], \"about\": {"},
            {"\"about\": {", "\"weights\": [], \"share\": 2, \"about\": {"},
            {"{", "[".repeat(100_000)},
            {"{", "{\"x\":" + "[".repeat(2_000_000)},
            {"{", "{\"x\":" + "{\"x\":".repeat(300_000)},
            {"{", "{\"x\": [" + "{},".repeat(1_000_000) + "{}],"},
            {"{", "\uFEFF{"},
            {"}", "]"},
            {"\n", "\\"}
        };
        for (String[] change : changes) {
            String name = change[0] + " -> " + change[1];
            bad(
                    use,
                    "header: " + name.substring(0, Math.min(80, name.length())),
                    with(
                            good.replaceFirst(
                                    java.util.regex.Pattern.quote(change[0]),
                                    java.util.regex.Matcher.quoteReplacement(change[1]))));
        }
        for (String option : header.options().keySet()) {
            for (String value :
                    List.of(
                            "-1",
                            "0",
                            "NaN",
                            "1e308",
                            "999999999999",
                            "",
                            "@",
                            "@/etc/passwd",
                            "@/dev/zero",
                            "@.",
                            "9".repeat(200_000),
                            "#".repeat(300_000),
                            ".\n".repeat(2_000),
                            "\u0000")) {
                Map<String, String> options = new LinkedHashMap<>(header.options());
                options.put(option, value);
                String text = JsonText.line(options);
                String changed =
                        good.replaceFirst(
                                "\"options\": [^\n]*",
                                java.util.regex.Matcher.quoteReplacement(
                                        "\"options\": " + text + ","));
                bad(use, "option " + option + " = " + brief(value), with(changed));
            }
        }
        for (int k = 0; k < 60; k++) {
            StringBuilder text = new StringBuilder(good);
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(32, 127));
            bad(use, "another letter in the header " + k, with(text.toString()));
        }
    }

    private static String brief(String text) {
        return text.length() < 30 ? text : text.substring(0, 30) + "…";
    }

    /// All parts of the whole file by name, unpacked.
    Map<String, byte[]> parts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (var zip = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(whole))) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                parts.put(e.getName(), zip.readAllBytes());
            }
            return parts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String last(Map<String, byte[]> parts) {
        return parts.keySet().stream()
                .max(java.util.Comparator.comparingInt(ReplayWriter::number))
                .orElseThrow();
    }

    /// A zip as others write it.
    static byte[] zip(Map<String, byte[]> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        parts.forEach((name, data) -> {
            byte[] packed = deflate(data);
            bytes.writeBytes(local(name.getBytes(StandardCharsets.UTF_8), packed, data, 8));
        });
        return end(bytes);
    }

    private static byte[] end(ByteArrayOutputStream bytes) {
        bytes.writeBytes(
                ByteBuffer.allocate(22)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(ZipAppender.END)
                        .array());
        return bytes.toByteArray();
    }

    static byte[] deflate(byte[] data) {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(data);
        deflater.finish();
        byte[] packed = new byte[data.length + 100 + data.length / 1000];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    private static byte[] local(byte[] name, byte[] packed, byte[] data, int method) {
        CRC32 sum = new CRC32();
        sum.update(data);
        return local(name, packed, packed.length, data.length, (int) sum.getValue(), method, 0);
    }

    static byte[] local(
            byte[] name, byte[] packed, long packedSize, long size, int sum, int method, int flag) {
        ByteBuffer head = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(ZipAppender.LOCAL).putShort((short) 20).putShort((short) flag);
        head.putShort((short) method).putInt(0).putInt(sum);
        head.putInt((int) packedSize).putInt((int) size);
        head.putShort((short) name.length).putShort((short) 0);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.array());
        all.writeBytes(name);
        all.writeBytes(packed);
        return all.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /// The whole file without its directory.
    private byte[] body() {
        int end =
                boundaries().stream()
                        .filter(at -> whole[at + 2] == 0x01) // of the directory
                        .findFirst()
                        .orElseThrow();
        return Arrays.copyOf(whole, end);
    }

    private void wrappings(Consumer<Case> use) throws IOException {
        Map<String, byte[]> parts = parts();
        for (String name :
                List.of(
                        "../../evil",
                        "/etc/marlab-evil",
                        "C:\\evil",
                        "steps/../../../evil.bin",
                        "a\u0000b",
                        "steps/000000.bin\u0000",
                        "",
                        "/",
                        "steps/",
                        "x".repeat(255),
                        "steps/" + "9".repeat(60) + ".bin",
                        "x".repeat(60_000))) {
            Map<String, byte[]> more = new LinkedHashMap<>(parts);
            more.put(name, "evil".getBytes(StandardCharsets.UTF_8));
            use.accept(new Case("named " + brief(name), zip(more), true));
        }
        String last = last(parts);
        for (String name : parts.keySet()) {
            if (ReplayWriter.number(name) >= 0) {
                Map<String, byte[]> fewer = new LinkedHashMap<>(parts);
                fewer.remove(name);
                if (!name.equals(last)) { // without that it is whole, only shorter
                    bad(use, "without " + name, zip(fewer));
                }
                byte[] data = parts.get(name);
                fewer.put(name, Arrays.copyOf(data, data.length - 1));
                bad(use, "cut within " + name, zip(fewer));
                fewer.put(name, Arrays.copyOf(data, data.length + 5));
                bad(use, "more within " + name, zip(fewer));
                fewer.put(name, new byte[0]);
                bad(use, "nothing in " + name, zip(fewer));
            }
        }
        Map<String, byte[]> backwards = new LinkedHashMap<>();
        parts.keySet().stream()
                .sorted(java.util.Comparator.reverseOrder())
                .forEach(name -> backwards.put(name, parts.get(name)));
        use.accept(new Case("in another order", zip(backwards), true));
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        parts.forEach((name, data) ->
                stored.writeBytes(local(name.getBytes(StandardCharsets.UTF_8), data, data, 0)));
        use.accept(new Case("stored", end(stored), true));
        ByteArrayOutputStream described = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(described)) {
            for (Map.Entry<String, byte[]> each : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue());
            }
        }
        bad(use, "with data descriptors", described.toByteArray());
    }

    private void bombs(Consumer<Case> use) {
        byte[] gigabyte = zeros(1024);
        byte[] name = "steps/000099.bin".getBytes(StandardCharsets.UTF_8);
        byte[] head = ReplayWriter.HEADER.getBytes(StandardCharsets.UTF_8);
        long honest = 1L << 30;
        byte[] body = body();
        for (long size : new long[] {0, 1, 1000, 1 << 20, honest, 0xFFFF_FFFFL}) {
            byte[] bomb = local(name, gigabyte, gigabyte.length, size, 0, 8, 0);
            bad(use, "a gigabyte of steps, said to be " + size, join(body, bomb));
            bomb = local(head, gigabyte, gigabyte.length, size, 0, 8, 0);
            bad(use, "a gigabyte of header, said to be " + size, join(bomb, body));
        }
        for (long packed : new long[] {-1, 0x7FFF_FFFFL, 0xFFFF_FFFEL, 1L << 30}) {
            bad(use, "packed " + packed, join(body, local(name, name, packed, 5, 0, 8, 0)));
            bad(use, "stored " + packed, join(body, local(name, name, packed, packed, 0, 0, 0)));
        }
        for (int flag : new int[] {1, 8, 1 << 6, 1 << 13}) {
            bad(use, "flags " + flag, join(local(head, name, name.length, 5, 0, 8, flag), body));
        }
        for (int method : new int[] {1, 9, 12, 14, 93, 99}) {
            bad(use, "method " + method, join(local(head, name, 16, 5, 0, method, 0), body));
        }
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.writeBytes(body);
        for (int k = 0; k < 70_000; k++) {
            byte[] each = ("steps/" + (100_000 + k) + ".bin").getBytes(StandardCharsets.UTF_8);
            many.writeBytes(local(each, new byte[0], 0, 0, 0, 0, 0));
        }
        bad(use, "70,000 parts", many.toByteArray());
    }

    /// Zeros, packed: so many megabytes take a kilobyte each.
    private static byte[] zeros(int megabytes) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[1 << 20]);
        byte[] chunk = new byte[4096];
        int length = deflater.deflate(chunk, 0, chunk.length, Deflater.FULL_FLUSH);
        deflater.end();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int k = 0; k < megabytes; k++) {
            all.write(chunk, 0, length);
        }
        all.writeBytes(new byte[] {3, 0}); // the last block, an empty one
        return all.toByteArray();
    }

    /// A change to one frame of a recording.
    private interface Forgery {
        void change(Frame frame, RandomStream random);
    }

    /// Moments that never were.
    void frames(Consumer<Case> use) {
        Map<String, Forgery> forgeries = new LinkedHashMap<>();
        forgeries.put("moment back", (frame, r) -> frame.moment -= 3);
        forgeries.put("moment far", (frame, r) -> frame.moment = Long.MAX_VALUE);
        forgeries.put("moment negative", (frame, r) -> frame.moment = Long.MIN_VALUE);
        forgeries.put("moment late", (frame, r) -> frame.moment += 1L << 50);
        forgeries.put("step negative", (frame, r) -> frame.step = -1);
        forgeries.put("step huge", (frame, r) -> frame.step = Integer.MAX_VALUE);
        forgeries.put("episode negative", (frame, r) -> frame.episode = Integer.MIN_VALUE);
        forgeries.put("episode huge", (frame, r) -> frame.episode = Integer.MAX_VALUE);
        forgeries.put("choice negative", (frame, r) -> frame.actions.choose(0, -1));
        forgeries.put("choice huge", (frame, r) -> frame.actions.choose(0, 1 << 30));
        forgeries.put("terms NaN", (frame, r) -> Arrays.fill(frame.terms, Double.NaN));
        forgeries.put("values huge", (frame, r) -> Arrays.fill(frame.values, 1e300));
        forgeries.put("odds odd", (frame, r) -> Arrays.fill(frame.probabilities, -1e30));
        forgeries.put("random 0", (frame, r) -> Arrays.fill(frame.random, 0));
        for (double odd :
                new double[] {
                    Double.NaN, Double.POSITIVE_INFINITY, -1, 0.5, 1e9, -1e300, Double.MIN_VALUE
                }) {
            forgeries.put("state " + odd, (frame, r) -> Arrays.fill(frame.state, odd));
            forgeries.put(
                    "some of the state " + odd,
                    (frame, r) -> {
                        for (int k = 0; k < 3 && frame.state.length > 0; k++) {
                            frame.state[r.nextInt(frame.state.length)] = odd;
                        }
                    });
            forgeries.put("boxes " + odd, (frame, r) -> Arrays.fill(frame.actions.boxes(), odd));
        }
        forgeries.forEach((name, forgery) -> bad(use, "frame: " + name, forged(forgery)));
    }

    private byte[] forged(Forgery forgery) {
        FrameCodec in = new FrameCodec(spec);
        FrameCodec out = new FrameCodec(spec);
        Frame frame = new Frame(spec);
        Map<String, byte[]> parts = parts();
        int moment = 0;
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            if (part.getKey().startsWith(ReplayWriter.STEPS)) {
                ByteBuffer data = ByteBuffer.wrap(part.getValue());
                ByteBuffer changed = ByteBuffer.allocate(2 << 20);
                in.restart();
                out.restart();
                while (data.hasRemaining()) {
                    in.read(data, frame);
                    if (moment++ >= 20) {
                        forgery.change(frame, random);
                    }
                    out.write(frame, changed);
                }
                part.setValue(Arrays.copyOf(changed.array(), changed.position()));
            }
        }
        return zip(parts);
    }

    private void texts(Consumer<Case> use) {
        Map<String, String> events = new LinkedHashMap<>();
        events.put("nothing", "\n\n\n");
        events.put("no JSON", "moment 3\n");
        events.put("deep", "[".repeat(1_000_000) + "\n");
        events.put("no moment", "{\"type\":\"mark\",\"text\":\"x\"}\n");
        events.put("odd moment", "{\"moment\":1e999,\"type\":\"mark\",\"text\":\"x\"}\n");
        events.put("negative", "{\"moment\":-1,\"type\":\"mark\",\"text\":\"x\"}\n");
        events.put("no text", "{\"moment\":1,\"type\":7,\"text\":null}\n");
        events.put("late", "{\"moment\":999999,\"type\":\"mark\",\"text\":\"x\"}\n");
        events.put(
                "long", "{\"moment\":1,\"type\":\"m\",\"text\":\"" + "x".repeat(4_000_000) + "\"}");
        events.put("many", "{\"moment\":1,\"type\":\"\",\"text\":\"\"}\n".repeat(110_000));
        events.put("empty lines", "\n".repeat(4_000_000));
        events.put("no end", "{\"moment\":1,\"type\":\"");
        events.put("escapes", "{\"moment\":1,\"type\":\"\\u12\",\"text\":\"\\q\"}\n");
        int next = ReplayWriter.number(last(parts())) + 1;
        events.forEach((name, text) -> {
            Map<String, byte[]> parts = parts();
            for (int k = 0; k < 3; k++) { // some that are long are too long together
                parts.put(
                        String.format("events/%06d.jsonl", next + k),
                        text.getBytes(StandardCharsets.UTF_8));
            }
            bad(use, "events: " + name, zip(parts));
        });
        Map<String, byte[]> parts = parts();
        byte[] lines = "1,2\n".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (int k = 0; k < 30; k++) {
            parts.put(String.format("metrics/%06d.csv", next + k), lines);
        }
        bad(use, "120 MB of metrics", zip(parts));
        parts = parts();
        byte[] wide = "\u2028".repeat(1_390_000).getBytes(StandardCharsets.UTF_8);
        for (int k = 0; k < 12; k++) {
            parts.put(String.format("metrics/%06d.csv", next + k), wide);
        }
        bad(use, "wide letters in metrics", zip(parts));
    }

    /// So many moments in small parts: honest, but a lot.
    static byte[] lasting(EnvSpec spec, ReplayHeader header, int moments) {
        FrameCodec codec = new FrameCodec(spec);
        Frame frame = new Frame(spec);
        ByteBuffer data = ByteBuffer.allocate(ReplayWriter.MOST_BYTES + codec.mostBytes());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] text = HeaderText.of(header, spec).getBytes(StandardCharsets.UTF_8);
        byte[] name = ReplayWriter.HEADER.getBytes(StandardCharsets.UTF_8);
        all.writeBytes(local(name, deflate(text), text, 8));
        int number = 0;
        for (int moment = 0; moment < moments; ) {
            data.clear();
            codec.restart();
            while (data.position() < ReplayWriter.MOST_BYTES && moment < moments) {
                frame.moment = moment++;
                codec.write(frame, data);
            }
            byte[] block = Arrays.copyOf(data.array(), data.position());
            name = String.format("steps/%06d.bin", number++).getBytes(StandardCharsets.UTF_8);
            all.writeBytes(local(name, deflate(block), block, 8));
        }
        return end(all);
    }
}
