package io.headwall.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * News of a commit for the forwarders: what may be sent from now on.
 *
 * @param began an epoch that began because the file of those before was set aside, with all that
 *     was in it. Null mostly
 * @param salvaged whether older epochs came back: which there are is to be looked up anew
 * @param owed as in {@link Commit}
 */
public record Committed(
    List<BlockKey> blocks,
    List<Anchor> anchors,
    List<Association> associations,
    @Nullable EpochRow began,
    boolean salvaged,
    List<Settled> owed) {}
