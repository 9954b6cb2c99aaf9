package io.headwall.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwall.spi.reading.Reading;
import io.headwall.store.Arrival;
import java.util.Arrays;

/** A reading as a message of its own, as users of message stores send them. */
final class OneReading {

  private OneReading() {}

  static String topic(Arrival arrival) {
    return "bench/" + arrival.device() + '/' + arrival.reading().metric().code().wireName();
  }

  /** A short JSON object; a stretch of a waveform is a list of its samples. */
  static byte[] payload(Arrival arrival) {
    Reading reading = arrival.reading();
    String value =
        switch (reading) {
          case Reading.Numeric n -> String.valueOf(n.value());
          case Reading.Setting s -> String.valueOf(s.value());
          case Reading.SampleBlock b -> Arrays.toString(b.samples()).replace(" ", "");
          case Reading.Alarm a -> '"' + a.text() + ' ' + a.state() + '"';
          default -> "null";
        };
    return ("{\"t\":"
            + reading.measuredNs()
            + ",\"v\":"
            + value
            + ",\"u\":\""
            + reading.metric().unit().ucum()
            + "\"}")
        .getBytes(UTF_8);
  }
}
