package marlab.sim.world.particle;

import java.util.random.RandomGenerator;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;

/// The script of Simple World Comm: prey eats while no predator is near, else hides or flees. The
/// leader calls the quarter (A to D, counter-clockwise from the upper right) of the prey nearest to
/// it; predators chase what they see and go to the called quarter when they see nothing.
final class WorldCommScript extends HuntScript {

    private static final double ALARM = 0.5;

    private final SimpleWorldComm.Counts counts;
    private final boolean byWord;
    private final double[] seen;

    WorldCommScript(EnvOptions options, boolean byWord) {
        super(
                options.whole("adversaries"),
                options.whole("good"),
                options.whole("obstacles"),
                new SimpleWorldComm.Counts(options).landmarks(),
                options);
        counts = new SimpleWorldComm.Counts(options);
        this.byWord = byWord;
        seen = new double[SimpleWorldComm.predatorSight(counts).size()];
    }

    @Override
    void decide(ParallelEnv env, RandomGenerator random) {
        for (int i = predators; i < n; i++) {
            live(i);
        }
        int target = nearestPrey(0);
        chase(0, target, false);
        say(0, true, byWord ? quarter(x(target), y(target)) : 0, SimpleWorldComm.WORDS);
        for (int j = 1; j < predators; j++) {
            hunt(env, j);
        }
    }

    private static int quarter(double x, double y) {
        return y >= 0 ? (x >= 0 ? 0 : 1) : (x < 0 ? 2 : 3);
    }

    private void live(int prey) {
        int forest = nearestLandmark(prey, counts.landmarks() - counts.forests(), true);
        int food = nearestLandmark(prey, counts.obstacles(), false);
        if (danger(prey) > ALARM) {
            goTo(prey, landmarkX(food), landmarkY(food));
        } else if (forest >= 0
                && danger(prey) > 0.25
                && scene.distance(frame, prey, forest) < 0.6) {
            goTo(prey, landmarkX(forest), landmarkY(forest));
        } else {
            flee(prey);
        }
    }

    private int nearestLandmark(int agent, int from, boolean forest) {
        int to = forest ? counts.landmarks() : from + counts.food();
        int nearest = -1;
        for (int l = from; l < to; l++) {
            if (nearest < 0
                    || scene.distance(frame, agent, l) < scene.distance(frame, agent, nearest)) {
                nearest = l;
            }
        }
        return nearest;
    }

    /// Goes by what the predator itself sees: prey that is hidden stands at (0, 0) there.
    private void hunt(ParallelEnv env, int predator) {
        env.observe(predator, seen, 0);
        int at = 4 + 2 * counts.landmarks() + 2 * (predators - 1);
        int target = -1;
        for (int i = predators; i < n; i++) {
            int k = at + 2 * (i - predators);
            boolean visible = seen[k] != 0 || seen[k + 1] != 0;
            if (visible && (target < 0 || distance(predator, i) < distance(predator, target))) {
                target = i;
            }
        }
        int word =
                ParticleScene.loudest(
                        seen, seen.length - SimpleWorldComm.WORDS, SimpleWorldComm.WORDS);
        if (target >= 0) {
            chase(predator, target, true);
        } else if (byWord && word >= 0) {
            steer(predator, word == 0 || word == 3 ? 0.5 : -0.5, word <= 1 ? 0.5 : -0.5);
        } else {
            push(predator, 0, 0);
        }
    }
}
