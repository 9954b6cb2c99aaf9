package io.headwall.rig;

import io.headwall.store.Lane;
import io.headwall.store.Origin;

/** What a reading is known by, everywhere. */
public record Identity(Origin origin, int epoch, Lane lane, long seq) {}
