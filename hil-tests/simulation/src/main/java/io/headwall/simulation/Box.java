package io.headwall.simulation;

import io.headwall.config.Environment;
import io.headwall.config.HeadwallConfig;
import io.headwall.config.Place.BedLabel;
import io.headwall.config.Place.Mount;
import io.headwall.config.Port;
import io.headwall.config.Runtime;
import io.headwall.config.Store;
import io.headwall.config.Time;
import io.headwall.config.Uplink;
import io.headwall.edge.Appliance;
import io.headwall.edge.Machine;
import io.headwall.edge.Plugins;
import io.headwall.spi.driver.DeviceDriver;
import io.headwall.spi.driver.OptionValues;
import io.headwall.spi.link.AllowList;
import io.headwall.spi.link.LinkSettings;
import io.headwall.store.Origin;
import io.headwall.store.Place;
import io.headwall.store.StoreException;
import io.headwall.uplink.mqtt.MqttUplinkProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The box: starts the real appliance over a simulated machine, ends it well or badly. */
final class Box {

  private static final Origin ORIGIN = new Origin(0x0211_22FF_FE33_4455L);
  private static final String CONFIG_SHA = "0".repeat(64);
  private static final Uplink.Feed ALL =
      new Uplink.Feed(List.of(Uplink.Lane.values()), OptionalLong.empty(), OptionalLong.empty());
  private static final int AT_RISK_MS = 1000;
  private static final int KEEP_DAYS = 7;
  private static final int QUOTA_MB = 16;

  /** What is committed before the box looks at the size again, and the records of what goes. */
  private static final long SLACK_BYTES = 256 << 10;

  private final World world;
  private final Plugins plugins;
  private final SplittableRandom random;
  private int bed = 1;
  private long committedBefore;
  private @Nullable Appliance running;

  /** Everything around the box. */
  record World(
      SimClock clock,
      Stepper stepper,
      Disk disk,
      SimBroker broker,
      Ledger ledger,
      Map<String, Line> lines,
      Tampering tampering) {}

  Box(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
    this.plugins =
        new Plugins(
            Plugins.onClassPath().drivers(), Map.of("mqtt", new MqttUplinkProvider(world.broker)));
  }

  /** From the next start on it hangs at another bed. */
  void move() {
    bed++;
  }

  /** Readings committed before the present run. */
  long committedBefore() {
    return committedBefore;
  }

  boolean runs() {
    return running != null;
  }

  /** The account of the running appliance; null where none runs. */
  Appliance.@Nullable Accounts accounts() {
    return running == null ? null : running.accounts();
  }

  /**
   * Starts the appliance.
   *
   * @throws StoreException where it cannot; whoever keeps it running tries again
   */
  void start() throws StoreException {
    Path folder = world.disk.folder();
    committedBefore = world.ledger.committedCount();
    Machine machine =
        new Machine(
            world.clock,
            random,
            world.tampering.outbox(world.disk.outbox(world.clock, world.ledger, place())),
            world.tampering.epochs(epochs()),
            (port, queries) -> line(port.name()).attach(new AllowList(queries)),
            world.stepper);
    try {
      Appliance appliance =
          new Appliance(
              config(folder), machine, plugins, new Appliance.About("simulated", CONFIG_SHA));
      running = appliance;
      appliance.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (running == null) {
        forget();
        world.disk.crash();
      }
    }
  }

  private Machine.Epochs epochs() {
    return new Machine.Epochs() {
      @Override
      public Origin origin() {
        return ORIGIN;
      }

      @Override
      public int raise(Origin origin) throws StoreException {
        return world.disk.raiseEpoch(origin);
      }
    };
  }

  /** Ends it in good order. */
  void stop() {
    Appliance appliance = running;
    if (appliance == null) return;
    appliance.stop();
    running = null;
    world.disk.closed();
    forget();
  }

  /** The process is no more: what it had open is closed by the kernel, and nothing else. */
  void crash() {
    if (running != null) world.stepper.duty("status").close();
    running = null;
    forget();
    world.disk.crash();
  }

  private void forget() {
    world.stepper.forgetDuties();
    world.broker.hangUp();
    for (Line line : world.lines.values()) line.hangUp();
  }

  private Line line(String port) {
    Line line = world.lines.get(port);
    if (line == null) throw new IllegalStateException("no line " + port);
    return line;
  }

  Place place() {
    return new Place("icu", "bed-" + bed);
  }

  private HeadwallConfig config(Path folder) {
    List<Port> ports = new ArrayList<>();
    for (Line line : world.lines.values()) {
      String id = line.spec().ventilator() ? "puritan-bennett" : "nonin";
      ports.add(port(line.spec().port(), id));
    }
    Map<String, String> options = new HashMap<>();
    options.put("url", "mqtt://broker.invalid:1883");
    return new HeadwallConfig(
        Environment.TEST,
        new io.headwall.config.Box(Optional.of(ORIGIN.toString())),
        new io.headwall.config.Place(
            Optional.of(new BedLabel(place().unit(), place().bed())), Mount.WALL),
        new Store(folder, AT_RISK_MS, KEEP_DAYS, QUOTA_MB),
        new Runtime(folder.resolve("run"), Runtime.LogLevel.ERROR),
        new Time(Time.Trust.KERNEL),
        ports,
        List.of(new Uplink("cis", "mqtt", ALL, OptionValues.of(mqttOptions(), options))));
  }

  private List<io.headwall.spi.driver.DriverOption> mqttOptions() {
    return new MqttUplinkProvider().options();
  }

  private Port port(String name, String driverId) {
    DeviceDriver driver = plugins.drivers().get(driverId);
    if (driver == null) throw new IllegalStateException("no driver " + driverId);
    return new Port(
        name,
        Path.of("/dev/" + name),
        driverId,
        false,
        (LinkSettings.Serial) driver.descriptor().link(),
        OptionValues.defaults(driver.descriptor().options()));
  }

  /**
   * Largest size that the database may have.
   *
   * @param weight how many times each byte counts
   */
  static long bytesMax(int weight) {
    return QUOTA_MB * 1_000_000L / weight + SLACK_BYTES;
  }
}
