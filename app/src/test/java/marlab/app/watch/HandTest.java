package marlab.app.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import marlab.app.watch.Hand.Key;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.policy.Decision;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import marlab.sim.space.ObservationSpace;
import org.junit.jupiter.api.Test;

class HandTest {

    private static final Key LEFT = Key.arrow(-1, 0);
    private static final Key UP = Key.arrow(0, 1);

    private static EnvSpec spread(String actions) {
        WorldProvider world = Worlds.named("simple_spread");
        return world.create(world.configure(Map.of("actions", actions))).spec();
    }

    private static EnvSpec oneAgent(ActionSpace action) {
        ObservationSpace nothing = new ObservationSpace(List.of(), List.of(), 0);
        AgentGroup group =
                new AgentGroup(
                        "agents", List.of(new AgentId(0, "agent_0")), nothing, nothing, action);
        return new EnvSpec("test", List.of(group), List.of(), List.of(), List.of(), 1, 0);
    }

    private static int choice(Hand hand, EnvSpec spec) {
        Decision decision = new Decision(spec);
        hand.act(decision);
        int agent = hand.agent();
        int choice = decision.actions.choice(agent);
        assertEquals(1, decision.probabilities[agent * decision.choicesPerAgent + choice]);
        return choice;
    }

    @Test
    void aHeldArrowMovesInEveryStepAndATapInOne() {
        EnvSpec spec = spread("discrete");
        Hand hand = new Hand(spec, 1);
        assertEquals(0, choice(hand, spec));
        hand.press(LEFT);
        assertEquals(1, choice(hand, spec));
        assertEquals(1, choice(hand, spec));
        hand.release(LEFT);
        assertEquals(0, choice(hand, spec));
        hand.press(UP);
        hand.release(UP);
        assertEquals(4, choice(hand, spec), "a tap between two steps counts");
        assertEquals(0, choice(hand, spec));
    }

    @Test
    void numbersFollowSeveralArrowsAtOnce() {
        EnvSpec spec = spread("continuous");
        Hand hand = new Hand(spec, 2);
        hand.press(LEFT);
        hand.press(UP);
        Decision decision = new Decision(spec);
        decision.actions.box(2, 2, 0.7);
        hand.act(decision);
        double[] pushes = new double[5];
        java.util.Arrays.setAll(pushes, k -> decision.actions.box(2, k));
        assertEquals(
                List.of(0.0, 1.0, 0.0, 0.0, 1.0), java.util.Arrays.stream(pushes).boxed().toList());
    }

    @Test
    void actionsHaveKeysOfTheirOwnAndJointOnesNeedBoth() {
        List<Push> parts =
                List.of(
                        new Push("stay", 0, 0),
                        new Push("left", -1, 0),
                        Push.act("fire", ' '),
                        new Push("stay, say b", 0, 0, '2'),
                        new Push("left, say b", -1, 0, '2'));
        EnvSpec spec = oneAgent(new ActionSpace.Discrete(parts));
        Hand hand = new Hand(spec, 0);
        assertTrue(hand.knows(Key.of(' ')));
        assertFalse(hand.knows(Key.of('Q')));
        assertFalse(hand.knows(UP));
        hand.press(Key.of(' '));
        assertEquals(2, choice(hand, spec));
        hand.release(Key.of(' '));
        hand.press(Key.of('2'));
        assertEquals(3, choice(hand, spec));
        hand.press(LEFT);
        assertEquals(4, choice(hand, spec));
        hand.release(Key.of('2'));
        choice(hand, spec); // the tap of the arrow is used up here
        assertEquals(1, choice(hand, spec));
    }

    @Test
    void aSingleNumberTurnsLeftWithTheLeftArrow() {
        EnvSpec spec = oneAgent(new ActionSpace.Box(List.of(new Push("turn", 0, 0)), -1, 1));
        Hand hand = new Hand(spec, 0);
        Decision decision = new Decision(spec);
        hand.press(LEFT);
        hand.act(decision);
        assertEquals(1, decision.actions.box(0, 0));
        hand.release(LEFT);
        hand.act(decision);
        assertEquals(0, decision.actions.box(0, 0));
    }

    @Test
    void wordsGoWithMovesAndAreSaidAgain() {
        WorldProvider world = Worlds.named("simple_reference");
        EnvSpec spec = world.create(world.defaults()).spec();
        Hand hand = new Hand(spec, 0);
        assertEquals(0, choice(hand, spec), "stay, say A");
        hand.press(Key.of('3'));
        hand.press(LEFT);
        assertEquals(11, choice(hand, spec), "left, say C");
        hand.release(LEFT);
        hand.release(Key.of('3'));
        choice(hand, spec);
        assertEquals(10, choice(hand, spec), "stay, say C");
        hand.press(LEFT);
        assertEquals(11, choice(hand, spec), "left, say C");
    }

    @Test
    void arrowsTurnBirdsAsTheirKeysDo() {
        WorldProvider world = Worlds.named("vicsek");
        EnvSpec spec = world.create(world.defaults()).spec();
        Hand hand = new Hand(spec, 7);
        assertEquals(1, choice(hand, spec));
        hand.press(LEFT);
        assertEquals(0, choice(hand, spec));
        hand.releaseAll();
        assertEquals(1, choice(hand, spec));
        hand.press(Key.of('E'));
        assertEquals(2, choice(hand, spec));
    }

    @Test
    void numbersBelowRestPushBackwards() {
        EnvSpec spec = oneAgent(new ActionSpace.Box(List.of(new Push("turn left", -1, 0)), -1, 1));
        Hand hand = new Hand(spec, 0);
        Decision decision = new Decision(spec);
        assertTrue(hand.knows(Key.arrow(1, 0)));
        hand.press(Key.arrow(1, 0));
        hand.act(decision);
        assertEquals(-1, decision.actions.box(0, 0));
    }
}
