package io.headwall.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headwall.spi.driver.DeviceDriver;
import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.DriverDescriptor;
import io.headwall.spi.driver.OptionValues;
import io.headwall.spi.driver.Query;
import io.headwall.spi.driver.SessionCounts;
import io.headwall.spi.driver.SessionOutput;
import io.headwall.spi.driver.SessionState;
import io.headwall.spi.driver.Template;
import io.headwall.spi.link.LinkSettings;
import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.MdcUnit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.DeviceMetrics;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A made-up device that speaks in words: {@code T1} gives its serial number, {@code 37} a value,
 * {@code .} a frame without news, {@code ?} noise, {@code !} makes the driver throw,
 * {@code @2024-01-01T12:00:01} what its clock shows. Position {@code a:37} for a rack.
 */
final class LarchDriver implements DeviceDriver {

  static final LocalCode MDS = new LocalCode("x-larch");
  static final Metric TEMPERATURE =
      new Metric(new LocalCode("x-larch-temp"), MdcUnit.PERCENT, Containment.of(MDS, MDS, MDS));
  static final long SILENCE_MS = 2_000;

  int sessions;

  enum LarchQuery implements Query {
    TEMPERATURE;

    @Override
    public Template template() {
      return Template.ascii("T\r", 1, VirtualClock.ns(1000));
    }
  }

  static DeviceIdentity device(@Nullable String serial, String position) {
    return new DeviceIdentity("Larch", "T1", serial, null, position, MDS);
  }

  @Override
  public DriverDescriptor descriptor() {
    return new DriverDescriptor(
        "larch",
        "Larch T1",
        List.of("T1"),
        LinkSettings.Serial.eightNone1(9600),
        List.of(LarchQuery.TEMPERATURE),
        List.of(),
        DriverDescriptor.Verified.OWN);
  }

  @Override
  public DeviceSession newSession(OptionValues options) {
    sessions++;
    return new LarchSession();
  }

  /** Says SILENT before the absent values, as a driver may. */
  private static final class LarchSession implements DeviceSession {
    private final SessionCounts.Counter counts = new SessionCounts.Counter();
    private SessionState state = SessionState.SILENT;
    private @Nullable String serial;
    private long heardNs;

    @Override
    public void onLinkUp(long nowNs, SessionOutput out) {
      out.send(LarchQuery.TEMPERATURE);
    }

    @Override
    public void onBytes(long nowNs, byte[] data, int length, SessionOutput out) {
      for (String word : new String(data, 0, length, US_ASCII).split(" ", -1)) {
        if (!word.isEmpty()) hear(nowNs, word, out);
      }
    }

    private void hear(long nowNs, String word, SessionOutput out) {
      if (word.equals("!")) throw new IllegalStateException("a bug");
      if (word.equals("?")) {
        counts.noise(1);
        return;
      }
      counts.frame();
      heardNs = nowNs;
      enter(SessionState.SPEAKING, out);
      if (word.startsWith("T")) serial = word.substring(1);
      if (word.startsWith("@")) {
        LocalDateTime clock = LocalDateTime.parse(word.substring(1));
        out.reading(
            device(serial, ""), new Reading.DeviceClock(DeviceMetrics.clock(MDS), nowNs, clock));
        return;
      }
      int colon = word.indexOf(':');
      String position = colon < 0 ? "" : word.substring(0, colon);
      Decimal value = Decimal.parse(word.substring(colon + 1));
      if (value == null) return;
      out.reading(device(serial, position), Reading.Numeric.of(TEMPERATURE, nowNs, value));
    }

    @Override
    public void onTick(long nowNs, SessionOutput out) {
      boolean silent = nowNs - heardNs >= VirtualClock.ns(SILENCE_MS);
      if (silent && state == SessionState.SPEAKING) fallSilent(nowNs, out);
    }

    @Override
    public void onLinkDown(long nowNs, SessionOutput out) {
      if (state == SessionState.SPEAKING) fallSilent(nowNs, out);
    }

    private void fallSilent(long nowNs, SessionOutput out) {
      enter(SessionState.SILENT, out);
      out.reading(device(serial, ""), Reading.Numeric.absent(TEMPERATURE, nowNs, Quality.NO_DATA));
    }

    private void enter(SessionState next, SessionOutput out) {
      if (next == state) return;
      state = next;
      out.state(next);
    }

    @Override
    public SessionCounts counts() {
      return counts.counts();
    }
  }
}
