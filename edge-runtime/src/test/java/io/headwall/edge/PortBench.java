package io.headwall.edge;

import io.headwall.spi.driver.OptionValues;
import io.headwall.spi.reading.Reading;
import io.headwall.store.Arrival;
import io.headwall.store.Intake;
import io.headwall.store.Mailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A port on a virtual clock, with a scripted link and the Larch driver. */
final class PortBench {

  static final long STEP_MS = 100;

  final VirtualClock clock;
  final ScriptedLink link = new ScriptedLink();
  final LarchDriver driver = new LarchDriver();
  final Mailbox<Arrival> arrivals;
  final Port port;

  PortBench() {
    this("bay", false, new DeviceNames(), new VirtualClock(), new Mailbox<>(10_000, 0));
  }

  PortBench(
      String name,
      boolean listenOnly,
      DeviceNames names,
      VirtualClock clock,
      Mailbox<Arrival> arrivals) {
    this.clock = clock;
    this.arrivals = arrivals;
    port =
        new Port(
            new Port.Setup(
                name,
                "/dev/" + name,
                driver,
                OptionValues.of(List.of(), Map.of()),
                link,
                listenOnly,
                names,
                new Intake(arrivals),
                clock,
                random()));
  }

  static RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(1);
  }

  /** Text arrives now. */
  PortBench hears(String text) {
    link.arrives(text);
    port.doWork(clock.bootNs());
    return this;
  }

  /** Time passes in steps of 100 ms, with the port working at the end of each. */
  PortBench pass(long ms) {
    for (long passed = 0; passed < ms; passed += STEP_MS) {
      clock.advance(STEP_MS);
      port.doWork(clock.bootNs());
    }
    return this;
  }

  /** What was recorded since the last look, one line each, times in ms since the start. */
  List<String> recorded() {
    List<String> lines = new ArrayList<>();
    for (Arrival a : arrivals.takeNow()) lines.add(a.device() + " " + line(a.reading()));
    return lines;
  }

  private static String line(Reading reading) {
    return switch (reading) {
      case Reading.Numeric n ->
          (n.value() == null ? n.quality().wireName() : n.value()) + at(n.measuredNs());
      case Reading.DeviceState s ->
          s.condition()
              + (s.detail().isEmpty() ? "" : " (" + s.detail() + ")")
              + at(s.measuredNs());
      case Reading.Gap g ->
          String.format(
              Locale.ROOT,
              "gap %s %s to%s",
              g.reason(),
              at(g.fromNs()).strip(),
              at(g.measuredNs()));
      case Reading.Text t -> t.text() + at(t.measuredNs());
      case Reading.DeviceClock c -> "clock " + c.clock() + at(c.measuredNs());
      case Reading.SampleBlock _,
          Reading.Alarm _,
          Reading.Setting _,
          Reading.Removed _,
          Reading.Tally _ ->
          reading.toString();
    };
  }

  private static String at(long ns) {
    return " @" + (ns / 1_000_000 - 1_000_000);
  }
}
