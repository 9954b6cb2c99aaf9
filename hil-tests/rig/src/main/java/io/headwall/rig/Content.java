package io.headwall.rig;

import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading;
import java.util.Arrays;

/**
 * All of a reading that a receiver is told, as text, so that what was stored and what arrived can
 * be held against each other. MDS, VMD and channel stand in the catalogue and are left out.
 */
final class Content {

  private Content() {}

  static String of(String device, Reading reading) {
    Metric metric = reading.metric();
    return device
        + '|'
        + metric.code().wireName()
        + '|'
        + metric.unit().ucum()
        + '|'
        + reading.measuredNs()
        + '|'
        + body(reading);
  }

  private static String body(Reading reading) {
    return switch (reading) {
      case Reading.Numeric n -> n.value() + " " + n.quality();
      case Reading.SampleBlock b ->
          b.periodNs() + " " + b.step() + " " + b.offset() + " " + Arrays.toString(b.samples());
      case Reading.Alarm a -> a.state() + " " + a.priority() + " " + a.text();
      case Reading.Setting s -> s.kind() + " " + s.value() + " " + s.word() + " " + s.quality();
      case Reading.Text t -> t.text();
      case Reading.DeviceState d -> d.condition() + " " + d.detail();
      case Reading.Gap g -> g.fromNs() + " " + g.reason();
      case Reading.DeviceClock c -> c.clock().toString();
      case Reading.Removed r ->
          r.numbers() + " " + r.readings() + " " + r.kind() + " " + r.span() + " " + r.reason();
      case Reading.Tally t -> t.numbers() + " " + t.readings() + " " + t.digest();
    };
  }
}
