package io.headwall.store;

import java.util.List;
import java.util.Map;

/**
 * What becomes durable together, or not at all.
 *
 * @param blocks one a lane at most, numbers following those before
 * @param rows dictionary rows that the blocks need, by id; those known already may be among them
 * @param removals stretches of older blocks that give up readings
 * @param owed delivered stretches that are owed once more, as if they had never been delivered
 */
public record Commit(
    List<StoredBlock> blocks,
    Map<Long, byte[]> rows,
    List<Settled> settled,
    List<Anchor> anchors,
    List<Association> associations,
    List<Removal> removals,
    List<Settled> owed) {

  /** Without anything that is owed once more. */
  public Commit(
      List<StoredBlock> blocks,
      Map<Long, byte[]> rows,
      List<Settled> settled,
      List<Anchor> anchors,
      List<Association> associations,
      List<Removal> removals) {
    this(blocks, rows, settled, anchors, associations, removals, List.of());
  }

  public boolean isEmpty() {
    return blocks.isEmpty()
        && settled.isEmpty()
        && anchors.isEmpty()
        && associations.isEmpty()
        && removals.isEmpty()
        && owed.isEmpty();
  }
}
