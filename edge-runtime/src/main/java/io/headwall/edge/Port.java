package io.headwall.edge;

import io.headwall.spi.driver.DeviceDriver;
import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.OptionValues;
import io.headwall.spi.driver.Query;
import io.headwall.spi.driver.SessionCounts;
import io.headwall.spi.driver.SessionOutput;
import io.headwall.spi.driver.SessionState;
import io.headwall.spi.driver.SlotValues;
import io.headwall.spi.link.ByteLink;
import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.DeviceMetrics;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.Backoff;
import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.Duty;
import io.headwall.store.Intake;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * One port: opens its link again and again, lets the driver's session speak with what is attached,
 * and hands the readings to the store. Records what the line does, and a gap for each time that
 * nothing could be heard. Owned by the port's thread.
 */
final class Port implements Duty, SessionOutput {

  private static final int BUFFER_BYTES = 4096;
  private static final long REOPEN_FIRST_NS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long REOPEN_LONGEST_NS = TimeUnit.SECONDS.toNanos(4);
  private static final long RATE_NS = TimeUnit.SECONDS.toNanos(5);

  private final Setup setup;
  private final String driver;
  private final Backoff backoff;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Map<String, DeviceIdentity> devices = new HashMap<>();
  private final Map<ByteLink.SendResult, Long> sent = new EnumMap<>(ByteLink.SendResult.class);
  private DeviceSession session;
  private boolean open;
  private String whyClosed = "not opened yet";
  private DeviceCondition condition = DeviceCondition.LINK_DOWN;
  private long conditionSinceNs;
  private long nowNs;
  private long nextOpenNs;
  private long heardNs;
  private @Nullable String gapReason;
  private long readings;
  private long gaps;
  private long rateSinceNs;
  private long rateReadings;
  private double perS;
  private volatile boolean parked;
  private volatile PortStatus status;

  /**
   * What a port is made of.
   *
   * @param name its name in the configuration
   * @param device path of its device node
   * @param link made with the driver's allow-list, or an empty one for a port that only listens
   * @param listenOnly nothing is ever sent
   */
  record Setup(
      String name,
      String device,
      DeviceDriver driver,
      OptionValues options,
      ByteLink link,
      boolean listenOnly,
      Intake intake,
      Clocks clocks,
      RandomGenerator random) {}

  Port(Setup setup) {
    this.setup = setup;
    this.driver = setup.driver().descriptor().id();
    this.backoff = new Backoff(REOPEN_FIRST_NS, REOPEN_LONGEST_NS, setup.random());
    this.session = setup.driver().newSession(setup.options());
    this.nowNs = setup.clocks().bootNs();
    this.conditionSinceNs = nowNs;
    this.rateSinceNs = nowNs;
    this.status = snapshot();
  }

  @Override
  public String name() {
    return "port-" + setup.name();
  }

  @Override
  public int doWork(long now) {
    nowNs = now;
    if (!open && now >= nextOpenNs) open();
    int work = open ? read() : 0;
    measureRate();
    if (!parked) status = snapshot();
    return work;
  }

  @Override
  public void close() {
    if (open) {
      session.onLinkDown(nowNs, this);
      setup.link().close();
      open = false;
      whyClosed = "stopped";
    }
    if (!parked) status = snapshot();
  }

  /** The port as of its last step; any thread may ask. */
  PortStatus status() {
    return status;
  }

  /**
   * Out of use from now on. Called by the supervisor in place of the port's own thread, which
   * hangs, has ended, or was never started.
   */
  void park(String why) {
    parked = true;
    PortStatus last = status;
    long now = setup.clocks().bootNs();
    DeviceIdentity identity = last.identity();
    Reading event =
        new Reading.DeviceState(
            DeviceMetrics.state(identity.mds()), now, DeviceCondition.PARKED, why);
    setup.intake().offer(DeviceNames.of(driver, setup.name(), identity), identity, event);
    status = last.parked(now, why);
  }

  boolean parked() {
    return parked;
  }

  private void open() {
    String why = setup.link().open();
    if (why != null) {
      if (!why.equals(whyClosed)) Logger.warn("port={} closed: {}", setup.name(), why);
      whyClosed = why;
      nextOpenNs = nowNs + backoff.next();
      return;
    }
    open = true;
    whyClosed = "";
    backoff.reset();
    Logger.info("port={} device={} open driver={}", setup.name(), setup.device(), driver);
    session = setup.driver().newSession(setup.options());
    enter(DeviceCondition.SILENT, "");
    session.onLinkUp(nowNs, this);
  }

  private int read() {
    int n = setup.link().read(buffer);
    nowNs = setup.clocks().bootNs();
    if (n == ByteLink.DOWN) {
      linkDown();
      return 1;
    }
    if (n > 0) hear(n);
    session.onTick(nowNs, this);
    // The read itself waits for bytes: no pause on top.
    return 1;
  }

  /** Only what arrives counts as heard; that nothing came is not. */
  private void hear(int n) {
    long before = readings;
    session.onBytes(nowNs, buffer, n, this);
    if (readings > before) heardNs = nowNs;
  }

  private void linkDown() {
    session.onLinkDown(nowNs, this);
    setup.link().close();
    open = false;
    whyClosed = "the line went down: cable out, or adapter unplugged";
    nextOpenNs = nowNs + backoff.next();
    Logger.warn("port={} {}", setup.name(), whyClosed);
    enter(DeviceCondition.LINK_DOWN, whyClosed);
    if (heardNs > 0) gapReason = "link-down";
  }

  @Override
  public void send(Query query, SlotValues slots) {
    if (setup.listenOnly()) return;
    ByteLink.SendResult result = setup.link().send(nowNs, query.template().render(slots));
    long times = sent.merge(result, 1L, Long::sum);
    if (result != ByteLink.SendResult.SENT && times == 1) {
      Logger.warn("port={} query={} not sent: {}", setup.name(), query.name(), result);
    }
  }

  @Override
  public void reading(DeviceIdentity identity, Reading reading) {
    String device = DeviceNames.of(driver, setup.name(), identity);
    meet(device, identity);
    if (gapReason != null) {
      long end = Math.max(reading.measuredNs(), heardNs);
      gaps++;
      take(
          device,
          identity,
          new Reading.Gap(DeviceMetrics.gap(identity.mds()), end, heardNs, gapReason));
      gapReason = null;
    }
    take(device, identity, reading);
  }

  @Override
  public void state(SessionState state) {
    switch (state) {
      case SPEAKING -> enter(DeviceCondition.SPEAKING, "");
      case STANDBY -> enter(DeviceCondition.STANDBY, "");
      case SILENT -> {
        if (condition == DeviceCondition.SPEAKING) gapReason = "silent";
        if (open) enter(DeviceCondition.SILENT, "");
      }
    }
  }

  private void meet(String device, DeviceIdentity identity) {
    DeviceIdentity before = devices.put(identity.position(), identity);
    if (identity.equals(before)) return;
    boolean replaced =
        before != null && !DeviceNames.of(driver, setup.name(), before).equals(device);
    DeviceCondition event = replaced ? DeviceCondition.REPLACED : DeviceCondition.IDENTIFIED;
    Logger.info("port={} {}: {}", setup.name(), event, identity.inWords());
    take(device, identity, stateReading(identity, event, identity.inWords()));
  }

  private void enter(DeviceCondition next, String detail) {
    if (next == condition) return;
    Logger.info(
        "port={} driver={} state={} after={}s rejects={}",
        setup.name(),
        driver,
        next,
        TimeUnit.NANOSECONDS.toSeconds(nowNs - conditionSinceNs),
        session.counts().rejectsTotal());
    condition = next;
    conditionSinceNs = nowNs;
    for (DeviceIdentity identity : known()) {
      String device = DeviceNames.of(driver, setup.name(), identity);
      take(device, identity, stateReading(identity, next, detail));
    }
  }

  private Iterable<DeviceIdentity> known() {
    return devices.isEmpty() ? List.of(unknown()) : devices.values();
  }

  /** Stands for whatever is attached until it has said what it is. */
  private DeviceIdentity unknown() {
    return new DeviceIdentity("", driver, null, null, "", new LocalCode("x-device"));
  }

  private Reading stateReading(DeviceIdentity identity, DeviceCondition state, String detail) {
    return new Reading.DeviceState(DeviceMetrics.state(identity.mds()), nowNs, state, detail);
  }

  private void take(String device, DeviceIdentity identity, Reading reading) {
    readings++;
    setup.intake().offer(device, identity, reading);
  }

  private void measureRate() {
    long elapsed = nowNs - rateSinceNs;
    if (elapsed < RATE_NS) return;
    perS = (readings - rateReadings) * 1e9 / elapsed;
    rateReadings = readings;
    rateSinceNs = nowNs;
  }

  private PortStatus snapshot() {
    SessionCounts counts = session.counts();
    return new PortStatus(
        setup.name(),
        setup.device(),
        driver,
        condition,
        whyClosed,
        conditionSinceNs,
        known().iterator().next(),
        heardNs,
        readings,
        perS,
        gaps,
        counts,
        Map.copyOf(sent));
  }
}
