package io.headwall.edge;

import io.headwall.config.HeadwallConfig;
import io.headwall.config.Uplink;
import io.headwall.spi.driver.DeviceDriver;
import io.headwall.spi.driver.Query;
import io.headwall.store.Arrival;
import io.headwall.store.Association;
import io.headwall.store.Committed;
import io.headwall.store.EpochRow;
import io.headwall.store.Forwarder;
import io.headwall.store.ForwarderPolicy;
import io.headwall.store.Intake;
import io.headwall.store.Lane;
import io.headwall.store.Mailbox;
import io.headwall.store.Origin;
import io.headwall.store.Outbox;
import io.headwall.store.OutboxReader;
import io.headwall.store.Place;
import io.headwall.store.Settled;
import io.headwall.store.StoreDuty;
import io.headwall.store.StoreException;
import io.headwall.store.StorePolicy;
import io.headwall.store.UplinkProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;

/**
 * The whole box, wired: ports, store, forwarders, health. One thread a port, one for the store, one
 * an uplink, one for the supervisor, one for the status socket.
 */
public final class Appliance {

  /** A minute of the reference bed. */
  private static final int ARRIVALS_MAX = 65_536;

  private static final int SETTLEMENTS_MAX = 65_536;
  private static final int NEWS_MAX = 1024;
  private static final long STORE_WAIT_MS = 20;
  private static final long STOP_MS_MAX = 2_000;

  private final PortSupervisor ports;
  private final List<DutyThread> forwarders = new ArrayList<>();
  private final DutyThread store;
  private final DutyThread supervisor;
  private final DutyThread statusServer;

  /**
   * Wires a box and opens its store.
   *
   * @param version of the software, for its status
   * @throws StoreException where the store cannot be opened
   * @throws IOException where the runtime folder cannot be written
   * @throws IllegalArgumentException where an uplink's options cannot work
   */
  public Appliance(HeadwallConfig config, Machine machine, Plugins plugins, String version)
      throws StoreException, IOException {
    Path runtimeFolder = config.runtime().folder();
    Place place =
        config.place().label().map(l -> new Place(l.unit(), l.bed())).orElse(Place.UNASSIGNED);

    Origin origin = machine.epochs().origin();
    int number = machine.epochs().raise(origin);
    EpochRow epoch =
        new EpochRow(number, origin, machine.clocks().bootId(), machine.clocks().bootNs());
    Map<Lane, Long> lastSeqs = machine.outbox().open(epoch);
    Place formerPlace = formerPlace(machine.outbox(), place);

    Mailbox<Arrival> arrivals = new Mailbox<>(ARRIVALS_MAX, STORE_WAIT_MS);
    Mailbox<Settled> settlements = new Mailbox<>(SETTLEMENTS_MAX, 0);
    Intake intake = new Intake(arrivals);

    List<Port> allPorts = new ArrayList<>();
    for (io.headwall.config.Port port : config.ports()) {
      allPorts.add(port(port, machine, plugins.driver(port.driver()), intake));
    }
    ports =
        new PortSupervisor(
            allPorts, new ParkedPorts(runtimeFolder), machine.clocks(), machine.random());

    List<Mailbox<Committed>> news = new ArrayList<>();
    for (Uplink _ : config.uplinks()) news.add(new Mailbox<>(NEWS_MAX, 0));
    StoreDuty storeDuty =
        new StoreDuty(
            new StoreDuty.Parts(
                machine.outbox(),
                epoch,
                arrivals,
                settlements,
                news,
                machine.clocks(),
                machine.random()),
            policy(config.store()),
            lastSeqs,
            place);

    List<Forwarder> allForwarders = new ArrayList<>();
    Health health =
        new Health(
            new Health.Parts(
                new Health.Identity(
                    version,
                    config.environment().word(),
                    origin.toString(),
                    number,
                    place,
                    epoch.startedNs()),
                ports,
                intake,
                storeDuty,
                allForwarders,
                machine.clocks()));
    for (int i = 0; i < config.uplinks().size(); i++) {
      Uplink uplink = config.uplinks().get(i);
      UplinkProvider provider = plugins.uplink(uplink.kind());
      UplinkProvider.Setup setup =
          new UplinkProvider.Setup(
              uplink.name(),
              uplink.options(),
              config.environment().topicRoot(),
              origin,
              place,
              formerPlace,
              machine.random());
      allForwarders.add(
          new Forwarder(
              new Forwarder.Parts(
                  uplink.name(),
                  provider.open(setup),
                  machine.outbox().newReader(),
                  epoch,
                  news.get(i),
                  settlements,
                  () -> StatusJson.of(health.report()),
                  machine.random()),
              ForwarderPolicy.DEFAULT));
    }

    store = thread(storeDuty, machine);
    supervisor = thread(ports, machine);
    statusServer =
        thread(new StatusServer(runtimeFolder, () -> StatusJson.of(health.report())), machine);
    for (Forwarder forwarder : allForwarders) forwarders.add(thread(forwarder, machine));
    Logger.info(
        "headwall {} environment={} unit={} bed={} origin={} epoch={} ports={} uplinks={}",
        version,
        config.environment().word(),
        place.unit(),
        place.bed(),
        origin,
        number,
        allPorts.size(),
        allForwarders.size());
  }

  /** Starts the store first and the ports last: what is read has somewhere to go. */
  public void start() {
    store.start();
    for (DutyThread forwarder : forwarders) forwarder.start();
    ports.start();
    supervisor.start();
    statusServer.start();
  }

  /** Stops in order: no more is read, everything read is committed. */
  public void stop() {
    supervisor.stop();
    if (!supervisor.ended(STOP_MS_MAX)) Logger.warn("ports did not end in time");
    for (DutyThread forwarder : forwarders) forwarder.stop();
    for (DutyThread forwarder : forwarders) {
      if (!forwarder.ended(STOP_MS_MAX)) Logger.warn("{} did not end in time", forwarder.name());
    }
    store.stop();
    if (!store.ended(STOP_MS_MAX)) Logger.error("the store did not end in time");
    statusServer.stop();
    statusServer.ended(STOP_MS_MAX);
    Logger.info("stopped");
  }

  private static Port port(
      io.headwall.config.Port port, Machine machine, DeviceDriver driver, Intake intake) {
    List<? extends Query> queries = port.listenOnly() ? List.of() : driver.descriptor().queries();
    return new Port(
        new Port.Setup(
            port.name(),
            port.device().toString(),
            driver,
            port.options(),
            machine.links().link(port, queries),
            port.listenOnly(),
            intake,
            machine.clocks(),
            machine.random()));
  }

  /** Where the box stood in the run before this one. */
  private static Place formerPlace(Outbox outbox, Place now) throws StoreException {
    try (OutboxReader reader = outbox.newReader()) {
      List<Association> all = reader.associations();
      return all.isEmpty() ? now : all.getLast().place();
    }
  }

  private static StorePolicy policy(io.headwall.config.Store store) {
    return new StorePolicy(
        TimeUnit.MILLISECONDS.toNanos(store.atRiskMs()),
        TimeUnit.DAYS.toNanos(store.keepDays()),
        store.quotaMb() * 1_000_000L);
  }

  private static DutyThread thread(io.headwall.spi.time.Duty duty, Machine machine) {
    return new DutyThread(duty, machine.clocks(), machine.random());
  }
}
