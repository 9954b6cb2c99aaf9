package io.headwall.uplink.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.format.MetricLookup;
import io.headwall.format.SenmlEncoding;
import io.headwall.format.SenmlException;
import io.headwall.format.SenmlReader;
import io.headwall.store.Entry;
import io.headwall.store.Place;
import io.headwall.uplink.mqtt.Receiver.Received;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real broker: delivery, status and will, the window, TLS. */
class BrokerTest {

  private static final String STATUS = "headwall-test/v1/ICU-1/12/02005efffe000001/status";

  @TempDir static Path folder;

  private static int plain;
  private static int mutual;
  private static int oneSided;
  private static int otherHost;
  private static int expired;
  private static Certificates certificates;
  private static HiveBroker broker;

  @BeforeAll
  static void start() {
    certificates = new Certificates(folder);
    certificates.authority("ca");
    certificates.authority("other-ca");
    String here = "san=dns:localhost,ip:127.0.0.1";
    certificates.issue("broker", "ca", "-ext", here);
    certificates.issue("elsewhere", "ca", "-ext", "san=dns:elsewhere.example");
    certificates.issue("old", "ca", "-ext", here, "-startdate", "-9d", "-validity", "2");
    certificates.issue("box", "ca");
    certificates.issue("box-ec", "ca", "-keyalg", "EC", "-groupname", "secp256r1");
    certificates.issue("stranger", "other-ca");
    plain = HiveBroker.freePort();
    mutual = HiveBroker.freePort();
    oneSided = HiveBroker.freePort();
    otherHost = HiveBroker.freePort();
    expired = HiveBroker.freePort();
    broker =
        new HiveBroker(
            folder,
            HiveBroker.plain(plain)
                + HiveBroker.tls(mutual, certificates, "broker", "ca")
                + HiveBroker.tls(oneSided, certificates, "broker", "")
                + HiveBroker.tls(otherHost, certificates, "elsewhere", "")
                + HiveBroker.tls(expired, certificates, "old", ""));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cbor", "json"})
  void tenThousandReadingsArriveOnceEachInOrder(String format) throws SenmlException {
    int readings = 10_000;
    int perPack = 25;
    var encoding = format.equals("cbor") ? SenmlEncoding.CBOR : SenmlEncoding.JSON;
    try (var receiver = new Receiver(plain, "receiver-" + format);
        var driver = driver("mqtt", plain, "format", format)) {
      assertEquals("", driver.connect());
      assertEquals(HiveBroker.RECEIVE_MAXIMUM, driver.window);
      int sent = 0;
      for (int id = 0; id < readings / perPack; id++) {
        driver.send(Packs.numerics(id, 1L + (long) id * perPack, perPack));
        sent++;
        int limit = sent - driver.window + 1;
        driver.pollUntil(() -> driver.log.size() - 1 >= limit);
      }
      driver.pollUntil(() -> driver.log.size() - 1 == readings / perPack);
      assertTrue(driver.log.stream().skip(1).allMatch(l -> l.startsWith("accepted")));
      driver.pollUntil(() ->
          receiver.all.stream().filter(r -> !r.topic().equals(STATUS)).count()
              >= readings / perPack);
      long expected = 1;
      for (Received r : receiver.all) {
        if (r.topic().equals(STATUS)) continue;
        assertEquals(encoding.mediaType(), r.type());
        for (Entry e : SenmlReader.read(r.payload(), encoding, MetricLookup.BARE).entries()) {
          assertEquals(expected++, e.seq());
        }
      }
      assertEquals(readings + 1, expected);
    }
  }

  @Test
  void whatWasUndecidedWhenTheLineFellIsSentAgain() {
    try (var receiver = new Receiver(plain, "receiver-again");
        var driver = driver("mqtt", plain)) {
      assertEquals("", driver.connect());
      driver.send(Packs.numerics(1, 1, 10));
      driver.uplink.connect(driver.nowNs); // drops the line without goodbye
      driver.pollUntil(() -> driver.log.size() == 2);
      driver.send(Packs.numerics(2, 1, 10));
      driver.send(Packs.numerics(3, 11, 10));
      driver.pollUntil(() -> driver.log.contains("accepted 3"));
      driver.pollUntil(() -> seqs(receiver).size() >= 20);
      assertEquals(20, seqs(receiver).size());
    }
  }

  /** The numbers of all readings that arrived, each once. */
  private static Set<Long> seqs(Receiver receiver) {
    var seqs = new TreeSet<Long>();
    for (Received r : receiver.all) {
      if (r.topic().equals(STATUS)) continue;
      try {
        SenmlReader.read(r.payload(), SenmlEncoding.CBOR, MetricLookup.BARE)
            .entries()
            .forEach(e -> seqs.add(e.seq()));
      } catch (SenmlException e) {
        throw new IllegalStateException(e);
      }
    }
    return seqs;
  }

  @Test
  void aBedThatTheBoxHasLeftKeepsNoStatus() {
    var before = new Place("ICU-1", "11");
    String url = "mqtt://127.0.0.1:" + plain;
    try (var driver = new UplinkDriver(Map.of("url", url), before)) {
      assertEquals("", driver.connect());
      driver.status("{\"state\":\"online\"}");
      driver.poll();
      driver.uplink.disconnect(driver.nowNs); // asks for the will, which is retained there too
      driver.poll();
    }
    try (var driver = new UplinkDriver(Map.of("url", url), UplinkDriver.BED, before)) {
      assertEquals("", driver.connect());
      driver.status("{\"state\":\"online\",\"moved\":true}");
      awaitStatus(driver, "{\"state\":\"online\",\"moved\":true}");
      try (var receiver = new Receiver(plain, "receiver-moved")) {
        driver.pollUntil(() -> receiver.all.stream().anyMatch(r -> r.topic().equals(STATUS)));
        assertTrue(
            receiver.all.stream().noneMatch(r -> r.topic().contains("/11/")),
            receiver.all::toString);
      }
    }
  }

  @Test
  void statusIsRetainedAndTheWillReplacesIt() {
    try (var driver = driver("mqtt", plain)) {
      assertEquals("", driver.connect());
      driver.status("{\"state\":\"online\"}");
      awaitStatus(driver, "{\"state\":\"online\"}");
    }
    try (var driver = driver("mqtt", plain)) {
      awaitStatus(driver, "{\"state\":\"offline\"}"); // close() broke the line
      assertEquals("", driver.connect());
      driver.status("{\"state\":\"online\",\"n\":2}");
      awaitStatus(driver, "{\"state\":\"online\",\"n\":2}");
      driver.uplink.disconnect(driver.nowNs);
      awaitStatus(driver, "{\"state\":\"offline\"}"); // goodbye asked for the will
      assertEquals("", driver.connect());
      driver.status("");
      driver.poll();
      driver.uplink.disconnect(driver.nowNs);
      awaitStatus(driver, ""); // the box has left this bed
    }
  }

  private static void awaitStatus(UplinkDriver driver, String json) {
    driver.pollUntil(() -> {
      driver.poll();
      return retainedStatus(json.isEmpty() ? 0 : 1).equals(json);
    });
  }

  /** What a newcomer learns; empty for nothing. */
  private static String retainedStatus(int atLeast) {
    try (var receiver = new Receiver(plain, "newcomer")) {
      for (int i = 0; i < 50 && receiver.all.size() < Math.max(atLeast, 1); i++) {
        LockSupport.parkNanos(2_000_000);
      }
      List<Received> all = receiver.all;
      return all.isEmpty() ? "" : new String(all.getFirst().payload(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"box", "box-ec"})
  void mutualTlsDelivers(String box) {
    try (var driver =
        driver(
            "mqtts",
            mutual,
            "ca_file",
            certificates.file("ca.pem"),
            "cert_file",
            certificates.file(box + ".pem"),
            "key_file",
            certificates.file(box + ".key"))) {
      assertEquals("", driver.connect());
      driver.send(Packs.numerics(1, 1, 500));
      assertEquals("accepted 1", driver.awaitNext());
    }
  }

  @Test
  void aBoxWithoutCertificateIsTurnedAway() {
    try (var driver = driver("mqtts", mutual, "ca_file", certificates.file("ca.pem"))) {
      String outcome = driver.connect();
      assertTrue(outcome.contains("cert_file and key_file"), outcome);
    }
  }

  @Test
  void aBoxOfAnotherAuthorityIsTurnedAway() {
    try (var driver =
        driver(
            "mqtts",
            mutual,
            "ca_file",
            certificates.file("ca.pem"),
            "cert_file",
            certificates.file("stranger.pem"),
            "key_file",
            certificates.file("stranger.key"))) {
      String outcome = driver.connect();
      assertTrue(outcome.contains("cert_file and key_file"), outcome);
    }
  }

  @Test
  void brokersThatAreNotWhatTheyShouldBeAreNamed() {
    assertRefused("mqtts", oneSided, "other-ca.pem", "not signed by a CA of ca_file");
    assertRefused("mqtts", otherHost, "ca.pem", "is not for 127.0.0.1");
    assertRefused("mqtts", expired, "ca.pem", "has expired");
    assertRefused("mqtts", plain, "ca.pem", "does not speak TLS|closed the connection");
    assertRefused("mqtt", oneSided, "", "closed the connection|use mqtts://");
    assertRefused("mqtt", HiveBroker.freePort(), "", "cannot be reached");
  }

  private static void assertRefused(String scheme, int port, String ca, String reason) {
    String file = ca.isEmpty() ? "" : certificates.file(ca);
    try (var driver = driver(scheme, port, "ca_file", file)) {
      String outcome = driver.connect();
      assertTrue(outcome.matches("down .*(" + reason + ").*"), outcome);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "box.pem, stranger.key, key_file does not fit",
    "box.pem, box-ec.key, key_file does not fit",
    "box.pem, box.pem, holds no unencrypted PKCS#8 key",
    "box.key, box.key, cert_file",
    "missing.pem, box.key, cert_file cannot be read",
    "box.pem, missing.key, key_file cannot be read",
  })
  void filesThatCannotWorkAreNamed(String cert, String key, String words) {
    try (var driver =
        driver(
            "mqtts",
            mutual,
            "cert_file",
            certificates.file(cert),
            "key_file",
            certificates.file(key))) {
      throw new AssertionError("opened " + driver.log);
    } catch (IllegalArgumentException e) {
      assertTrue(e.toString().contains(words), e.toString());
    }
  }

  private static UplinkDriver driver(String scheme, int port, String... more) {
    Map<String, String> options = new HashMap<>();
    options.put("url", scheme + "://127.0.0.1:" + port);
    for (int i = 0; i < more.length; i += 2) options.put(more[i], more[i + 1]);
    return new UplinkDriver(options);
  }
}
