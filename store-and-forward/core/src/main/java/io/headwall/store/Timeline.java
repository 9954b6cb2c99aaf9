package io.headwall.store;

import io.headwall.spi.time.TimeQuality;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Wall times from monotonic ones, through the anchors of the same kernel boot. What was read before
 * the clock was synchronised is mended by the first anchor afterwards, also one of a later process.
 */
public final class Timeline {

  private final Map<String, Boot> byBoot = new HashMap<>();

  /** Anchors of one boot by monotonic time. Asked for each reading that leaves, so never walked. */
  private record Boot(NavigableMap<Long, Anchor> all, NavigableMap<Long, Anchor> trusted) {}

  public Timeline(List<Anchor> anchors) {
    for (Anchor anchor : anchors) add(anchor);
  }

  public void add(Anchor anchor) {
    Boot boot =
        byBoot.computeIfAbsent(anchor.bootId(), id -> new Boot(new TreeMap<>(), new TreeMap<>()));
    boot.all.put(anchor.bootNs(), anchor);
    if (anchor.quality().trusted()) boot.trusted.put(anchor.bootNs(), anchor);
  }

  /** The wall time of a monotonic time. */
  public Moment moment(String bootId, long bootNs) {
    Boot boot = byBoot.get(bootId);
    if (boot == null) return Moment.UNKNOWN;
    Map.Entry<Long, Anchor> before = boot.trusted.floorEntry(bootNs);
    if (before != null) return at(before.getValue(), bootNs, before.getValue().quality());
    Map.Entry<Long, Anchor> after = boot.trusted.higherEntry(bootNs);
    if (after != null) return at(after.getValue(), bootNs, TimeQuality.BACK_CORRECTED);
    Anchor last = boot.all.lastEntry().getValue();
    return at(last, bootNs, last.quality());
  }

  private static Moment at(Anchor anchor, long bootNs, TimeQuality quality) {
    return new Moment(anchor.epochNs() + (bootNs - anchor.bootNs()), quality);
  }
}
