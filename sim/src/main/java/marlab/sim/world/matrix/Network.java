package marlab.sim.world.matrix;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import marlab.sim.seed.RandomStream;

/// Who plays with whom: the neighbours of node i are `others[first[i]]` to `others[first[i + 1] −
/// 1]`. No node is its own neighbour and nobody is a neighbour twice.
record Network(int[] first, int[] others) {

    int size() {
        return first.length - 1;
    }

    int degree(int node) {
        return first[node + 1] - first[node];
    }

    int largestDegree() {
        int largest = 0;
        for (int i = 0; i < size(); i++) {
            largest = Math.max(largest, degree(i));
        }
        return largest;
    }

    /// A grid whose edges are joined: 4 neighbours (up, right, down, left) or also the diagonal 4.
    /// At least 3 × 3.
    static Network torus(int rows, int columns, int degree) {
        int[] down = {-1, 0, 1, 0, -1, 1, 1, -1};
        int[] right = {0, 1, 0, -1, 1, 1, -1, -1};
        int n = rows * columns;
        int[] first = new int[n + 1];
        int[] others = new int[n * degree];
        for (int i = 0; i < n; i++) {
            first[i + 1] = (i + 1) * degree;
            for (int k = 0; k < degree; k++) {
                int row = (i / columns + down[k] + rows) % rows;
                int column = (i % columns + right[k] + columns) % columns;
                others[i * degree + k] = row * columns + column;
            }
        }
        return new Network(first, others);
    }

    /// A ring with neighbours on both sides, every edge of which has its far end moved to a random
    /// node with the given chance (Watts and Strogatz 1998).
    static Network smallWorld(int n, int degree, double rewire, RandomStream random) {
        Edges edges = Edges.ring(n, degree);
        for (int e = 0; e < edges.a.length; e++) {
            if (random.nextDouble() < rewire) {
                edges.moveEnd(e, n, random);
            }
        }
        return edges.network(n);
    }

    /// Everybody has equally many neighbours: a ring after ten double swaps per edge, each of which
    /// exchanges the ends of two edges.
    static Network regular(int n, int degree, RandomStream random) {
        Edges edges = Edges.ring(n, degree);
        int count = edges.a.length;
        for (int swap = 0; swap < 10 * count; swap++) {
            edges.swap(random.nextInt(count), random.nextInt(count), random.nextBoolean());
        }
        return edges.network(n);
    }

    /// n · degree / 2 edges, every such set equally likely (Erdős and Rényi 1959).
    static Network random(int n, int degree, RandomStream random) {
        Edges edges = new Edges(n * degree / 2);
        for (int e = 0; e < edges.a.length; e++) {
            int a;
            int b;
            do {
                a = random.nextInt(n);
                b = random.nextInt(n);
            } while (a == b || !edges.join(e, a, b));
        }
        return edges.network(n);
    }

    /// Edges by number, and the set of them.
    private static final class Edges {

        final int[] a;
        final int[] b;
        final Set<Long> present = new HashSet<>();

        Edges(int count) {
            a = new int[count];
            b = new int[count];
        }

        static Edges ring(int n, int degree) {
            Edges edges = new Edges(n * degree / 2);
            for (int e = 0; e < edges.a.length; e++) {
                edges.join(e, e % n, (e % n + 1 + e / n) % n);
            }
            return edges;
        }

        private static long key(int x, int y) {
            return ((long) Math.min(x, y) << 32) + Math.max(x, y);
        }

        boolean join(int e, int x, int y) {
            a[e] = x;
            b[e] = y;
            return present.add(key(x, y));
        }

        void moveEnd(int e, int n, RandomStream random) {
            for (int tries = 0; tries < 50; tries++) { // a node may know nearly everybody
                int end = random.nextInt(n);
                if (end != a[e] && !present.contains(key(a[e], end))) {
                    present.remove(key(a[e], b[e]));
                    join(e, a[e], end);
                    return;
                }
            }
        }

        void swap(int e, int f, boolean crossed) {
            int x = crossed ? b[f] : a[f];
            int y = crossed ? a[f] : b[f];
            boolean possible =
                    a[e] != y
                            && b[e] != x
                            && !present.contains(key(a[e], y))
                            && !present.contains(key(x, b[e]));
            if (e != f && possible) {
                present.remove(key(a[e], b[e]));
                present.remove(key(x, y));
                int far = b[e];
                join(e, a[e], y);
                join(f, x, far);
            }
        }

        Network network(int n) {
            int[] first = new int[n + 1];
            for (int e = 0; e < a.length; e++) {
                first[a[e] + 1]++;
                first[b[e] + 1]++;
            }
            for (int i = 0; i < n; i++) {
                first[i + 1] += first[i];
            }
            int[] next = first.clone();
            int[] others = new int[2 * a.length];
            for (int e = 0; e < a.length; e++) {
                others[next[a[e]]++] = b[e];
                others[next[b[e]]++] = a[e];
            }
            for (int i = 0; i < n; i++) {
                Arrays.sort(others, first[i], first[i + 1]);
            }
            return new Network(first, others);
        }
    }
}
