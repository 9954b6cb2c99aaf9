package io.headwall.format;

import io.headwall.store.Entry;
import io.headwall.store.Lane;
import io.headwall.store.Origin;
import java.util.List;

/**
 * A message as a receiver reads it. Each entry's identity is (origin, epoch, lane, {@link
 * Entry#seq}); unit and bed are in the topic.
 *
 * @param origin the box that read it
 * @param epoch the epoch it was read in
 * @param lane its lane
 * @param history whether it is marked as history
 * @param reason why it is history; empty if it is not
 * @param entries one at least, numbers rising
 */
public record SenmlMessage(
    Origin origin, int epoch, Lane lane, boolean history, String reason, List<Entry> entries) {

  public SenmlMessage {
    entries = List.copyOf(entries);
  }
}
