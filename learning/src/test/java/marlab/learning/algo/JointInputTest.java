package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import marlab.learning.net.NetworkConfig;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.snapshot.Frame;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.SquareSymmetry;
import org.junit.jupiter.api.Test;

/// On Simple Spread, and Simple Tag with frozen prey.
class JointInputTest {

    private static final int AGENTS = 3;
    private static final int CHOICES = 5;

    private final WorldProvider world = Worlds.named("simple_spread");
    private final ParallelEnv env = world.create(EnvOptions.of(world.options(), Map.of()));
    private final RandomStream random = new RandomStream(9);

    private static Setup setup(EnvSpec spec, int sharing, List<String> frozen) {
        return new Setup(
                Algorithm.MADDPG,
                spec,
                Unit.of(spec, sharing, frozen),
                NetworkConfig.defaults(),
                false,
                HyperParameters.defaults(Algorithm.MADDPG.parameters()),
                new PlainAlgebra(),
                new Seeds(1),
                1,
                1);
    }

    private float[] state(Frame frame) {
        env.restore(frame);
        AgentGroup group = env.spec().groups().getFirst();
        int size = group.observation().size();
        double[] state = new double[AGENTS * size];
        for (int i = 0; i < AGENTS; i++) {
            env.observe(i, state, i * size);
        }
        float[] narrow = new float[state.length];
        for (int k = 0; k < state.length; k++) {
            narrow[k] = (float) state[k];
        }
        return narrow;
    }

    private Frame moment() {
        env.reset(random.nextLong());
        Frame frame = new Frame(env.spec());
        env.snapshot(frame);
        for (int k = 0; k < frame.state.length; k++) {
            frame.state[k] = random.nextDouble(-1, 1);
        }
        return frame;
    }

    private Frame turned(int g, Frame frame) {
        Frame image = new Frame(env.spec());
        image.copyFrom(frame);
        for (int k = 0; k < frame.state.length; k += 2) { // positions and velocities alike
            float x = (float) frame.state[k];
            float y = (float) frame.state[k + 1];
            image.state[k] = SquareSymmetry.imageX(g, x, y);
            image.state[k + 1] = SquareSymmetry.imageY(g, x, y);
        }
        return image;
    }

    /// The world's joint action in which agent i chooses `choices[i]`.
    private static float[] joint(int... choices) {
        float[] joint = new float[choices.length * CHOICES];
        for (int i = 0; i < choices.length; i++) {
            joint[i * CHOICES + choices[i]] = 1;
        }
        return joint;
    }

    private static float[] write(JointInput input, int member, float[] state, float[] joint) {
        float[] into = new float[input.size(0)];
        input.write(0, member, state, 0, joint, 0, into, 0);
        return into;
    }

    @Test
    void canonicalInputsAreThoseOfEveryMirroredAndTurnedWorld() {
        JointInput input = new JointInput(setup(env.spec(), Unit.ALL, List.of()), true);
        ActionSpace actions = env.spec().groups().getFirst().action();
        for (int k = 0; k < 50; k++) {
            Frame frame = moment();
            int[] choices = {random.nextInt(5), random.nextInt(5), random.nextInt(5)};
            float[] expected = write(input, k % 3, state(frame), joint(choices));
            for (int g = 1; g < SquareSymmetry.ORDER; g++) {
                int[] table = SquareSymmetry.onActions(g, actions);
                int[] images = Arrays.stream(choices).map(c -> table[c]).toArray();
                float[] image = write(input, k % 3, state(turned(g, frame)), joint(images));
                assertArrayEquals(expected, image, 1e-6f, "element " + g);
            }
        }
    }

    @Test
    void theOrderOfOthersWithTheSamePolicyDoesNotMatter() {
        JointInput shared = new JointInput(setup(env.spec(), Unit.ALL, List.of()), true);
        JointInput own = new JointInput(setup(env.spec(), Unit.NONE, List.of()), true);
        Frame frame = moment();
        Frame swapped = new Frame(env.spec());
        swapped.copyFrom(frame);
        float[] state = state(frame);
        // agents 1 and 2 change places: their blocks of the state, and of what others see of them
        swapAgents(swapped);
        float[] other = state(swapped);
        assertArrayEquals(
                write(shared, 0, state, joint(1, 2, 3)),
                write(shared, 0, other, joint(1, 3, 2)),
                1e-6f);
        assertFalse(
                Arrays.equals(
                        write(own, 0, state, joint(1, 2, 3)), write(own, 0, other, joint(1, 3, 2))),
                "agents with policies of their own are not alike");
    }

    /// Finds where agents 1 and 2 stand in the frame by what they see of themselves.
    private void swapAgents(Frame frame) {
        double[] before = frame.state.clone();
        int[] at = new int[2];
        for (int agent = 1; agent <= 2; agent++) {
            double[] seen = new double[env.spec().groups().getFirst().observation().size()];
            env.observe(agent, seen, 0);
            for (int k = 0; k < before.length; k++) {
                if (before[k] == seen[2]) {
                    at[agent - 1] = k; // x of the position
                }
            }
        }
        double[] seen = new double[env.spec().groups().getFirst().observation().size()];
        env.observe(1, seen, 0);
        int velocity = 0;
        for (int k = 0; k < before.length; k++) {
            velocity = before[k] == seen[0] ? k - at[0] : velocity;
        }
        for (int d : new int[] {0, 1, velocity, velocity + 1}) {
            frame.state[at[0] + d] = before[at[1] + d];
            frame.state[at[1] + d] = before[at[0] + d];
        }
    }

    @Test
    void ownActionsGoWhereTheJointActionPutsThem() {
        for (boolean canonical : new boolean[] {true, false}) {
            Setup setup = setup(env.spec(), Unit.ALL, List.of());
            JointInput input = new JointInput(setup, canonical);
            for (int k = 0; k < 40; k++) {
                float[] state = state(moment());
                int member = k % AGENTS;
                int frame = input.frame(0, member, state, 0);
                float[] action = new float[CHOICES];
                action[random.nextInt(CHOICES)] = 1;
                float[] joint = joint(0, 0, 0);
                Arrays.fill(joint, member * CHOICES, (member + 1) * CHOICES, 0);
                input.put(0, member, frame, action, 0, joint, 0);
                float[] expected = write(input, member, state, joint);
                float[] other = joint(0, 0, 0);
                float[] into = new float[expected.length];
                int g = input.write(0, member, state, 0, other, 0, into, 0);
                input.putOwn(0, member, frame, g, action, 0, into, 0);
                assertArrayEquals(expected, into);
                float[] taken = new float[CHOICES];
                input.takeOwn(0, member, frame, g, into, 0, taken, 0);
                assertArrayEquals(action, taken);
            }
        }
    }

    @Test
    void theJointFormIsInTheWorldsFrameWithTheAgentFirst() {
        JointInput input = new JointInput(setup(env.spec(), Unit.ALL, List.of()), false);
        float[] state = state(moment());
        float[] seen = write(input, 1, state, joint(1, 2, 3));
        int raw = state.length / AGENTS;
        int kept = raw - 4; // without messages that are always zero
        int block = kept + CHOICES;
        assertEquals(AGENTS * block, seen.length);
        int[] agents = {1, 0, 2};
        for (int k = 0; k < AGENTS; k++) {
            for (int i = 0; i < kept; i++) {
                assertEquals(state[agents[k] * raw + i], seen[k * block + i]);
            }
            for (int c = 0; c < CHOICES; c++) {
                assertEquals(c == agents[k] + 1 ? 1 : 0, seen[k * block + kept + c]);
            }
        }
    }

    @Test
    void frozenAgentsAreSeenButTheirActionsAreNot() {
        WorldProvider tag = Worlds.named("simple_tag");
        EnvSpec spec = tag.create(EnvOptions.of(tag.options(), Map.of())).spec();
        JointInput all = new JointInput(setup(spec, Unit.ALL, List.of()), false);
        JointInput some = new JointInput(setup(spec, Unit.ALL, List.of("prey")), false);
        assertEquals(20, all.jointWidth());
        assertEquals(15, some.jointWidth());
        assertEquals(all.size(0) - CHOICES, some.size(0));
        assertEquals(all.stateSize(), some.stateSize());
    }
}
