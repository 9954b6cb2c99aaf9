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
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.Backoff;
import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.Duty;
import io.headwall.store.Intake;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * One port: opens its link again and again, lets the driver's session speak with what is attached,
 * and has the readings recorded. A session whose driver threw is not used again. Owned by the
 * port's thread.
 */
final class Port implements Duty, SessionOutput {

  private static final int BUFFER_BYTES = 4096;
  private static final long REOPEN_FIRST_NS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long REOPEN_LONGEST_NS = TimeUnit.SECONDS.toNanos(4);
  private static final long RATE_NS = TimeUnit.SECONDS.toNanos(5);
  private static final long STATUS_NS = TimeUnit.MILLISECONDS.toNanos(250);

  /**
   * A lost link is recorded after this time: when the process is told to end, the serial library
   * closes the ports from a hook of its own, and that is no loss.
   */
  private static final long LOSS_CONFIRMED_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final String WENT_DOWN = "the line went down: cable out, or adapter unplugged";

  private final Setup setup;
  private final String driver;
  private final Backoff backoff;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final PortRecord record;
  private final Map<ByteLink.SendResult, Long> sent = new EnumMap<>(ByteLink.SendResult.class);
  private @Nullable DeviceSession session;
  private boolean open;
  private boolean inStep;
  private boolean hearing;
  private boolean stopping;
  private boolean lossUnrecorded;
  private boolean lossReported;
  private long lostNs;
  private String whyClosed = "not opened yet";
  private long nowNs;
  private long nextOpenNs;
  private long restarts;
  private long rateSinceNs;
  private long rateReadings;
  private double perS;
  private long statusDueNs;
  private volatile boolean parked;
  private volatile @Nullable PortStatus parkedStatus;
  private volatile PortStatus status;

  /**
   * What a port is made of.
   *
   * @param name its name in the configuration
   * @param device path of its device node
   * @param link made with the driver's allow-list, or an empty one for a port that only listens
   * @param listenOnly nothing is ever sent
   * @param names shared by all ports of the box
   */
  record Setup(
      String name,
      String device,
      DeviceDriver driver,
      OptionValues options,
      ByteLink link,
      boolean listenOnly,
      DeviceNames names,
      Intake intake,
      Clocks clocks,
      RandomGenerator random) {}

  Port(Setup setup) {
    this.setup = setup;
    this.driver = setup.driver().descriptor().id();
    this.record =
        new PortRecord(driver, setup.name(), setup.names(), setup.intake(), setup.clocks());
    this.backoff = new Backoff(REOPEN_FIRST_NS, REOPEN_LONGEST_NS, setup.random());
    this.nowNs = setup.clocks().bootNs();
    this.rateSinceNs = nowNs;
    this.status = snapshot();
  }

  @Override
  public String name() {
    return "port-" + setup.name();
  }

  @Override
  public int doWork(long now) {
    if (parked) return 0;
    nowNs = now;
    if (inStep) abandonSession();
    inStep = true;
    if (lossUnrecorded && nowNs - lostNs >= LOSS_CONFIRMED_NS) recordLoss();
    if (!open && nowNs >= nextOpenNs) open();
    int work = open && !parked ? read() : 0;
    measureRate();
    if (nowNs >= statusDueNs) publish();
    inStep = false;
    return work;
  }

  /** No state is recorded: that the box stops says nothing of the device. */
  @Override
  public void close() {
    nowNs = setup.clocks().bootNs();
    stopping = true;
    try {
      // No value may stand as if it were still measured.
      if (session != null && !inStep && (open || lossUnrecorded)) session.onLinkDown(nowNs, this);
    } finally {
      record.close(nowNs);
      if (open) setup.link().close();
      open = false;
      whyClosed = "stopped";
      publish();
    }
  }

  /** The port as of a quarter of a second ago; any thread may ask. */
  PortStatus status() {
    PortStatus out = parkedStatus;
    return out == null ? status : out;
  }

  /**
   * Out of use from now on; nothing of it is recorded any more. Called by the supervisor in place
   * of the port's own thread, which hangs, has ended, or was never started.
   */
  void park(String why) {
    parked = true;
    PortStatus last = status;
    long now = setup.clocks().bootNs();
    record.park(last.devices(), now, why);
    parkedStatus = last.parked(now, why);
  }

  boolean parked() {
    return parked;
  }

  private void open() {
    if (lossUnrecorded) recordLoss();
    String why = setup.link().open();
    if (why != null) {
      if (!why.equals(whyClosed)) Logger.warn("port={} closed: {}", setup.name(), why);
      whyClosed = why;
      nextOpenNs = nowNs + backoff.next();
      enter(DeviceCondition.LINK_DOWN, nowNs, why);
      return;
    }
    open = true;
    whyClosed = "";
    if (parked) return;
    if (!lossReported)
      Logger.info("port={} device={} open driver={}", setup.name(), setup.device(), driver);
    DeviceSession fresh = setup.driver().newSession(setup.options());
    session = fresh;
    enter(DeviceCondition.SILENT, nowNs, "");
    fresh.onLinkUp(nowNs, this);
  }

  private int read() {
    int n = setup.link().read(buffer);
    nowNs = setup.clocks().bootNs();
    DeviceSession current = session;
    if (parked || current == null) return 0;
    if (n == ByteLink.DOWN) {
      linkDown();
      return 1;
    }
    if (n > 0) hear(current, n);
    current.onTick(nowNs, this);
    // The read itself waits for bytes: no pause on top.
    return 1;
  }

  private void hear(DeviceSession current, int n) {
    long framesBefore = current.counts().frames();
    hearing = true;
    current.onBytes(nowNs, buffer, n, this);
    hearing = false;
    if (current.counts().frames() > framesBefore) record.heardWithoutNews(nowNs);
    // An adapter that opens and goes down again and again is tried less often.
    if (record.heardNs() != nowNs) return;
    backoff.reset();
    lossReported = false;
  }

  private void linkDown() {
    setup.link().close();
    open = false;
    lossUnrecorded = true;
    lostNs = nowNs;
    whyClosed = WENT_DOWN;
    nextOpenNs = nowNs + backoff.next();
  }

  private void recordLoss() {
    lossUnrecorded = false;
    if (!lossReported) Logger.warn("port={} {}", setup.name(), WENT_DOWN);
    lossReported = true;
    record.lost("link-down");
    if (session != null) session.onLinkDown(nowNs, this);
    enter(DeviceCondition.LINK_DOWN, lostNs, WENT_DOWN);
  }

  /** The driver threw in the last step: what its session knows cannot be trusted. */
  private void abandonSession() {
    inStep = false;
    hearing = false;
    lossUnrecorded = false;
    restarts++;
    if (open) setup.link().close();
    open = false;
    session = null;
    whyClosed = "the driver failed; it is started again";
    nextOpenNs = nowNs;
    record.lost("driver-failed");
    enter(DeviceCondition.LINK_DOWN, nowNs, whyClosed);
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
    if (hearing) record.heard(identity, reading, nowNs);
    else record.unheard(identity, reading);
  }

  @Override
  public void state(SessionState state) {
    if (stopping) return;
    switch (state) {
      case SPEAKING -> enter(DeviceCondition.SPEAKING, nowNs, "");
      case STANDBY -> enter(DeviceCondition.STANDBY, nowNs, "");
      case SILENT -> {
        record.lost("silent");
        if (open) enter(DeviceCondition.SILENT, nowNs, "");
      }
    }
  }

  private void enter(DeviceCondition next, long sinceNs, String detail) {
    long beforeNs = record.conditionSinceNs();
    if (!record.enter(next, sinceNs, detail)) return;
    Logger.info(
        "port={} driver={} state={} after={}s rejects={}",
        setup.name(),
        driver,
        next,
        beforeNs == 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(sinceNs - beforeNs),
        counts().rejectsTotal());
    statusDueNs = nowNs;
  }

  private void measureRate() {
    long elapsed = nowNs - rateSinceNs;
    if (elapsed < RATE_NS) return;
    perS = (record.readings() - rateReadings) * 1e9 / elapsed;
    rateReadings = record.readings();
    rateSinceNs = nowNs;
  }

  private SessionCounts counts() {
    return session == null ? SessionCounts.ZERO : session.counts();
  }

  private void publish() {
    statusDueNs = nowNs + STATUS_NS;
    status = snapshot();
  }

  private PortStatus snapshot() {
    DeviceCondition condition = record.condition();
    return new PortStatus(
        setup.name(),
        setup.device(),
        driver,
        condition == null ? DeviceCondition.LINK_DOWN : condition,
        whyClosed,
        record.conditionSinceNs(),
        record.devices(),
        record.heardNs(),
        record.readings(),
        perS,
        record.gaps(),
        restarts,
        counts(),
        sent);
  }
}
