package io.headwall.edge;

import io.headwall.config.HeadwallConfig;
import io.headwall.config.Uplink;
import io.headwall.spi.driver.DeviceDriver;
import io.headwall.spi.driver.Query;
import io.headwall.spi.time.Clocks;
import io.headwall.store.Arrival;
import io.headwall.store.Association;
import io.headwall.store.Committed;
import io.headwall.store.EpochRow;
import io.headwall.store.EpochSource;
import io.headwall.store.Forwarder;
import io.headwall.store.ForwarderParts;
import io.headwall.store.ForwarderPolicy;
import io.headwall.store.ForwarderStats;
import io.headwall.store.Intake;
import io.headwall.store.Lane;
import io.headwall.store.Mailbox;
import io.headwall.store.OpenedStore;
import io.headwall.store.Origin;
import io.headwall.store.Outbox;
import io.headwall.store.OutboxReader;
import io.headwall.store.Place;
import io.headwall.store.Settled;
import io.headwall.store.StoreDuty;
import io.headwall.store.StoreException;
import io.headwall.store.StoreParts;
import io.headwall.store.StorePolicy;
import io.headwall.store.StoreStats;
import io.headwall.store.UplinkProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * The whole box, wired: ports, store, forwarders, health. One runner a port, one for the store, one
 * an uplink, one for the supervisor, one for the status socket.
 */
public final class Appliance {

  /** A minute of the reference bed. */
  private static final int ARRIVALS_MAX = 65_536;

  private static final int SETTLEMENTS_MAX = 65_536;
  private static final int NEWS_MAX = 1024;
  private static final long STORE_WAIT_MS = 20;
  private static final long STORE_IDLE_MS = 2;
  private static final long FORWARD_IDLE_MS = 40;
  private static final long WATCH_IDLE_MS = 50;

  private static final long BYTES_PER_MB = 1_000_000L;

  /** Ends of the parts of a stop, counted from its beginning. */
  private static final long PORTS_END_MS = 1500;

  private static final long FORWARDERS_END_MS = 3000;
  private static final long STORE_END_MS = 4600;
  private static final long STATUS_END_MS = 4800;

  private final Clocks clocks;
  private final PortSupervisor ports;
  private final AccountedStore accounted;
  private final List<Forwarder> senders = new ArrayList<>();
  private final List<Runner> forwarders = new ArrayList<>();
  private final Runner store;
  private final Runner supervisor;
  private final Runner statusServer;

  /**
   * Which software runs with which configuration.
   *
   * @param version of the software
   * @param configSha256 of the configuration file's bytes, 64 hex digits
   */
  public record About(String version, String configSha256) {}

  /**
   * Wires a box and opens its store.
   *
   * @param about for its status
   * @throws StoreException where the store cannot be opened
   * @throws IOException where the runtime folder cannot be written
   * @throws IllegalArgumentException where an uplink's options cannot work
   */
  public Appliance(HeadwallConfig config, Machine machine, Plugins plugins, About about)
      throws StoreException, IOException {
    clocks = machine.clocks();
    Place place = place(config);
    Origin origin = machine.epochs().origin();
    EpochSource epochs =
        () ->
            new EpochRow(machine.epochs().raise(origin), origin, clocks.bootId(), clocks.bootNs());
    OpenedStore opened = OpenedStore.open(machine.outbox(), epochs);
    EpochRow epoch = opened.epoch();
    if (!opened.damage().isEmpty()) Logger.error("store set aside: {}", opened.damage());
    Place formerPlace = formerPlace(machine.outbox(), place);

    Machine.Runners runners = machine.runners();
    Mailbox<Arrival> arrivals =
        new Mailbox<>(ARRIVALS_MAX, runners.sideBySide() ? STORE_WAIT_MS : 0);
    Mailbox<Settled> settlements = new Mailbox<>(SETTLEMENTS_MAX, 0);
    Intake intake = new Intake(arrivals);
    ports =
        new PortSupervisor(
            ports(config, machine, plugins, intake),
            new ParkedPorts(config.runtime().folder()),
            clocks,
            runners);

    List<Mailbox<Committed>> news = new ArrayList<>();
    for (Uplink _ : config.uplinks()) news.add(new Mailbox<>(NEWS_MAX, 0));
    StoreParts storeParts =
        new StoreParts(
            machine.outbox(),
            epochs,
            arrivals,
            settlements,
            config.uplinks().stream().map(Uplink::name).toList(),
            news,
            clocks,
            machine.random());
    StoreDuty storeDuty = new StoreDuty(storeParts, policy(config.store()), opened, place);
    accounted =
        new AccountedStore(
            storeDuty,
            intake,
            new ResendRequest(config.store().folder()),
            () -> forwarders.forEach(Runner::wake));

    Health.Identity identity =
        new Health.Identity(
            about, config.environment().word(), origin.toString(), place, epoch.startedNs());
    Health health = new Health(new Health.Parts(identity, ports, accounted, senders, clocks));
    Supplier<String> status = () -> StatusJson.of(health.report());
    for (int i = 0; i < config.uplinks().size(); i++) {
      Uplink uplink = config.uplinks().get(i);
      int at = i;
      Runnable wake = () -> forwarders.get(at).wake();
      senders.add(
          new Forwarder(
              new ForwarderParts(
                  uplink.name(),
                  plugins
                      .uplink(uplink.kind())
                      .open(setup(uplink, config, identity, formerPlace, machine, wake)),
                  machine.outbox().newReader(),
                  epoch,
                  news.get(i),
                  settlements,
                  text -> happened(intake, text),
                  status,
                  machine.random()),
              policy(uplink.feed())));
    }

    store = runners.runner(accounted, STORE_IDLE_MS);
    supervisor = runners.runner(ports, WATCH_IDLE_MS);
    statusServer =
        runners.runner(new StatusServer(config.runtime().folder(), status), WATCH_IDLE_MS);
    for (Forwarder sender : senders) forwarders.add(runners.runner(sender, FORWARD_IDLE_MS));
    Logger.info(
        "headwall {} environment={} unit={} bed={} origin={} epoch={} ports={} uplinks={}",
        about.version(),
        identity.environment(),
        place.unit(),
        place.bed(),
        origin,
        epoch.epoch(),
        config.ports().size(),
        senders.size());
  }

  /**
   * The box's account at its last steps.
   *
   * @param intake what was read
   * @param store what was committed
   * @param uplinks what was delivered, in the order of the configuration
   */
  public record Accounts(Intake.Counts intake, StoreStats store, List<ForwarderStats> uplinks) {}

  /** What has become of every reading; any thread may ask. */
  public Accounts accounts() {
    AccountedStore.Account now = accounted.account();
    return new Accounts(now.intake(), now.store(), senders.stream().map(Forwarder::stats).toList());
  }

  /** Starts the store first and the ports last: what is read has somewhere to go. */
  public void start() {
    store.start();
    for (Runner forwarder : forwarders) forwarder.start();
    ports.start();
    supervisor.start();
    statusServer.start();
  }

  /** Stops in order, in less than 5 s: no more is read, everything read is committed. */
  public void stop() {
    long beganNs = clocks.bootNs();
    supervisor.stop();
    await(supervisor, beganNs, PORTS_END_MS);
    for (Runner forwarder : forwarders) forwarder.stop();
    for (Runner forwarder : forwarders) await(forwarder, beganNs, FORWARDERS_END_MS);
    store.stop();
    await(store, beganNs, STORE_END_MS);
    statusServer.stop();
    await(statusServer, beganNs, STATUS_END_MS);
    Logger.info("stopped");
  }

  private void await(Runner runner, long beganNs, long endMs) {
    long leftMs = endMs - TimeUnit.NANOSECONDS.toMillis(clocks.bootNs() - beganNs);
    if (!runner.ended(leftMs)) Logger.error("duty={} did not end in time", runner.name());
  }

  private static List<Port> ports(
      HeadwallConfig config, Machine machine, Plugins plugins, Intake intake) {
    DeviceNames names = new DeviceNames();
    List<Port> all = new ArrayList<>();
    for (io.headwall.config.Port port : config.ports()) {
      DeviceDriver driver = plugins.driver(port.driver());
      List<? extends Query> queries = port.listenOnly() ? List.of() : driver.descriptor().queries();
      all.add(
          new Port(
              new Port.Setup(
                  port.name(),
                  port.device().toString(),
                  driver,
                  port.options(),
                  machine.links().link(port, queries),
                  port.listenOnly(),
                  names,
                  intake,
                  machine.clocks(),
                  machine.random())));
    }
    return all;
  }

  private static UplinkProvider.Setup setup(
      Uplink uplink,
      HeadwallConfig config,
      Health.Identity identity,
      Place formerPlace,
      Machine machine,
      Runnable wake) {
    return new UplinkProvider.Setup(
        uplink.name(),
        uplink.options(),
        config.environment().topicRoot(),
        Origin.parse(identity.eui64()),
        identity.place(),
        formerPlace,
        machine.random(),
        wake);
  }

  /** Where the box stood in the run before this one. */
  private static Place formerPlace(Outbox outbox, Place now) throws StoreException {
    try (OutboxReader reader = outbox.newReader()) {
      List<Association> all = reader.associations();
      return all.isEmpty() ? now : all.getLast().place();
    }
  }

  /** One line in the log, and a record that receivers get. */
  private void happened(Intake intake, String text) {
    Logger.warn(text);
    intake.event(clocks.bootNs(), text);
  }

  private static ForwarderPolicy policy(Uplink.Feed feed) {
    Set<Lane> lanes = EnumSet.noneOf(Lane.class);
    for (Uplink.Lane lane : feed.lanes()) lanes.add(Lane.valueOf(lane.name()));
    ForwarderPolicy policy = ForwarderPolicy.DEFAULT.only(lanes);
    if (feed.historyPerS().isPresent()) {
      policy = policy.historyAtMost(feed.historyPerS().getAsLong());
    }
    return feed.maxBackfillAgeS().isPresent()
        ? policy.backfillAtMost(TimeUnit.SECONDS.toNanos(feed.maxBackfillAgeS().getAsLong()))
        : policy;
  }

  /** Where the box stands by its configuration. */
  static Place place(HeadwallConfig config) {
    return config.place().label().map(l -> new Place(l.unit(), l.bed())).orElse(Place.UNASSIGNED);
  }

  /** What the store keeps by its configuration. */
  static StorePolicy policy(io.headwall.config.Store store) {
    io.headwall.config.Store.Lanes lanes = store.lanes();
    return new StorePolicy(
        TimeUnit.MILLISECONDS.toNanos(store.atRiskMs()),
        store.quotaMb() * BYTES_PER_MB,
        Map.of(
            Lane.ALARM, limit(lanes.alarm()),
            Lane.EVENT, limit(lanes.event()),
            Lane.NUMERIC, limit(lanes.numeric()),
            Lane.WAVE, limit(lanes.wave())));
  }

  private static StorePolicy.LaneLimit limit(io.headwall.config.Store.Limit limit) {
    return new StorePolicy.LaneLimit(
        TimeUnit.DAYS.toNanos(limit.keepDays()), limit.quotaMb() * BYTES_PER_MB);
  }
}
