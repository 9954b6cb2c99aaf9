package io.headwall.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * News of a commit for the forwarders: what may be sent from now on.
 *
 * @param began an epoch that began because the file of those before was set aside: they are gone
 *     until they are salvaged. Null mostly
 * @param salvaged whether older epochs came back: what is stored must be looked up anew
 */
public record Committed(
    List<BlockKey> blocks,
    List<Anchor> anchors,
    List<Association> associations,
    @Nullable EpochRow began,
    boolean salvaged) {

  /** News of an ordinary commit. */
  public static Committed of(
      List<BlockKey> blocks, List<Anchor> anchors, List<Association> associations) {
    return new Committed(blocks, anchors, associations, null, false);
  }
}
