package io.headwall.simulation;

import io.headwall.format.MetricLookup;
import io.headwall.format.SenmlEncoding;
import io.headwall.format.SenmlException;
import io.headwall.format.SenmlMessage;
import io.headwall.format.SenmlReader;
import io.headwall.format.WirePath;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading;
import io.headwall.store.Arrival;
import io.headwall.store.Entry;
import io.headwall.store.Place;
import io.headwall.uplink.mqtt.Outgoing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Judges every message as it leaves the box, and hands what arrives to the consumer. */
final class Receiver implements SimBroker.Subscriber {

  private static final long LIVE_NS_MAX = TimeUnit.SECONDS.toNanos(30);

  /** Drift since the last anchor, and the error that the clock itself states. */
  private static final long WALL_ERROR_NS_MAX = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int PARCELS_MAX = 4096;
  private static final int REPEATED_PER_LOSS = 250 * 20;

  private final SimClock clock;
  private final Trace trace;
  private final Ledger ledger;
  private final Consumer consumer;
  private final Map<Outgoing, Parcel> parcels = new LinkedHashMap<>();
  private long messages;
  private long bytes;
  private long entries;
  private long delivered;
  private long repeated;
  private long losses;

  /** A message that has been looked into. */
  private record Parcel(WirePath path, SenmlMessage content) {}

  Receiver(SimClock clock, Trace trace, Ledger ledger, Consumer consumer) {
    this.clock = clock;
    this.trace = trace;
    this.ledger = ledger;
    this.consumer = consumer;
  }

  @Override
  public void sent(Outgoing message) {
    WirePath path = WirePath.parse(message.topic());
    if (path == null) throw new Violation("wire", "no topic of the contract: " + message.topic());
    // What it says of the process, such as its memory, is not virtual.
    if (path.stream() == WirePath.Stream.STATUS) return;
    trace.mix(message.payload(), message.payload().length);
    messages++;
    bytes += message.payload().length;
    SenmlMessage content = read(message);
    if (parcels.size() >= PARCELS_MAX) parcels.remove(parcels.keySet().iterator().next());
    parcels.put(message, new Parcel(path, content));
    KnownEpoch epoch = ledger.epoch(content.epoch());
    KnownEpoch.Track track = epoch.track(content.lane());
    for (Entry entry : content.entries()) judge(path, epoch, track, entry);
    trace.event(
        content.entries().getFirst().seq(),
        () -> "sent: " + path.stream() + " " + inWords(content));
  }

  private static SenmlMessage read(Outgoing message) {
    try {
      return SenmlReader.read(message.payload(), SenmlEncoding.CBOR, MetricLookup.BARE);
    } catch (SenmlException e) {
      throw new Violation("wire", message.topic() + " cannot be read: " + e.getMessage());
    }
  }

  private static String inWords(SenmlMessage content) {
    return content.epoch()
        + ":"
        + content.lane()
        + ":"
        + content.entries().getFirst().seq()
        + ".."
        + content.entries().getLast().seq();
  }

  private void judge(WirePath path, KnownEpoch epoch, KnownEpoch.Track track, Entry entry) {
    entries++;
    int seq = (int) entry.seq();
    Arrival committed = track.at(seq);
    if (committed == null) throw violation("committed-first", path, epoch, entry);
    if (!same(committed, entry)) {
      throw violation("one-content", path, epoch, entry, "committed was " + committed);
    }
    // An epoch whose row or place was damaged is of no known bed; never of another one.
    boolean nowhere = ledger.isDamageStruck() && path.place().equals(Place.UNASSIGNED);
    if (!nowhere && !path.place().equals(epoch.place)) {
      throw violation("bed", path, epoch, entry, "it was measured at " + epoch.place);
    }
    if (track.settled.get(seq)) throw violation("settled-once", path, epoch, entry);
    if (track.acknowledged.get(seq)) repeated++;
    track.sent.set(seq);
    long worldNs = clock.worldNs(epoch.bootId, entry.reading().measuredNs());
    boolean live = path.stream() != WirePath.Stream.HISTORY;
    if (live && clock.nowNs() - worldNs > LIVE_NS_MAX) {
      throw violation("fresh", path, epoch, entry);
    }
    if (entry.measured().quality().trusted()) {
      long error = entry.measured().epochNs() - clock.trueWallNs(worldNs);
      if (Math.abs(error) > WALL_ERROR_NS_MAX) {
        throw violation("wall-time", path, epoch, entry, "wrong by " + error / 1e9 + " s");
      }
    } else if (clock.alwaysSynced() && !ledger.isDamageStruck()) {
      throw violation("wall-time", path, epoch, entry, "not trusted, though nobody doubts it");
    }
  }

  private Violation violation(String rule, WirePath path, KnownEpoch epoch, Entry entry) {
    return violation(rule, path, epoch, entry, "");
  }

  private Violation violation(
      String rule, WirePath path, KnownEpoch epoch, Entry entry, String more) {
    return new Violation(rule, path + " epoch " + epoch.number + " " + entry + " " + more);
  }

  /** All that the wire tells; MDS, VMD and channel are in the catalogue. */
  private static boolean same(Arrival committed, Entry entry) {
    Reading a = committed.reading();
    Reading b = entry.reading();
    return committed.device().equals(entry.device())
        && a.measuredNs() == b.measuredNs()
        && same(a.metric(), b.metric())
        && switch (a) {
          case Reading.Numeric n ->
              b instanceof Reading.Numeric m
                  && n.quality() == m.quality()
                  && same(n.value(), m.value());
          case Reading.SampleBlock n ->
              b instanceof Reading.SampleBlock m
                  && n.periodNs() == m.periodNs()
                  && Arrays.equals(n.samples(), m.samples())
                  && same(n.step(), m.step())
                  && same(n.offset(), m.offset());
          case Reading.Alarm n ->
              b instanceof Reading.Alarm m
                  && n.state() == m.state()
                  && n.priority() == m.priority()
                  && n.text().equals(m.text());
          case Reading.Setting n ->
              b instanceof Reading.Setting m
                  && n.kind() == m.kind()
                  && n.quality() == m.quality()
                  && same(n.value(), m.value())
                  && Objects.equals(n.word(), m.word());
          case Reading.Text n -> b instanceof Reading.Text m && n.text().equals(m.text());
          case Reading.DeviceState n ->
              b instanceof Reading.DeviceState m
                  && n.condition() == m.condition()
                  && n.detail().equals(m.detail());
          case Reading.Gap n ->
              b instanceof Reading.Gap m
                  && n.fromNs() == m.fromNs()
                  && n.reason().equals(m.reason());
          case Reading.DeviceClock n ->
              b instanceof Reading.DeviceClock m && n.clock().equals(m.clock());
          case Reading.Removed n ->
              b instanceof Reading.Removed m
                  && n.numbers().equals(m.numbers())
                  && n.readings() == m.readings()
                  && n.kind() == m.kind()
                  && n.span().equals(m.span())
                  && n.reason().equals(m.reason());
          case Reading.Tally n ->
              b instanceof Reading.Tally m
                  && n.numbers().equals(m.numbers())
                  && n.readings() == m.readings()
                  && n.digest() == m.digest();
        };
  }

  private static boolean same(Metric a, Metric b) {
    return a.code().equals(b.code())
        && a.unit().ucum().equals(b.unit().ucum())
        && a.containment().vmdInstance() == b.containment().vmdInstance()
        && a.containment().channelInstance() == b.containment().channelInstance();
  }

  private static boolean same(@Nullable Decimal a, @Nullable Decimal b) {
    return Objects.equals(a, b);
  }

  @Override
  public void arrived(Outgoing message) {
    Parcel parcel = parcels.get(message);
    if (parcel == null) return;
    SenmlMessage content = parcel.content();
    KnownEpoch epoch = ledger.epoch(content.epoch());
    KnownEpoch.Track track = epoch.track(content.lane());
    for (Entry entry : content.entries()) {
      if (!track.delivered.get((int) entry.seq())) delivered++;
      track.delivered.set((int) entry.seq());
      long worldNs = clock.worldNs(epoch.bootId, entry.reading().measuredNs());
      consumer.take(content.epoch(), content.lane(), entry, worldNs);
    }
    trace.event(content.entries().getFirst().seq(), () -> "arrived: " + inWords(content));
  }

  @Override
  public void acknowledged(Outgoing message) {
    Parcel parcel = parcels.get(message);
    if (parcel == null) return;
    SenmlMessage content = parcel.content();
    KnownEpoch.Track track = ledger.epoch(content.epoch()).track(content.lane());
    for (Entry entry : content.entries()) track.acknowledged.set((int) entry.seq());
  }

  @Override
  public void refused(Outgoing message) {
    losses++;
    trace.event(2, () -> "broker: refuses a message");
  }

  @Override
  public void lost(List<Outgoing> unanswered) {
    losses++;
    trace.event(
        unanswered.size(), () -> "connection lost, " + unanswered.size() + " messages unanswered");
  }

  /** The process is gone: what it knew and had not committed is gone too. */
  void processEnded() {
    losses++;
    for (KnownEpoch epoch : ledger.epochs()) {
      for (KnownEpoch.Track track : epoch.tracks.values()) track.acknowledged.clear();
    }
  }

  /** At the end: the consumer has one of each, in order, and was not sent too much twice. */
  void requireGoodEnd() {
    if (consumer.rows() != delivered) {
      throw new Violation(
          "consumer", "of " + delivered + " readings it has kept " + consumer.rows());
    }
    consumer.requireOrder();
    if (repeated > losses * REPEATED_PER_LOSS) {
      throw new Violation(
          "repeated", repeated + " readings were sent again after their acknowledgement");
    }
  }

  /** Readings that arrived, each counted once. */
  long delivered() {
    return delivered;
  }

  /** Readings that left the box, repeats included. */
  long entries() {
    return entries;
  }

  long messages() {
    return messages;
  }

  long bytes() {
    return bytes;
  }
}
