package io.headwall.store;

import io.headwall.spi.time.TimeQuality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Wall times from monotonic ones, through the anchors of the same kernel boot. What was read before
 * the clock was synchronised is mended by the first anchor afterwards, also one of a later process.
 */
public final class Timeline {

  private final Map<String, List<Anchor>> byBoot = new HashMap<>();

  public Timeline(List<Anchor> anchors) {
    for (Anchor anchor : anchors) add(anchor);
  }

  public void add(Anchor anchor) {
    List<Anchor> boot = byBoot.computeIfAbsent(anchor.bootId(), id -> new ArrayList<>());
    boot.add(anchor);
    boot.sort(Comparator.comparingLong(Anchor::bootNs));
  }

  /** The wall time of a monotonic time. */
  public Moment moment(String bootId, long bootNs) {
    @Nullable Anchor trustedBefore = null;
    @Nullable Anchor trustedAfter = null;
    @Nullable Anchor any = null;
    for (Anchor anchor : byBoot.getOrDefault(bootId, List.of())) {
      any = anchor;
      if (!anchor.quality().trusted()) continue;
      if (anchor.bootNs() <= bootNs) trustedBefore = anchor;
      else if (trustedAfter == null) trustedAfter = anchor;
    }
    if (trustedBefore != null) return at(trustedBefore, bootNs, trustedBefore.quality());
    if (trustedAfter != null) return at(trustedAfter, bootNs, TimeQuality.BACK_CORRECTED);
    return any == null ? Moment.UNKNOWN : at(any, bootNs, any.quality());
  }

  private static Moment at(Anchor anchor, long bootNs, TimeQuality quality) {
    return new Moment(anchor.epochNs() + (bootNs - anchor.bootNs()), quality);
  }
}
