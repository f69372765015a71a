package marlab.sim.world.dilemma;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The maps that come with the worlds, as text. Letters: `@` wall, `P` start, `A` apple of Harvest,
/// `B` apple of Cleanup, `H` river that starts dirty, `R` river that starts clean, `S` stream (only
/// to look at), space empty.
///
/// {@link #HARVEST} and {@link #CLEANUP} are copied from eugenevinitsky's
/// sequential_social_dilemma_games @ 0207821, `social_dilemmas/maps.py`: MIT License, Copyright (c)
/// 2020 Eugene Vinitsky; the licence's text is in installers/licenses/MIT.txt. The others are our
/// own.
final class DilemmaMaps {

    /// 16 × 38 cells, 155 apples, 20 starts.
    static final String HARVEST =
            """
            @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
            @ P   P      A    P AAAAA    P  A P  @
            @  P     A P AA    P    AAA    A  A  @
            @     A AAA  AAA    A    A AA AAAA   @
            @ A  AAA A    A  A AAA  A  A   A A   @
            @AAA  A A    A  AAA A  AAA        A P@
            @ A A  AAA  AAA  A A    A AA   AA AA @
            @  A A  AAA    A A  AAA    AAA  A    @
            @   AAA  A      AAA  A    AAAA       @
            @ P  A       A  A AAA    A  A      P @
            @A  AAA  A  A  AAA A    AAAA     P   @
            @    A A   AAA  A A      A AA   A  P @
            @     AAA   A A  AAA      AA   AAA P @
            @ A    A     AAA  A  P          A    @
            @       P     A         P  P P     P @
            @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
            """;

    /// 25 × 18 cells, 103 apple cells, 119 of river, 10 starts.
    static final String CLEANUP =
            """
            @@@@@@@@@@@@@@@@@@
            @RRRRRR     BBBBB@
            @HHHHHH      BBBB@
            @RRRRRR     BBBBB@
            @RRRRR  P    BBBB@
            @RRRRR    P BBBBB@
            @HHHHH       BBBB@
            @RRRRR      BBBBB@
            @HHHHHHSSSSSSBBBB@
            @HHHHHHSSSSSSBBBB@
            @RRRRR   P P BBBB@
            @HHHHH   P  BBBBB@
            @RRRRRR    P BBBB@
            @HHHHHH P   BBBBB@
            @RRRRR       BBBB@
            @HHHH    P  BBBBB@
            @RRRRR       BBBB@
            @HHHHH  P P BBBBB@
            @RRRRR       BBBB@
            @HHHH       BBBBB@
            @RRRRR       BBBB@
            @HHHHH      BBBBB@
            @RRRRR       BBBB@
            @HHHH       BBBBB@
            @@@@@@@@@@@@@@@@@@
            """;

    private static final String HARVEST_SMALL =
            """
            @@@@@@@@@@@@@
            @P   P   P P@
            @   A   A   @
            @  AAA AAA  @
            @   A   A   @
            @P    P    P@
            @   A   A   @
            @  AAA AAA  @
            @   A   A   @
            @P P   P   P@
            @@@@@@@@@@@@@
            """;

    private static final String HARVEST_ROOMS =
            """
            @@@@@@@@@@@@@@@
            @  A   @   A  @
            @ AAA  @  AAA @
            @  A   @   A  @
            @P     @     P@
            @   P     P   @
            @@@@@  P  @@@@@
            @P    P P    P@
            @@@@@  P  @@@@@
            @   P     P   @
            @P     @     P@
            @  A   @   A  @
            @ AAA  @  AAA @
            @  A   @   A  @
            @@@@@@@@@@@@@@@
            """;

    private static final String CLEANUP_SMALL =
            """
            @@@@@@@@@@@@@
            @HHR     BBB@
            @RHH  P  BBB@
            @HRR     BBB@
            @HHR  P  BBB@
            @RRHSSSSSBBB@
            @HHR  P  BBB@
            @RHH     BBB@
            @HRR  P  BBB@
            @HHR  P  BBB@
            @@@@@@@@@@@@@
            """;

    private static final String CLEANUP_TINY =
            """
            @@@@@@@@@
            @HH P BB@
            @RH   BB@
            @HR P BB@
            @RHSSSBB@
            @HR P BB@
            @RH   BB@
            @HH P BB@
            @@@@@@@@@
            """;

    private DilemmaMaps() {}

    /// Maps for Harvest by name, the reference's first.
    static Map<String, String> harvest() {
        Map<String, String> maps = new LinkedHashMap<>();
        maps.put("standard", HARVEST);
        maps.put("small", HARVEST_SMALL);
        maps.put("rooms", HARVEST_ROOMS);
        maps.put("large", tiled(HARVEST, 3, 3));
        return maps;
    }

    /// Maps for Cleanup by name, the reference's first.
    static Map<String, String> cleanup() {
        Map<String, String> maps = new LinkedHashMap<>();
        maps.put("standard", CLEANUP);
        maps.put("small", CLEANUP_SMALL);
        maps.put("tiny", CLEANUP_TINY);
        maps.put("large", tiled(CLEANUP, 3, 4));
        return maps;
    }

    /// A walled map again and again, with one wall round all.
    private static String tiled(String map, int down, int across) {
        List<String> rows = map.lines().toList();
        int width = rows.getFirst().length() - 2;
        String wall = "@".repeat(across * width + 2) + "\n";
        StringBuilder text = new StringBuilder(wall);
        for (int k = 0; k < down; k++) {
            for (String row : rows.subList(1, rows.size() - 1)) {
                text.append('@').repeat(row.substring(1, width + 1), across).append("@\n");
            }
        }
        return text.append(wall).toString();
    }
}
