package io.headwall.model;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A device on a line under a clock that the test moves, with somebody listening all the time. */
final class Bench {

  private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(10);

  final DeviceOnLine device;
  final List<Said> said = new ArrayList<>();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private long nowNs = TimeUnit.HOURS.toNanos(3);

  Bench(DeviceModel model, Script... scripts) {
    device = new DeviceOnLine("dev", model, List.of(scripts), said::addAll);
    device.start(nowNs);
  }

  Bench hears(byte[] data) {
    device.hear(nowNs, data, data.length);
    return this;
  }

  boolean order(String order) {
    return device.order(nowNs, Order.parse(order));
  }

  /** Lets time pass in steps of 10 ms and returns what was heard since the last time. */
  byte[] after(long ms) {
    long untilNs = nowNs + TimeUnit.MILLISECONDS.toNanos(ms);
    while (nowNs < untilNs) {
      nowNs += Math.min(TICK_NS, untilNs - nowNs);
      device.tick(nowNs);
      device.deliver(nowNs, this::take);
    }
    byte[] all = heard.toByteArray();
    heard.reset();
    return all;
  }

  private int take(byte[] data, int length) {
    if (!device.cableIn()) return 0;
    heard.write(data, 0, length);
    return length;
  }

  /** The values said under a key, in order. */
  List<String> values(String key) {
    return said.stream()
        .filter(s -> s.saying().key().equals(key))
        .map(s -> s.saying().value())
        .toList();
  }
}
