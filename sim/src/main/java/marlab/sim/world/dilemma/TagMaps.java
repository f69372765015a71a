package marlab.sim.world.dilemma;

/// Maps for tag-out worlds, all closed by walls. Legend: `#` wall, `P` start, `A` apple, `H` waste,
/// `R` clean river, `S` stream.
///
/// All but {@link #DIAMOND} are those of vicgalle/llm-policies-social-dilemmas @ f5c5b2b, which is
/// under the MIT licence, copyright V. Gallego; ragged rows were closed on the right.
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

    /// GATHERING_MAP_LARGE, which is SSD's HARVEST_MAP.
    static final String LARGE =
            """
            ######################################
            # P   P      A    P AAAAA    P  A P  #
            #  P     A P AA    P    AAA    A  A  #
            #     A AAA  AAA    A    A AA AAAA   #
            # A  AAA A    A  A AAA  A  A   A A   #
            #AAA  A A    A  AAA A  AAA        A P#
            # A A  AAA  AAA  A A    A AA   AA AA #
            #  A A  AAA    A A  AAA    AAA  A    #
            #   AAA  A      AAA  A    AAAA       #
            # P  A       A  A AAA    A  A      P #
            #A  AAA  A  A  AAA A    AAAA     P   #
            #    A A   AAA  A A      A AA   A  P #
            #     AAA   A A  AAA      AA   AAA P #
            # A    A     AAA  A  P          A    #
            #       P     A         P  P P     P #
            ######################################
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

    /// CLEANUP_MAP, which is also SSD's.
    static final String CLEANUP =
            """
            ##################
            #RRRRRR     AAAAA#
            #HHHHHH      AAAA#
            #RRRRRR     AAAAA#
            #RRRRR  P    AAAA#
            #RRRRR    P AAAAA#
            #HHHHH       AAAA#
            #RRRRR      AAAAA#
            #HHHHHHSSSSSSAAAA#
            #HHHHHHSSSSSSAAAA#
            #RRRRR   P P AAAA#
            #HHHHH   P  AAAAA#
            #RRRRRR    P AAAA#
            #HHHHHH P   AAAAA#
            #RRRRR       AAAA#
            #HHHH    P  AAAAA#
            #RRRRR       AAAA#
            #HHHHH  P P AAAAA#
            #RRRRR       AAAA#
            #HHHH       AAAAA#
            #RRRRR       AAAA#
            #HHHHH      AAAAA#
            #RRRRR       AAAA#
            #HHHH       AAAAA#
            ##################
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
