package io.headwall.uplink.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.uplink.mqtt.ScriptedBroker.Part;
import io.headwall.uplink.mqtt.ScriptedBroker.Published;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Brokers that misbehave, each in its own way. */
class TrapsTest {

  private static final int KEEP_ALIVE_S = 5;

  private final CountDownLatch testOver = new CountDownLatch(1);

  @AfterEach
  void noThreadIsLeft() {
    testOver.countDown();
    UplinkDriver.awaitNoLibraryThreads();
  }

  /** Plain Paho 1.2.5 keeps one thread for ever at each of these tries. */
  @Test
  void aHundredBrokersThatAcceptAndDropLeakNoThread() {
    int uplinks = 10;
    int triesEach = 10;
    AtomicInteger accepted = new AtomicInteger();
    try (var broker = new ScriptedBroker(line -> accepted.incrementAndGet())) {
      List<UplinkDriver> drivers = new ArrayList<>();
      for (int i = 0; i < uplinks; i++) drivers.add(driver(broker));
      for (int t = 0; t < triesEach; t++) {
        for (UplinkDriver driver : drivers) driver.uplink.connect(driver.nowNs);
        int done = t + 1;
        for (UplinkDriver driver : drivers) driver.pollUntil(() -> driver.log.size() == done);
      }
      assertEquals(uplinks * triesEach, accepted.get());
      for (UplinkDriver driver : drivers) {
        assertTrue(driver.log.stream().allMatch(l -> l.startsWith("down 127.0.0.1:")));
        driver.pollUntil(() -> true);
      }
      UplinkDriver.awaitNoLibraryThreads(); // no close() needed for that
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', closed the connection",
    "20 03 00 87 00, not authorized",
    "20 0A 00 86 07 1F 00 04 6E 6F 70 65, wrong username or password",
    "20 03 00 84 00, does not speak MQTT 5",
    "20 FF FF FF 7F, sends a packet of",
    "20 FF FF FF FF FF, is not MQTT",
    "15 03 03 00 02 02 46, use mqtts://",
    "00 00 00 00 00, Unrecognized packet",
    "48 54 54 50 2F 31 2E 31, closed|Invalid|MqttException",
    "20 03 00 02 00, closed|Invalid|MqttException|does not answer",
  })
  void anAnswerThatIsNoWelcomeIsDownWithItsReason(String answer, String reason) {
    Part part =
        line -> {
          line.packet();
          line.say(answer);
        };
    try (var broker = new ScriptedBroker(part);
        var driver = driver(broker)) {
      for (int i = 0; i < 3; i++) {
        String outcome = driver.connect();
        assertTrue(outcome.matches("down .*(" + reason + ").*"), outcome);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"''", "20", "20 03", "20 03 00 00"})
  void aBrokerThatFallsSilentInItsWelcomeIsGivenUp(String beginning) {
    Part part =
        line -> {
          line.packet();
          line.say(beginning);
          line.awaitClose();
        };
    try (var broker = new ScriptedBroker(part);
        var driver = driver(broker)) {
      driver.stepMs = 20;
      assertTrue(driver.connect().contains("does not answer"));
      assertTrue(driver.nowNs > 15_000_000_000L);
    }
  }

  @Test
  void aWelcomeInPiecesIsAWelcome() {
    Part part =
        line -> {
          line.packet();
          for (String octet : List.of("20", "03", "00", "00", "00")) {
            line.say(octet);
            pause();
          }
          line.awaitClose();
        };
    try (var broker = new ScriptedBroker(part);
        var driver = driver(broker)) {
      assertEquals("", driver.connect());
    }
  }

  @Test
  void silenceOnAnIdleLineIsFoundWithinTwoKeepAlives() {
    Part part =
        line -> {
          line.packet();
          line.say(ScriptedBroker.WELCOME);
          line.awaitClose();
        };
    try (var broker = new ScriptedBroker(part);
        var driver = driver(broker)) {
      assertEquals("", driver.connect());
      assertSilenceFound(driver);
    }
  }

  /** The server reads no more: the line's buffers fill and the library's writer blocks. */
  @Test
  void aServerThatReadsNoMoreIsFoundWithinTwoKeepAlives() {
    Part part =
        line -> {
          line.packet();
          line.say(ScriptedBroker.WELCOME);
          await(testOver);
        };
    try (var broker = new ScriptedBroker(part);
        var driver = driver(broker, "window", "1000")) {
      assertEquals("", driver.connect());
      for (int i = 0; i < 900; i++) driver.send(Packs.wave(i, 2000));
      assertSilenceFound(driver);
      driver.pollUntil(() -> UplinkDriver.libraryThreads() == 0);
    }
  }

  private static void assertSilenceFound(UplinkDriver driver) {
    driver.stepMs = 50;
    long fromNs = driver.nowNs;
    String event = driver.awaitNext();
    assertTrue(event.startsWith("down nothing heard"), event);
    assertTrue(driver.nowNs - fromNs <= 2L * KEEP_ALIVE_S * 1_000_000_000L);
  }

  @Test
  void aBrokerThatAnswersPingsIsAliveHoweverLongNothingElseHappens() {
    Part part =
        line -> {
          line.packet();
          line.say(ScriptedBroker.WELCOME);
          line.published();
        };
    try (var broker = new ScriptedBroker(part);
        var driver = driver(broker)) {
      assertEquals("", driver.connect());
      long untilNs = driver.nowNs + 20L * KEEP_ALIVE_S * 1_000_000_000L;
      driver.stepMs = 20;
      driver.pollUntil(() -> driver.nowNs > untilNs);
      assertEquals(1, driver.log.size(), driver.log::toString);
    }
  }

  @Test
  void aBrokerThatAnswersPingsButNoMessageIsGivenUpAfterAMinute() {
    Part part =
        line -> {
          line.packet();
          line.say(ScriptedBroker.WELCOME);
          while (true) line.published();
        };
    try (var broker = new ScriptedBroker(part);
        var driver = driver(broker)) {
      assertEquals("", driver.connect());
      driver.send(Packs.numerics(1, 1, 1));
      driver.stepMs = 20;
      String event = driver.awaitNext();
      assertTrue(event.startsWith("down a message is unanswered"), event);
    }
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
              pause();
              for (Published o : open) line.acknowledge(o);
              open.clear();
            }
          }
        };
    try (var broker = new ScriptedBroker(part);
        var driver = driver(broker)) {
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
        var driver = driver(broker)) {
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
        var driver = driver(broker, "no_subscriber_is_failure", "true")) {
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
        var driver = driver(broker)) {
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
        var driver = driver(broker)) {
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
        var driver = driver(broker)) {
      assertEquals("", driver.connect());
      driver.send(Packs.numerics(1, 1, 1));
      driver.send(Packs.numerics(2, 2, 1));
      driver.pollUntil(() -> driver.log.size() == 3);
      byte[] type =
          "\u0003\0\u0016application/senml+cbor"
              .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      for (Published p : got) {
        assertEquals("headwall-test/v1/ICU-1/12/02005efffe000001/live", p.topic());
        assertEquals(
            List.of(type.length, (int) type[2]),
            List.of(p.properties().length, (int) p.properties()[2]));
      }
    }
  }

  @Test
  void aBrokerThatSaysGoodbyeIsQuoted() {
    Part part =
        line -> {
          line.packet();
          line.say(ScriptedBroker.WELCOME);
          line.say("E0 02 8B 00");
          line.awaitClose();
        };
    try (var broker = new ScriptedBroker(part);
        var driver = driver(broker)) {
      assertEquals("", driver.connect());
      assertEquals(
          "down the broker disconnects: broker is shutting down (0x8B)", driver.awaitNext());
    }
  }

  @Test
  void aLostLineBringsDownAndTheNextTryComesUp() {
    Part part =
        line -> {
          line.packet();
          line.say(ScriptedBroker.WELCOME);
          line.published();
        };
    try (var broker = new ScriptedBroker(part);
        var driver = driver(broker)) {
      for (int i = 0; i < 10; i++) {
        assertEquals("", driver.connect());
        driver.send(Packs.numerics(i, i + 1, 1));
        assertTrue(driver.awaitNext().matches("down .*closed the connection.*|down .*reset.*"));
      }
    }
  }

  @Test
  void leavingSaysGoodbyeAndTheNextConnectComesUp() {
    AtomicInteger goodbyes = new AtomicInteger();
    Part part =
        line -> {
          line.packet();
          line.say(ScriptedBroker.WELCOME);
          byte[] packet = line.packet();
          if (packet[0] == (byte) 0xE0 && packet[1] == 0x04) goodbyes.incrementAndGet();
        };
    try (var broker = new ScriptedBroker(part);
        var driver = driver(broker)) {
      for (int i = 1; i <= 5; i++) {
        assertEquals("", driver.connect());
        driver.uplink.disconnect(driver.nowNs);
        assertEquals("down left on request", driver.awaitNext());
        int expected = i;
        driver.pollUntil(() -> goodbyes.get() == expected);
      }
    }
  }

  private static UplinkDriver driver(ScriptedBroker broker, String... more) {
    Map<String, String> options = new java.util.HashMap<>();
    options.put("url", broker.url());
    options.put("keep_alive_s", Integer.toString(KEEP_ALIVE_S));
    for (int i = 0; i < more.length; i += 2) options.put(more[i], more[i + 1]);
    return new UplinkDriver(options);
  }

  private static void pause() {
    java.util.concurrent.locks.LockSupport.parkNanos(30_000_000);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
