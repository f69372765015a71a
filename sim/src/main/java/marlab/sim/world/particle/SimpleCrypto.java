package marlab.sim.world.particle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import marlab.sim.draw.AgentGlyph;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.Actions;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Family;
import marlab.sim.env.Metric;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;
import marlab.sim.space.Field;
import marlab.sim.space.ObservationSpace;

/// Simple Crypto: Alice tells Bob a secret that Eve, who hears every word, must not guess; Alice
/// and Bob share a key. Rules of MPE2 1.1.0, `simple_crypto_v3`. With err(a) = Σ (message of a −
/// secret)², 0 where a is silent: Eve gets −err(Eve), Alice and Bob get err(Eve) − err(Bob).
///
/// State: bodies, which never move and mean nothing; the messages of Eve, Bob and Alice; secret and
/// key.
public final class SimpleCrypto implements WorldProvider {

    private static final int EVE = 0;
    private static final int BOB = 1;
    private static final int ALICE = 2;
    private static final int AGENTS = 3;
    private static final int SECRETS = 2;
    private static final int WORDS = 4;

    /// Where in the state the messages begin, and then secret and key.
    private static final int MESSAGES = ParticlePhysics.stateSize(AGENTS, SECRETS);

    private static final int SECRET = MESSAGES + AGENTS * WORDS;

    private static final int HIDE = 0;
    private static final int UNDERSTAND = 1;
    private static final int AGREE = 2;
    private static final int TERM_COUNT = 3;

    private static final List<RewardTerm> TERMS =
            List.of(
                    new RewardTerm(
                            "hide",
                            "Keep the secret from Eve",
                            "error",
                            false,
                            1,
                            -2,
                            2,
                            "Eve's squared error for Alice and Bob, minus it for Eve."),
                    new RewardTerm(
                            "understand",
                            "Bob understands",
                            "error",
                            false,
                            1,
                            -2,
                            2,
                            "Minus Bob's squared error, for Alice and Bob."),
                    new RewardTerm(
                            "agree",
                            "Bob is right",
                            "steps",
                            false,
                            0,
                            -2,
                            2,
                            "1 for Alice and Bob where Bob's loudest word is the secret."));

    private static final List<Metric> METRICS =
            List.of(
                    Scores.RETURN,
                    Scores.ofTeam("R_good", "good agents"),
                    Scores.ofTeam("R_eve", "adversary"),
                    new Metric(
                            "bob_right",
                            "Bob is right",
                            "of steps",
                            Metric.Over.MEAN,
                            "Share of steps at which Bob's loudest word is the secret."),
                    new Metric(
                            "eve_right",
                            "Eve is right",
                            "of steps",
                            Metric.Over.MEAN,
                            "Share of steps at which Eve's loudest word is the secret."));

    private static final List<ReturnDialect> DIALECTS = dialects();

    private static final List<OptionSpec> OPTIONS =
            ParticleOptions.with().stream()
                    .filter(o -> o.name().equals("actions") || o.name().equals("horizon"))
                    .toList();

    private static List<ReturnDialect> dialects() {
        List<ReturnDialect> all = new ArrayList<>(Scores.DIALECTS);
        all.add(
                new ReturnDialect(
                        "mpe2_good", "MPE2, per good agent", "R_good", e -> e.metrics()[1]));
        all.add(new ReturnDialect("mpe2_eve", "MPE2, adversary", "R_eve", e -> e.metrics()[2]));
        return List.copyOf(all);
    }

    @Override
    public String name() {
        return "simple_crypto";
    }

    @Override
    public String title() {
        return "Simple Crypto";
    }

    @Override
    public String summary() {
        return "Alice tells Bob a secret with the help of a shared key, while Eve listens and guesses.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Compare \"Bob is right\" with \"Eve is right\": only the gap is worth anything.",
                "Words are heard one step late, so nobody can be right for a reason at step 1.",
                "Two words would do; what are the other two used for?",
                "Where actions are numbers, whoever is silent is never wrong, so Eve's best answer"
                        + " is to say nothing: a hole in the reference's rules.");
    }

    @Override
    public Family family() {
        return Family.PARTICLES;
    }

    @Override
    public String source() {
        return "Lowe et al. 2017; rules of Farama MPE2 1.1.0, simple_crypto_v3";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        return Map.of("loud and soft", Map.of("actions", "continuous"));
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Picture();
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("cipher", new Script(options, true));
        policies.put("plain text", new Script(options, false));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    private static EnvSpec spec(EnvOptions options) {
        List<AgentGroup> groups =
                List.of(
                        group("eavesdroppers", EVE, "eve_0", options, "heard"),
                        group("receivers", BOB, "bob_0", options, "key", "heard"),
                        group("senders", ALICE, "alice_0", options, "secret", "key"));
        return new EnvSpec(
                "simple_crypto",
                groups,
                TERMS,
                METRICS,
                DIALECTS,
                options.whole("horizon"),
                ParticlePhysics.stateSize(AGENTS, SECRETS) + AGENTS * WORDS + 2);
    }

    /// The critic sees the agent's own vector, then secret, key and what everybody said.
    private static AgentGroup group(
            String name, int agent, String who, EnvOptions options, String... sees) {
        List<Field> own = fields(sees);
        List<String> all = new ArrayList<>(List.of(sees));
        all.addAll(List.of("the_secret", "the_key", "eve_said", "bob_said", "alice_said"));
        List<Field> central = fields(all.toArray(new String[0]));
        return new AgentGroup(
                name,
                List.of(new AgentId(agent, who)),
                new ObservationSpace(own, List.of(), WORDS * own.size()),
                new ObservationSpace(central, List.of(), WORDS * central.size()),
                Movement.words(WORDS, ParticleOptions.continuous(options)));
    }

    private static List<Field> fields(String... names) {
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            fields.add(Fields.symbol(name, WORDS, WORDS * fields.size()));
        }
        return fields;
    }

    /// One copy of the world.
    private static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final Scores scores;
        private final boolean continuous;
        private final ParticlePhysics bodies =
                new ParticlePhysics(AGENTS, SECRETS, ParticlePhysics.Order.POSITION_FIRST, false);
        private final double[] messages = new double[AGENTS * WORDS];
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private final RandomStream random = new RandomStream(0);
        private int secret;
        private int key;
        private int step;

        Env(EnvOptions options) {
            spec = SimpleCrypto.spec(options);
            result = new StepResult(spec);
            scores = new Scores(spec);
            continuous = ParticleOptions.continuous(options);
        }

        private void exchange(StateCursor state) {
            bodies.exchange(state);
            state.numbers(messages);
            secret = state.whole(secret);
            key = state.whole(key);
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            secret = random.nextInt(SECRETS);
            key = random.nextInt(SECRETS);
            bodies.scatter(0, AGENTS + SECRETS, 1, random);
            Arrays.fill(messages, 0);
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            for (int i = 0; i < AGENTS; i++) {
                Movement.speak(i, false, actions, continuous, messages, i * WORDS, WORDS);
            }
            step++;
            double eve = error(EVE);
            double bob = error(BOB);
            double right = says(BOB, secret) ? 1 : 0;
            for (int i = 0; i < AGENTS; i++) {
                result.terms[i * TERM_COUNT + HIDE] = i == EVE ? -eve : eve;
                result.terms[i * TERM_COUNT + UNDERSTAND] = i == EVE ? 0 : -bob;
                result.terms[i * TERM_COUNT + AGREE] = i == EVE ? 0 : right;
            }
            result.metrics[0] = scores.mean(result.terms, 0, AGENTS);
            result.metrics[1] = scores.mean(result.terms, BOB, AGENTS);
            result.metrics[2] = scores.mean(result.terms, EVE, BOB);
            result.metrics[3] = right;
            result.metrics[4] = says(EVE, secret) ? 1 : 0;
            result.truncated = step >= spec.horizon();
            return result;
        }

        /// Squared distance from what an agent says to the secret; 0 where it is silent.
        private double error(int agent) {
            double sum = 0;
            boolean silent = true;
            for (int w = 0; w < WORDS; w++) {
                double said = messages[agent * WORDS + w];
                double off = said - (w == secret ? 1 : 0);
                silent &= said == 0;
                sum += off * off;
            }
            return silent ? 0 : sum;
        }

        private boolean says(int agent, int word) {
            return ParticleScene.loudest(messages, agent * WORDS, WORDS) == word;
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            look(agent, into, at);
        }

        private int look(int agent, double[] into, int at) {
            int k = agent == ALICE ? symbol(secret, into, at) : at;
            k = agent == EVE ? k : symbol(key, into, k);
            return agent == ALICE ? k : said(ALICE, into, k);
        }

        private static int symbol(int which, double[] into, int at) {
            for (int w = 0; w < WORDS; w++) {
                into[at + w] = w == which ? 1 : 0;
            }
            return at + WORDS;
        }

        private int said(int agent, double[] into, int at) {
            System.arraycopy(messages, agent * WORDS, into, at, WORDS);
            return at + WORDS;
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            int k = look(agent, into, at);
            k = symbol(secret, into, k);
            k = symbol(key, into, k);
            k = said(EVE, into, k);
            k = said(BOB, into, k);
            said(ALICE, into, k);
        }

        @Override
        public void snapshot(Frame into) {
            exchange(saving.over(into.state));
            random.save(into.random, 0);
            into.step = step;
        }

        @Override
        public void restore(Frame from) {
            exchange(loading.over(from.state));
            random.load(from.random, 0);
            step = from.step;
        }
    }

    /// Cipher: Alice says secret xor key, Bob undoes it, Eve takes the word as it is and is right
    /// half the time. Plain text: Alice says the secret.
    private static final class Script extends ParticleScript {

        private final boolean cipher;

        Script(EnvOptions options, boolean cipher) {
            super(
                    new ParticleScene(AGENTS, SECRETS, false, false, 0),
                    ParticleOptions.continuous(options));
            this.cipher = cipher;
        }

        @Override
        void decide(ParallelEnv env, RandomGenerator random) {
            int key = cipher ? (int) frame.state[SECRET + 1] : 0;
            int word = ParticleScene.loudest(frame.state, MESSAGES + ALICE * WORDS, WORDS);
            int heard = word < 0 ? random.nextInt(SECRETS) : word; // nothing at the first step
            say(ALICE, false, (int) frame.state[SECRET] ^ key, WORDS);
            say(BOB, false, heard ^ key, WORDS);
            say(EVE, false, heard, WORDS);
        }
    }

    /// A scheme: Alice on the left, Bob on the right, Eve below the line between them. Where the
    /// reference draws the three means nothing.
    private static final class Picture implements Portrayal {

        private static final double[] X = {0, 0.8, -0.8};
        private static final double[] Y = {-0.62, 0.1, 0.1};
        private static final double RADIUS = 0.16;

        @Override
        public Bounds bounds(Frame frame) {
            return new Bounds(-1.2, -1.05, 1.2, 0.85);
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            brush.line(X[ALICE], Y[ALICE], X[BOB], Y[BOB], Ink.Role.MUTED, 2);
            brush.line(0, Y[ALICE], X[EVE], Y[EVE], Ink.Role.MUTED, 1);
            String secret = letter((int) Math.round(frame.state[SECRET]));
            String key = letter((int) Math.round(frame.state[SECRET + 1]));
            brush.text("key " + key, 0, 0.62, 0.11, false, Ink.Role.MUTED);
            brush.line(X[ALICE], 0.36, -0.2, 0.62, Ink.Role.MUTED, 1);
            brush.line(X[BOB], 0.36, 0.2, 0.62, Ink.Role.MUTED, 1);
            brush.text("secret " + secret, X[ALICE], -0.2, 0.12, true, Ink.Role.FOREGROUND);
            for (int i = 0; i < AGENTS; i++) {
                AgentGlyph.draw(brush, i, X[i], Y[i], RADIUS, on);
            }
            brush.text("Alice", X[ALICE], 0.36, 0.11, false, Ink.Role.FOREGROUND);
            brush.text("Bob", X[BOB], 0.36, 0.11, false, Ink.Role.FOREGROUND);
            brush.text("Eve", X[EVE] - 0.34, Y[EVE], 0.11, false, Ink.Role.FOREGROUND);
            said(frame, brush);
        }

        private static void said(Frame frame, Brush brush) {
            int secret = (int) Math.round(frame.state[SECRET]);
            brush.disc(0, Y[ALICE], 0.13, Ink.Role.CANVAS, Ink.Role.ACCENT, 2);
            brush.text(letter(word(frame, ALICE)), 0, Y[ALICE], 0.17, true, Ink.Role.ACCENT);
            guess(brush, word(frame, BOB), secret, X[BOB], -0.2);
            guess(brush, word(frame, EVE), secret, X[EVE], Y[EVE] - 0.3);
        }

        private static void guess(Brush brush, int word, int secret, double x, double y) {
            boolean right = word == secret;
            Ink ink = right ? Ink.Role.GOAL : Ink.Role.WARNING;
            String mark = word < 0 ? "" : right ? " ✓" : " ✗";
            brush.text("guess " + letter(word) + mark, x, y, 0.12, true, ink);
        }

        private static int word(Frame frame, int agent) {
            return ParticleScene.loudest(frame.state, MESSAGES + agent * WORDS, WORDS);
        }

        private static String letter(int word) {
            return word < 0 ? "–" : AgentId.letter(word);
        }

        @Override
        public void place(Frame frame, int agent, double[] into) {
            into[0] = X[agent];
            into[1] = Y[agent];
            into[2] = RADIUS;
        }

        @Override
        public String describe(Frame frame) {
            return "Simple Crypto, step "
                    + frame.step
                    + ": the secret is "
                    + letter((int) Math.round(frame.state[SECRET]))
                    + ", Alice says "
                    + letter(word(frame, ALICE))
                    + ", Bob guesses "
                    + letter(word(frame, BOB))
                    + ", Eve guesses "
                    + letter(word(frame, EVE))
                    + ".";
        }
    }
}
