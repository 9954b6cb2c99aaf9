package io.headwall.driver.nonin;

import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.OptionValues;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading.Numeric;
import io.headwall.testkit.ChunkedFeed;
import io.headwall.testkit.RecordedOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sessions made as the runtime makes them, and short forms of what they say. */
final class Sessions {

  private static final NoninDriver DRIVER = new NoninDriver();

  private Sessions() {}

  static DeviceSession auto() {
    return with(Map.of());
  }

  static DeviceSession with(Map<String, String> options) {
    return DRIVER.newSession(OptionValues.of(DRIVER.descriptor().options(), options));
  }

  static RecordedOutput decode(byte[] wire) {
    RecordedOutput out = new RecordedOutput();
    ChunkedFeed.feed(auto(), wire, wire.length, out);
    return out;
  }

  /** SpO2 and pulse of each report as {@code 97/72}, an absent value by the name of its reason. */
  static List<String> values(RecordedOutput out) {
    List<String> values = new ArrayList<>();
    List<Numeric> numerics = out.readings(Numeric.class);
    for (int i = 0; i + 1 < numerics.size(); i += 2) {
      values.add(inWords(numerics.get(i)) + "/" + inWords(numerics.get(i + 1)));
    }
    return values;
  }

  private static String inWords(Numeric numeric) {
    if (numeric.value() == null) return numeric.quality().wireName();
    String mark = numeric.quality() == Quality.VALID ? "" : " " + numeric.quality().wireName();
    return numeric.value() + mark;
  }
}
