package io.headwall.uplink.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.uplink.mqtt.ScriptedBroker.Part;
import io.headwall.uplink.mqtt.ScriptedBroker.Published;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent and how answers are taken, seen from the broker's side of the line. */
class DeliveryTest {

  @AfterEach
  void noThreadIsLeft() {
    UplinkDriver.awaitNoLibraryThreads();
  }

  @Test
  void theBrokersReceiveMaximumIsKeptAlsoBySplitPacksAndStatus() {
    AtomicInteger most = new AtomicInteger();
    Part part =
        line -> {
          line.packet();
          line.say("20 06 00 00 03 21 00 03"); // Receive Maximum 3
          List<Published> open = new ArrayList<>();
          while (true) {
            Published p = line.published();
            open.add(p);
            most.accumulateAndGet(open.size(), Math::max);
            if (open.size() == 3) {
              ScriptedBroker.pause();
              for (Published o : open) line.acknowledge(o);
              open.clear();
            }
          }
        };
    try (var broker = new ScriptedBroker(part);
        var driver = broker.driver()) {
      assertEquals("", driver.connect());
      assertEquals(3, driver.window);
      driver.send(Packs.numerics(1, 1, 3000));
      driver.status("{\"state\":\"online\"}");
      driver.send(Packs.numerics(2, 3001, 3000));
      driver.send(Packs.numerics(3, 6001, 3000));
      driver.pollUntil(() -> driver.log.contains("accepted 2"));
      assertEquals(3, most.get());
      assertEquals(List.of("up 3", "accepted 1", "accepted 2"), driver.log.subList(0, 3));
    }
  }

  @Test
  void refusalsCarryTheBrokersWords() {
    Part part =
        line -> {
          line.packet();
          line.say(ScriptedBroker.WELCOME);
          Published p = line.published();
          line.say("40 0B %04X 97 07 1F 00 04 66 75 6C 6C".formatted(p.packetId()));
          line.acknowledge(line.published(), 0x87);
          line.acknowledge(line.published(), 0x10);
          line.acknowledge(line.published());
          line.awaitClose();
        };
    try (var broker = new ScriptedBroker(part);
        var driver = broker.driver()) {
      assertEquals("", driver.connect());
      for (int id = 1; id <= 4; id++) driver.send(Packs.numerics(id, id, 1));
      driver.pollUntil(() -> driver.log.size() == 5);
      assertEquals(
          List.of(
              "rejected 1 quota exceeded (0x97, full)",
              "rejected 2 not authorized: check the broker's access list (0x87)",
              "accepted 3",
              "accepted 4"),
          driver.log.subList(1, 5));
    }
  }

  @Test
  void withoutSubscriberIsNotDeliveredWhereSoConfigured() {
    Part part =
        line -> {
          line.packet();
          line.say(ScriptedBroker.WELCOME);
          line.acknowledge(line.published(), 0x10);
          line.awaitClose();
        };
    try (var broker = new ScriptedBroker(part);
        var driver = broker.driver("no_subscriber_is_failure", "true")) {
      assertEquals("", driver.connect());
      driver.send(Packs.numerics(1, 1, 1));
      assertEquals("rejected 1 nobody has subscribed (0x10)", driver.awaitNext());
    }
  }

  @Test
  void aPackOfManyMessagesIsRejectedOnceIfOneIs() {
    Part part =
        line -> {
          line.packet();
          line.say(ScriptedBroker.WELCOME);
          line.acknowledge(line.published());
          line.acknowledge(line.published(), 0x83);
          while (true) {
            Published p = line.published();
            line.acknowledge(p);
          }
        };
    try (var broker = new ScriptedBroker(part);
        var driver = broker.driver()) {
      assertEquals("", driver.connect());
      driver.send(Packs.numerics(1, 1, 3000));
      driver.send(Packs.numerics(2, 3001, 1));
      driver.pollUntil(() -> driver.log.contains("accepted 2"));
      assertEquals(3, driver.log.size(), driver.log::toString);
      assertTrue(driver.log.get(1).startsWith("rejected 1 implementation specific error"));
    }
  }

  @Test
  void theBrokersPacketSizeIsKept() {
    List<Published> got = new CopyOnWriteArrayList<>();
    Part part =
        line -> {
          line.packet();
          line.say("20 08 00 00 05 27 00 00 04 00"); // Maximum Packet Size 1024
          while (true) {
            Published p = line.published();
            got.add(p);
            line.acknowledge(p);
          }
        };
    try (var broker = new ScriptedBroker(part);
        var driver = broker.driver()) {
      assertEquals("", driver.connect());
      driver.send(Packs.wave(1, 4000));
      driver.send(Packs.numerics(2, 1, 200));
      driver.pollUntil(() -> driver.log.contains("accepted 2"));
      assertTrue(driver.log.get(1).matches("rejected 1 a reading of \\d+ bytes exceeds.*1024"));
      assertTrue(got.size() > 3);
      for (Published p : got) {
        assertTrue(
            5 + 2 + p.topic().length() + 3 + p.properties().length + p.payload().length <= 1024);
      }
    }
  }

  /** Paho would use aliases by itself as soon as a broker offers them. */
  @Test
  void everyMessageNamesItsTopicAndType() {
    List<Published> got = new CopyOnWriteArrayList<>();
    Part part =
        line -> {
          line.packet();
          line.say("20 06 00 00 03 22 00 0A"); // Topic Alias Maximum 10
          while (true) {
            Published p = line.published();
            got.add(p);
            line.acknowledge(p);
          }
        };
    try (var broker = new ScriptedBroker(part);
        var driver = broker.driver()) {
      assertEquals("", driver.connect());
      driver.send(Packs.numerics(1, 1, 1));
      driver.send(Packs.numerics(2, 2, 1));
      driver.pollUntil(() -> driver.log.size() == 3);
      byte[] type = "\u0003\0\u0016application/senml+cbor".getBytes(StandardCharsets.US_ASCII);
      for (Published p : got) {
        assertEquals("headwall-test/v1/ICU-1/12/02005efffe000001/live", p.topic());
        assertEquals(
            List.of(type.length, (int) type[2]),
            List.of(p.properties().length, (int) p.properties()[2]));
      }
    }
  }
}
