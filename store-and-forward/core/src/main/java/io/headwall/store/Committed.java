package io.headwall.store;

import java.util.List;

/** News of a commit for the forwarders: what may be sent from now on. */
public record Committed(
    List<BlockKey> blocks, List<Anchor> anchors, List<Association> associations) {}
