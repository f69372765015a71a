package marlab.sim.world.dilemma;

/// Maps for tag-out worlds, all closed by walls. Legend: `#` wall, `P` start, `A` apple, `H` waste,
/// `R` clean river, `S` stream.
///
/// All but {@link #DIAMOND} are those of vicgalle/llm-policies-social-dilemmas @ f5c5b2b: MIT
/// License, Copyright (c) 2026 Víctor Gallego; the licence's text is in
/// installers/licenses/MIT.txt. Ragged rows were closed on the right. Its large Gathering map and
/// its Cleanup map are those of {@link DilemmaMaps}.
final class TagMaps {

    /// Our own: a heap of apples between four starts.
    static final String DIAMOND =
            """
            #################
            #P             P#
            #      AAA      #
            #     AAAAA     #
            #    AAAAAAA    #
            #     AAAAA     #
            #      AAA      #
            #P             P#
            #################
            """;

    /// GATHERING_MAP_SMALL.
    static final String TWO_ROWS =
            """
            ##################
            #P     A A     P #
            #      A A       #
            #      A A       #
            #      A A       #
            #      A A       #
            #      A A       #
            #      A A       #
            #                #
            ##################
            """;

    /// COMMONS_MAP. Agents start on the rim.
    static final String COMMONS =
            """
            ##############################
            #                            #
            #   AAAA       AAAA          #
            #   AAAA       AAAA          #
            #   AAAA       AAAA          #
            #   AAAA       AAAA          #
            #                            #
            #                            #
            #        AAAAAA              #
            #        AAAAAA              #
            #        AAAAAA              #
            #        AAAAAA              #
            #                            #
            #                            #
            #   AAAA       AAAA          #
            #   AAAA       AAAA          #
            #   AAAA       AAAA          #
            #   AAAA       AAAA          #
            #                            #
            ##############################
            """;

    /// CLEANUP_MAP_SMALL.
    static final String CLEANUP_SMALL =
            """
            #############
            #RRR   AAAAA#
            #HHH   AAAAA#
            #RRRSS AAAAA#
            #RR  P AAAAA#
            #HH  P AAAAA#
            #RR  P AAAAA#
            #RRRSS AAAAA#
            #HHH   AAAAA#
            #RRR   AAAAA#
            #############
            """;

    private TagMaps() {}
}
