package io.headwall.store;

import java.util.List;
import java.util.Map;

/**
 * What becomes durable together, or not at all.
 *
 * @param blocks one a lane at most, numbers following those before
 * @param rows dictionary rows that the blocks need, by id; those known already may be among them
 * @param removals stretches of older blocks that give up readings
 * @param owed stretches that were delivered, or refused for good, and are owed once more; among
 *     them also those that were refused for good and are discarded now
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
