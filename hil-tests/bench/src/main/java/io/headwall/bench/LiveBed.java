package io.headwall.bench;

import io.headwall.model.DeviceKind;
import io.headwall.model.PortPlan;
import io.headwall.model.Said;
import io.headwall.model.SimulatedPort;
import io.headwall.rig.BoxConfig;
import io.headwall.rig.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Simulated devices that stand for the reference bed: 21 oximeters of format 7, which make 1,575
 * samples/s and 126 numerics/s, and a ventilator. It knows when the last byte of each packet left.
 */
final class LiveBed implements AutoCloseable {

  static final int OXIMETERS = 21;

  /** From the last byte of a packet's first frame to the last byte of its last one. */
  private static final long PACKET_NS = 24 * TimeUnit.SECONDS.toNanos(1) / 75;

  private static final long PACKET_APART_NS = TimeUnit.SECONDS.toNanos(1) / 3;
  private static final long REMEMBERED_NS = TimeUnit.MINUTES.toNanos(3);
  private static final LocalDateTime DEVICE_CLOCK = LocalDateTime.of(2026, 11, 24, 0, 0);

  private final List<SimulatedPort> ports = new ArrayList<>();
  private final List<BoxConfig.PortConfig> configs = new ArrayList<>();

  /** By wire name: when the last byte of each packet left. */
  private final Map<String, NavigableMap<Long, Long>> packets = new HashMap<>();

  private int alarms;

  /** Opens all devices; their ports' links are in a folder. */
  LiveBed(Path folder) throws IOException {
    for (int i = 0; i < OXIMETERS; i++) {
      String name = "spo2-" + i;
      packets.put("nonin-" + name, new TreeMap<>());
      open(name, DeviceKind.NONIN_FORMAT7, "nonin", folder.resolve(name), i);
    }
    open("vent", DeviceKind.PB840, "puritan-bennett", folder.resolve("vent"), OXIMETERS);
  }

  private void open(String name, DeviceKind kind, String driver, Path link, int seed)
      throws IOException {
    ports.add(
        SimulatedPort.open(
            new PortPlan(
                name,
                kind.create(DEVICE_CLOCK, seed),
                link,
                List.of(),
                said -> remember(name, said))));
    configs.add(new BoxConfig.PortConfig(name, link, driver, ""));
  }

  List<BoxConfig.PortConfig> configs() {
    return List.copyOf(configs);
  }

  /** Raises an alarm at one oximeter, or ends one; each gets its turn. */
  void alarm() {
    String order = alarms / OXIMETERS % 2 == 0 ? "sensor-alarm on" : "sensor-alarm off";
    ports.get(alarms++ % OXIMETERS).order(order);
  }

  /**
   * When the last byte left of the packet whose first byte a reading is dated by; nothing for a
   * device or a packet that is not known.
   *
   * @param measuredNs on the clock of {@link Wait}
   */
  OptionalLong lastByteNs(String device, long measuredNs) {
    synchronized (packets) {
      NavigableMap<Long, Long> of = packets.get(device);
      if (of == null) return OptionalLong.empty();
      // The first frame's end is what the box can see first; it takes it up to 0.1 s late.
      Map.Entry<Long, Long> packet = of.floorEntry(measuredNs + TimeUnit.MILLISECONDS.toNanos(10));
      boolean fits = packet != null && measuredNs - packet.getKey() < PACKET_APART_NS;
      return fits ? OptionalLong.of(packet.getValue()) : OptionalLong.empty();
    }
  }

  private void remember(String name, List<Said> message) {
    if (message.isEmpty()) return;
    long lastNs = message.getFirst().atNs();
    synchronized (packets) {
      NavigableMap<Long, Long> of = packets.get("nonin-" + name);
      if (of == null) return;
      of.put(lastNs - PACKET_NS, lastNs);
      of.headMap(lastNs - REMEMBERED_NS).clear();
    }
  }

  @Override
  public void close() {
    for (SimulatedPort port : ports) port.close();
  }
}
