package io.headwall.store.sqlite;

import io.headwall.store.Anchor;
import io.headwall.store.Association;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Settled;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that makes epochs visible whose blocks are back already.
 *
 * @param anchors those that are there already may be among them
 * @param gone whatever is booked of these epochs and lanes
 * @param kept readings that are back, by lane
 */
record Adoption(
    List<EpochRow> epochs,
    Set<Anchor> anchors,
    List<Association> associations,
    List<Settled> settled,
    List<RemovedTable.Gone> gone,
    Map<Lane, Long> kept) {}
