package io.headwall.store;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.reading.DeviceMetrics;
import io.headwall.spi.reading.Reading;
import java.util.List;

/** What the box says of itself, as a device among the others. */
final class Box {

  /** Wire name under which the box speaks of itself. */
  static final String DEVICE = "headwall";

  /** Stands for the box in containments. */
  static final Code MDS = new LocalCode("x-headwall");

  private Box() {}

  /** Something that happened to the box, cut to the length of a text. */
  static Arrival event(long nowNs, String text) {
    int most = Reading.TEXT_CHARS_MAX;
    // A pair of surrogates is not cut in two.
    if (text.length() > most && Character.isHighSurrogate(text.charAt(most - 1))) most--;
    String cut = text.length() > most ? text.substring(0, most) : text;
    return new Arrival(DEVICE, new Reading.Text(DeviceMetrics.event(MDS), nowNs, cut));
  }

  /** Readings that a damaged file does not give back. */
  static Arrival lost(long nowNs, Salvaged.Lost lost) {
    return new Arrival(
        DEVICE,
        new Reading.Removed(
            DeviceMetrics.removed(MDS),
            nowNs,
            lost.numbers(),
            lost.readings(),
            Reading.RemovalKind.DAMAGED,
            Reading.Span.UNKNOWN,
            "store damaged"));
  }

  /** That readings are delivered once more, or not any more. */
  static Arrival resend(long nowNs, List<Settled> again) {
    long n = again.stream().mapToLong(s -> s.to() - s.from() + 1).sum();
    boolean discards = again.stream().anyMatch(s -> s.how() == Settled.How.DISCARDED);
    return event(
        nowNs,
        discards
            ? "discard asked for: " + n + " readings that were refused are given up"
            : "resend asked for: " + n + " deliveries are made again");
  }
}
