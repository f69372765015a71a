package marlab.sim.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.reward.RewardWeights;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;

class AgentFiguresTest {

    private final WorldProvider world = Worlds.named("simple_spread");
    private final EnvSpec spec = world.create(world.defaults()).spec();
    private final Frame frame = new Frame(spec);
    private final Overlays on = new Overlays();
    private final RewardWeights weights = RewardWeights.defaults(spec.terms());

    private List<String> drawn() {
        List<String> texts = new ArrayList<>();
        Brush brush =
                (Brush)
                        Proxy.newProxyInstance(
                                Brush.class.getClassLoader(),
                                new Class<?>[] {Brush.class},
                                (proxy, method, arguments) -> {
                                    texts.add(arguments[0].toString());
                                    return null;
                                });
        Portrayal portrayal = world.portrayal(world.defaults());
        new AgentFigures(spec).draw(frame, weights, on, portrayal, brush);
        return texts;
    }

    private void earn(double cover) {
        frame.step = 1;
        for (int agent = 0; agent < 3; agent++) {
            frame.terms[agent * spec.terms().size() + spec.termIndex("cover")] = cover;
        }
    }

    @Test
    void nothingIsWrittenUnasked() {
        earn(-1);
        assertEquals(List.of(), drawn());
    }

    @Test
    void rewardsAreCountedWithTheWeights() {
        on.rewards = true;
        assertEquals(List.of(), drawn(), "nobody has earned anything at the start");
        earn(-0.625);
        double each = weights.weight(spec.termIndex("cover")) * -0.625;
        String text = String.format(java.util.Locale.ROOT, "%.2f", each).replace('-', '−');
        assertEquals(List.of(text, text, text), drawn());
        earn(0.001);
        assertEquals("0.00", drawn().getFirst().replace("+", ""));
    }

    @Test
    void valuesStandWherePoliciesHaveThem() {
        on.values = true;
        frame.values[1] = -12.345;
        assertEquals(List.of("V −12.3"), drawn());
    }
}
