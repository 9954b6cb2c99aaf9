package io.headwall.uplink.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.uplink.mqtt.ScriptedBroker.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Brokers that misbehave, each in its own way. */
class TrapsTest {

  private static final int KEEP_ALIVE_S = ScriptedBroker.KEEP_ALIVE_S;

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
      for (int i = 0; i < uplinks; i++) drivers.add(broker.driver());
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
        var driver = broker.driver()) {
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
        var driver = broker.driver()) {
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
            ScriptedBroker.pause();
          }
          line.awaitClose();
        };
    try (var broker = new ScriptedBroker(part);
        var driver = broker.driver()) {
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
        var driver = broker.driver()) {
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
        var driver = broker.driver("window", "1000")) {
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
  void aBrokerThatAnswersPingsIsAlive() {
    Part part =
        line -> {
          line.packet();
          line.say(ScriptedBroker.WELCOME);
          line.published();
        };
    try (var broker = new ScriptedBroker(part);
        var driver = broker.driver()) {
      assertEquals("", driver.connect());
      long untilNs = driver.nowNs + 2L * KEEP_ALIVE_S * 1_000_000_000L;
      driver.stepMs = 4;
      driver.pollUntil(() -> driver.nowNs > untilNs);
      assertEquals(1, driver.log.size(), driver.log::toString);
    }
  }

  @Test
  void aBrokerThatSaysGoodbyeIsQuoted() {
    Part part =
        line -> {
          line.packet();
          line.say(ScriptedBroker.WELCOME);
          line.published();
          line.say("E0 02 8B 00");
          line.awaitClose();
        };
    try (var broker = new ScriptedBroker(part);
        var driver = broker.driver()) {
      assertEquals("", driver.connect());
      driver.send(Packs.numerics(1, 1, 1));
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
        var driver = broker.driver()) {
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
        var driver = broker.driver()) {
      for (int i = 1; i <= 5; i++) {
        assertEquals("", driver.connect());
        driver.uplink.disconnect(driver.nowNs);
        assertEquals("down left on request", driver.awaitNext());
        int expected = i;
        driver.pollUntil(() -> goodbyes.get() == expected);
      }
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
