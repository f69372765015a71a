package marlab.app.cli;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.reward.RewardWeights;
import marlab.sim.snapshot.Frame;
import marlab.sim.space.ActionSpace;

/// Plays one golden trace: every episode starts from the trace's state and goes on with its
/// actions, never looking at its states again but to compare.
final class ConformTrace {

    /// What a trace showed.
    ///
    /// @param state largest difference of a position or velocity
    /// @param observation largest difference of an observed number
    /// @param reward largest difference of a reward
    /// @param ends steps at which the agents' terminated or truncated differ
    record Outcome(
            Path file,
            String world,
            Map<String, String> options,
            int episodes,
            int steps,
            double state,
            double observation,
            double reward,
            int ends) {

        /// True when nothing differs by more; a NaN never passes.
        boolean within(double tolerance) {
            return state <= tolerance
                    && observation <= tolerance
                    && reward <= tolerance
                    && ends == 0;
        }
    }

    private final Path file;
    private int line;
    private ConformWorld world;
    private WorldProvider provider;
    private EnvOptions options;
    private ParallelEnv env;
    private RewardWeights weights;
    private Actions actions;
    private Frame ours;
    private double[] theirs;
    private double[] rewards;
    private int agents;
    private boolean begun;
    private int episodes;
    private int steps;
    private double stateError;
    private double observationError;
    private double rewardError;
    private int endErrors;

    private ConformTrace(Path file) {
        this.file = file;
    }

    /// Plays a trace.
    ///
    /// @throws BadInput when it cannot be played
    static Outcome play(Path file) {
        return new ConformTrace(file).play();
    }

    private Outcome play() {
        if (Files.isDirectory(file)) {
            throw new BadInput(file + " is a folder; name the .jsonl.gz files in it.");
        }
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                take(record(text));
            }
        } catch (NoSuchFileException e) {
            throw new BadInput("There is no file " + file + "; check the name.");
        } catch (ZipException e) {
            throw new BadInput(
                    file + " is not gzip after line " + line + "; name a .jsonl.gz trace.");
        } catch (EOFException e) {
            throw new BadInput(
                    file + " ends in the middle after line " + line + "; copy it again.");
        } catch (IOException e) {
            throw new BadInput(
                    file
                            + " cannot be read after line "
                            + line
                            + " ("
                            + e.getMessage()
                            + "); check the file and its permissions.");
        }
        if (steps == 0) {
            throw new BadInput(file + " has no steps to compare; copy it again.");
        }
        return new Outcome(
                file,
                provider.name(),
                options.asText(),
                episodes,
                steps,
                stateError,
                observationError,
                rewardError,
                endErrors);
    }

    private String place() {
        return file + ", line " + line + ":";
    }

    private ConformRecord record(String text) {
        Map<?, ?> values;
        try {
            values = Json.object(text);
        } catch (IllegalArgumentException e) {
            values = null;
        }
        if (values == null) {
            throw new BadInput(
                    file + ", line " + line + " is not a JSON object; copy the trace again.");
        }
        return new ConformRecord(place(), values);
    }

    private void take(ConformRecord record) {
        String kind = record.text("kind");
        if (kind.equals("header") == (world != null)) {
            throw record.bad(world == null ? "stands before the header" : "is a second header");
        }
        switch (kind) {
            case "header" -> begin(record);
            case "reset" -> restore(record);
            case "step" -> step(record);
            default -> throw record.bad("is of the unknown kind \"" + kind + "\"");
        }
    }

    private void begin(ConformRecord header) {
        String module = header.text("module");
        for (ConformWorld each : ConformWorld.ALL) {
            if (each.module().equals(module)) {
                world = each;
            }
        }
        if (world == null) {
            String known =
                    String.join(", ", ConformWorld.ALL.stream().map(ConformWorld::module).toList());
            throw new BadInput(
                    place()
                            + " there is no world for \""
                            + module
                            + "\"; traces of "
                            + known
                            + " can be checked.");
        }
        provider = Worlds.named(world.world());
        try {
            options = EnvOptions.of(provider.options(), world.options(header));
        } catch (IllegalArgumentException e) {
            throw header.bad("does not fit the world (" + e.getMessage() + ")");
        }
        env = provider.create(options);
        agents = env.spec().agentCount();
        weights = world.weights(header, env.spec());
        actions = new Actions(env.spec());
        ours = new Frame(env.spec());
        theirs = new double[ours.state.length];
        rewards = new double[agents];
    }

    private void restore(ConformRecord reset) {
        env.reset(0); // for a valid random stream, which nothing draws from
        env.snapshot(ours);
        world.state(reset.record("state"), ours.state);
        env.restore(ours);
        begun = true;
        episodes++;
        compareObservations(reset);
    }

    private void step(ConformRecord step) {
        if (!begun) {
            throw step.bad("stands before the first reset");
        }
        double[][] chosen = step.rows("actions", agents);
        for (int i = 0; i < agents; i++) {
            act(step, i, chosen[i]);
        }
        StepResult result = env.step(actions);
        weights.combine(result.terms, 0, agents, rewards, 0);
        steps++;
        compareState(step);
        compareObservations(step);
        double[][] expected = step.rows("rewards", agents);
        double[][] terminated = step.rows("terminated", agents);
        double[][] truncated = step.rows("truncated", agents);
        boolean sameEnds = true;
        for (int i = 0; i < agents; i++) {
            rewardError = Math.max(rewardError, Math.abs(rewards[i] - expected[i][0]));
            sameEnds &= result.terminated[i] == (terminated[i][0] == 1);
            sameEnds &= result.truncated == (truncated[i][0] == 1);
        }
        endErrors += sameEnds ? 0 : 1;
    }

    private void act(ConformRecord step, int agent, double[] chosen) {
        switch (env.spec().groupOf(agent).action()) {
            case ActionSpace.Discrete discrete -> {
                int choice = (int) chosen[0];
                if (chosen.length != 1
                        || choice != chosen[0]
                        || choice < 0
                        || choice >= discrete.size()) {
                    throw step.bad(
                            "lets agent "
                                    + agent
                                    + " do what is none of "
                                    + discrete.size()
                                    + " choices");
                }
                actions.choose(agent, choice);
            }
            case ActionSpace.Box box -> {
                if (chosen.length != box.size()) {
                    throw step.bad(
                            "gives agent "
                                    + agent
                                    + " "
                                    + chosen.length
                                    + " numbers instead of "
                                    + box.size());
                }
                for (int k = 0; k < box.size(); k++) {
                    actions.box(agent, k, chosen[k]);
                }
            }
        }
    }

    private void compareState(ConformRecord step) {
        env.snapshot(ours);
        world.state(step.record("state"), theirs);
        stateError = Math.max(stateError, largestDifference(ours.state, theirs));
    }

    private void compareObservations(ConformRecord record) {
        double[][] expected = record.rows("obs", agents);
        for (int i = 0; i < agents; i++) {
            double[] seen = new double[env.spec().groupOf(i).observation().size()];
            if (expected[i].length != seen.length) {
                throw record.bad(
                        "shows agent "
                                + i
                                + " "
                                + expected[i].length
                                + " numbers instead of "
                                + seen.length);
            }
            env.observe(i, seen, 0);
            observationError = Math.max(observationError, largestDifference(seen, expected[i]));
        }
    }

    private static double largestDifference(double[] a, double[] b) {
        double largest = 0;
        for (int k = 0; k < a.length; k++) {
            largest = Math.max(largest, Math.abs(a[k] - b[k]));
        }
        return largest;
    }
}
