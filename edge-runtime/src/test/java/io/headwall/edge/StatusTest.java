package io.headwall.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.driver.SessionCounts;
import io.headwall.spi.link.ByteLink.SendResult;
import io.headwall.spi.reading.DeviceCondition;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.time.TimeQuality;
import io.headwall.spi.time.WallTime;
import io.headwall.store.ForwarderStats;
import io.headwall.store.Intake;
import io.headwall.store.Lane;
import io.headwall.store.Place;
import io.headwall.store.StoreStats;
import io.headwall.testkit.GoldenFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status from the report to the terminal. */
final class StatusTest {

  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;

  private static Health.Report report(TimeQuality quality, boolean balanced) {
    DeviceIdentity vent =
        new DeviceIdentity("Puritan Bennett", "840", "3510072467", "4-070212", "", LarchDriver.MDS);
    PortStatus speaking =
        new PortStatus(
            "vent",
            "/dev/ttyUSB0",
            "puritan-bennett",
            DeviceCondition.SPEAKING,
            "",
            90 * SECOND,
            List.of(new Attached.Known("puritan-bennett-3510072467", vent)),
            99 * SECOND,
            1234,
            41.26,
            1,
            0,
            new SessionCounts(17, Map.of("length", 2L, "checksum", 1L), 5),
            Map.of(SendResult.SENT, 18L, SendResult.TOO_OFTEN, 1L));
    PortStatus down =
        new PortStatus(
            "spo2",
            "/dev/ttyUSB1",
            "nonin",
            DeviceCondition.LINK_DOWN,
            "no such device: plug the adapter in",
            98 * SECOND,
            List.of(
                new Attached.Known(
                    "nonin-spo2",
                    new DeviceIdentity("", "nonin", null, null, "", LarchDriver.MDS))),
            0,
            1,
            0,
            0,
            2,
            SessionCounts.ZERO,
            Map.of());
    StoreStats store =
        new StoreStats(
            4,
            Map.of(Lane.NUMERIC, 1200L, Lane.ALARM, 3L),
            12_030,
            20,
            2,
            9,
            Map.of(Lane.NUMERIC, 5000L, Lane.ALARM, 7L),
            Map.of(Lane.NUMERIC, 60L),
            Map.of(Lane.WAVE, 8L),
            Map.of(),
            65_536,
            Map.of(Lane.ALARM, 70.25, Lane.WAVE, 3.04),
            false,
            "",
            "disk full");
    return new Health.Report(
        new Health.Identity(
            new Appliance.About("1.0", "ab12"),
            "test",
            "02005efffe000001",
            new Place("ICU 2", "12"),
            40 * SECOND),
        100 * SECOND,
        new WallTime(100 * SECOND, 1_700_000_000L * SECOND, quality, 0),
        List.of(speaking, down),
        new Intake.Counts(1235, Map.of("mailbox-full", 12L)),
        store,
        List.of(
            new ForwarderStats(
                "cis", "up", "", 5007, 4850, 40, 10, 1, 0, 6, 100, 3, 2, 1, 97 * SECOND),
            new ForwarderStats("lab", "down", "refused", 5007, 0, 0, 0, 0, 0, 0, 5007, 0, 0, 0, 0)),
        20,
        balanced);
  }

  @Test
  void asJson() {
    String json = StatusJson.of(report(TimeQuality.SYNCED, true));
    assertEquals(GoldenFiles.text(StatusTest.class, "/golden/status.json").strip(), json);
  }

  @Test
  void aTimeThatIsNoneIsNotGiven() {
    String json = StatusJson.of(report(TimeQuality.RESTORED, true));
    assertTrue(json.contains("\"time_quality\":\"restored\""), json);
    assertFalse(json.contains("time_ms"), json);
  }

  @Test
  void forPeople() throws IOException {
    assertEquals(
        GoldenFiles.text(StatusTest.class, "/golden/status.txt"),
        text(StatusJson.of(report(TimeQuality.SYNCED, true))));
  }

  @Test
  void anAccountThatDoesNotBalanceIsShouted() throws IOException {
    String text = text(StatusJson.of(report(TimeQuality.SYNCED, false)));
    assertTrue(text.contains("dropped 12  DOES NOT BALANCE"), text);
  }

  private static String text(String json) throws IOException {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    StatusCommand.print(out, json);
    out.flush();
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void whoConnectsIsSentTheStatusAndNothingElseHappens() throws Exception {
    StatusServer server = new StatusServer(folder, () -> "{\"state\":\"online\"}");
    try {
      Path socket = folder.resolve(StatusServer.SOCKET);
      assertEquals(
          "rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
      assertEquals(0, server.doWork(0));
      FutureTask<String> asked = new FutureTask<>(() -> StatusServer.ask(folder));
      Thread.startVirtualThread(asked);
      while (!asked.isDone()) server.doWork(0);
      assertEquals("{\"state\":\"online\"}", asked.get(10, TimeUnit.SECONDS));
    } finally {
      server.close();
    }
    assertThrows(IOException.class, () -> StatusServer.ask(folder));
  }

  @Test
  void aSocketOfACrashIsReplacedAndOneInUseIsNot() throws IOException {
    Files.writeString(folder.resolve(StatusServer.SOCKET), "left over", UTF_8);
    StatusServer first = new StatusServer(folder, () -> "{}");
    try {
      IOException e =
          assertThrows(IOException.class, () -> new StatusServer(folder, () -> "{}").close());
      assertTrue(e.toString().contains("give this one a runtime.folder of its own"));
    } finally {
      first.close();
    }
  }

  @Test
  void aPathThatIsTooLongForASocketIsRefusedWithTheFix() {
    Path deep = folder.resolve("x".repeat(120));
    IOException e =
        assertThrows(IOException.class, () -> new StatusServer(deep, () -> "{}").close());
    assertTrue(e.toString().contains("shorter runtime.folder"), e.toString());
  }
}
