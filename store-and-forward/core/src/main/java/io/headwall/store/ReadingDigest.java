package io.headwall.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Numbers;
import io.headwall.spi.reading.Reading;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A checksum of one stored reading that its receiver can make too, from what it is told: a CRC-32C
 * over a line of text and, of a waveform, its samples. docs/wire.md has the line. Digests of
 * readings are added up, so that their order does not matter.
 */
public final class ReadingDigest {

  private ReadingDigest() {}

  /** The checksum, 0 to 2^32 - 1. */
  public static long of(long seq, Reading reading) {
    Metric metric = reading.metric();
    StringBuilder line = new StringBuilder(120);
    line.append(seq).append('|').append(metric.code().wireName()).append('|');
    line.append(metric.containment().vmdInstance()).append('.');
    line.append(metric.containment().channelInstance()).append('|');
    line.append(metric.unit().ucum()).append('|').append(reading.measuredNs()).append('|');
    CRC32C crc = new CRC32C();
    if (reading instanceof Reading.SampleBlock b) {
      line.append(b.periodNs()).append('|').append(b.step()).append('|').append(b.offset());
      crc.update(line.toString().getBytes(UTF_8));
      ByteBuffer samples = ByteBuffer.allocate(b.samples().length * Integer.BYTES);
      for (int sample : b.samples()) samples.putInt(sample);
      crc.update(samples.flip());
    } else {
      crc.update(line.append(value(reading)).toString().getBytes(UTF_8));
    }
    return crc.getValue();
  }

  private static String value(Reading reading) {
    return switch (reading) {
      case Reading.Numeric n -> n.value() + "|" + n.quality().wireName();
      case Reading.Setting s ->
          s.kind() + "|" + s.value() + "|" + s.word() + "|" + s.quality().wireName();
      case Reading.Alarm a -> a.state() + "|" + a.priority() + "|" + a.text();
      case Reading.Text t -> t.text();
      case Reading.DeviceState d -> d.condition() + "|" + d.detail();
      case Reading.Gap g -> g.fromNs() + "|" + g.reason();
      case Reading.DeviceClock c -> c.clock().toString();
      case Reading.Removed r -> r.kind() + "|" + r.readings() + "|" + numbers(r.numbers());
      case Reading.Tally t -> t.digest() + "|" + t.readings() + "|" + numbers(t.numbers());
      case Reading.SampleBlock b -> throw new IllegalArgumentException("a waveform has samples");
    };
  }

  private static String numbers(Numbers n) {
    return n.epoch() + "|" + n.lane() + "|" + n.from() + "|" + n.to();
  }
}
