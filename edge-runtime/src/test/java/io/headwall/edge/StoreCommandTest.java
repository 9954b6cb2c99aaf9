package io.headwall.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.edge.Headwall.Answer;
import io.headwall.format.MetricLookup;
import io.headwall.format.SenmlEncoding;
import io.headwall.format.SenmlReader;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.TimeQuality;
import io.headwall.store.Anchor;
import io.headwall.store.Arrival;
import io.headwall.store.Association;
import io.headwall.store.BlockCodec;
import io.headwall.store.Commit;
import io.headwall.store.EpochFile;
import io.headwall.store.EpochRow;
import io.headwall.store.Lane;
import io.headwall.store.Origin;
import io.headwall.store.Outbox;
import io.headwall.store.Place;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.sqlite.SqliteOutbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code headwall store}: what it says of a small store, and what it writes of it. */
final class StoreCommandTest {

  private static final Origin BOX = new Origin(0x0250_C2FF_FE12_3456L);

  @TempDir Path folder;
  private String store = "";

  /** Five readings: at 12:00:00 three, the bed changes, at 12:00:10 one; one of an unset clock. */
  @BeforeEach
  void fill() throws StoreException, IOException {
    Path path = Files.createDirectories(folder.resolve("store"));
    store = path.toString();
    try (Outbox outbox = new SqliteOutbox(path)) {
      new EpochFile(path).raise(BOX, 0);
      outbox.open(new EpochRow(1, BOX, "unset", 0));
      commit(outbox, 1, Lane.NUMERIC, numeric(5, 36));
      new EpochFile(path).raise(BOX, 0);
      outbox.open(new EpochRow(2, BOX, "boot", 0));
      commit(
          outbox,
          2,
          Lane.NUMERIC,
          numeric(1_000, 37),
          Reading.Numeric.absent(
              LarchDriver.TEMPERATURE, VirtualClock.ns(1_000), Quality.SENSOR_DISCONNECTED));
      commit(
          outbox,
          2,
          Lane.WAVE,
          new Reading.SampleBlock(
              LarchDriver.TEMPERATURE,
              VirtualClock.ns(1_000),
              VirtualClock.ns(8),
              Decimal.of(5, 1),
              Decimal.of(-1),
              new int[] {0, 3, Reading.SampleBlock.MISSING}));
      commit(
          outbox,
          2,
          Lane.ALARM,
          new Reading.Alarm(
              LarchDriver.TEMPERATURE,
              VirtualClock.ns(11_000),
              Reading.AlarmState.ACTIVE,
              Reading.AlarmPriority.HIGH,
              "LOW, \"very\""));
      outbox.commit(told());
    }
  }

  /** What was delivered, what time it was, and where the box stood. */
  private static Commit told() {
    return new Commit(
        List.of(),
        Map.of(),
        List.of(
            new Settled("cis", 2, Lane.NUMERIC, 1, 1, Settled.How.DELIVERED),
            new Settled("cis", 2, Lane.NUMERIC, 2, 2, Settled.How.DEAD),
            new Settled("cis", 2, Lane.WAVE, 1, 1, Settled.How.DELIVERED),
            new Settled("ehr", 2, Lane.ALARM, 1, 1, Settled.How.DELIVERED)),
        List.of(
            new Anchor(
                "boot", VirtualClock.ns(1_000), 1_704_110_400_000_000_000L, TimeQuality.SYNCED, 0)),
        List.of(
            new Association(2, 0, new Place("ICU", "1"), "configuration"),
            new Association(2, VirtualClock.ns(10_000), new Place("ICU", "2"), "configuration")),
        List.of());
  }

  private static Reading numeric(long atMs, long value) {
    return Reading.Numeric.of(LarchDriver.TEMPERATURE, VirtualClock.ns(atMs), Decimal.of(value));
  }

  private static void commit(Outbox outbox, int epoch, Lane lane, Reading... readings)
      throws StoreException {
    List<Arrival> arrivals =
        List.of(readings).stream().map(r -> new Arrival("larch-7", r)).toList();
    BlockCodec.Encoded encoded = BlockCodec.encode(epoch, lane, 1, arrivals);
    outbox.commit(
        new Commit(
            List.of(encoded.block()), encoded.rows(), List.of(), List.of(), List.of(), List.of()));
  }

  private Answer run(String command, String... options) {
    String[] all = new String[options.length + 4];
    all[0] = "store";
    all[1] = command;
    all[2] = "--folder";
    all[3] = store;
    System.arraycopy(options, 0, all, 4, options.length);
    return Headwall.run(all);
  }

  @Test
  void verifyFindsNothingWrongWithASoundStore() {
    Answer answer = run("verify");
    assertEquals(0, answer.exit(), answer.out() + answer.err());
    assertTrue(answer.out().startsWith("store " + store + ": 2 epochs, file "), answer.out());
    assertTrue(answer.out().endsWith("everything proves itself\n"), answer.out());
    assertEquals("", answer.err());
  }

  @Test
  void verifyNamesWhatIsWrong() throws IOException {
    Files.writeString(Path.of(store, "identity"), "origin 0250c2fffe123456\nepoch 1\n");
    Answer answer = run("verify");
    assertEquals(1, answer.exit());
    assertTrue(
        answer.out().endsWith("1 finding:\n  identity: says epoch 1 where the store has 2\n"),
        answer.out());
  }

  @Test
  void aFileThatIsNoStoreIsDamageAndNoFileIsWrongUse() throws IOException {
    assertEquals(2, Headwall.run("store", "stats", "--folder", store + "/none").exit());
    Files.writeString(Path.of(store, "outbox.db"), "x".repeat(1000));
    for (String command : List.of("verify", "stats", "export")) {
      Answer answer = run(command);
      assertEquals(1, answer.exit(), answer.err());
      assertTrue(answer.err().startsWith("headwall store " + command + ": " + store), answer.err());
    }
  }

  @Test
  void statsCountsLanesAndTheirTimes() throws IOException {
    Answer answer = run("stats");
    assertEquals(0, answer.exit(), answer.err());
    List<String> lines = answer.out().lines().toList();
    String numerics =
        lines.stream().filter(l -> l.startsWith("numeric ")).findFirst().orElse("none");
    assertTrue(numerics.matches("numeric +2 +3 +\\d+ +\\d+\\.\\d\\d +2024-01-01T12:00:00Z .*"));
    assertTrue(answer.out().contains("  3 samples, "), answer.out());
    Answer configured = Headwall.run("store", "stats", "-c", Headwall.config(folder).toString());
    assertEquals(0, configured.exit(), configured.err());
  }

  @Test
  void exportWritesCsvWithTimesAndTheBedOfTheMeasurement() {
    String fixed = ",0250c2fffe123456,";
    String what = ",larch-7,numeric,x-larch-temp,0,1,1,";
    assertEquals(
        ExportCsv.HEAD
            + ",none,,"
            + fixed
            + "1,numeric,1,5000000"
            + what
            + "36,%,valid,,\r\n"
            + "2024-01-01T12:00:00Z,synced,ICU,1"
            + fixed
            + "2,numeric,1,1000000000"
            + what
            + "37,%,valid,,\r\n"
            + "2024-01-01T12:00:00Z,synced,ICU,1"
            + fixed
            + "2,numeric,2,1000000000"
            + what
            + ",%,sensor-disconnected,,\r\n"
            + "2024-01-01T12:00:00Z,synced,ICU,1"
            + fixed
            + "2,wave,1,1000000000,larch-7,samples,x-larch-temp,0,1,1,-1.0 0.5 -,%,valid,,8000000"
            + "\r\n"
            + "2024-01-01T12:00:10Z,synced,ICU,2"
            + fixed
            + "2,alarm,1,11000000000,larch-7,alarm,x-larch-temp,0,1,1,\"LOW, \"\"very\"\"\",%,"
            + "valid,active high,\r\n",
        run("export").out());
  }

  @Test
  void exportKeepsToTheTimesAskedForAndSaysWhatHasNone() {
    Answer answer = run("export", "--from", "2024-01-01T12:00:00Z", "--to", "2024-01-01T12:00:10Z");
    assertEquals(0, answer.exit(), answer.err());
    assertEquals(4, answer.out().lines().count());
    assertEquals("1 readings left out: nobody vouches for their time\n", answer.err());
    assertEquals(1, run("export", "--device", "oak-1").out().lines().count());
    assertEquals(2, run("export", "--from", "yesterday").exit());
  }

  @Test
  void exportWritesJsonWithWavesAsArrays() {
    Answer answer = run("export", "--ndjson");
    List<String> lines = answer.out().lines().toList();
    assertEquals(5, lines.size());
    assertTrue(lines.getFirst().startsWith("{\"time\":null,\"time_quality\":\"none\""));
    String wave = lines.stream().filter(l -> l.contains("\"samples\"")).findFirst().orElse("");
    assertTrue(wave.contains("\"value\":[-1.0,0.5,null]"), wave);
    assertTrue(wave.startsWith("{\"time\":\"2024-01-01T12:00:00Z\",\"time_quality\":\"synced\","));
  }

  @Test
  void exportWritesMessagesThatAReceiverUnderstands() throws Exception {
    Answer answer = run("export", "--senml");
    List<String> lines = answer.out().lines().toList();
    assertEquals(4, lines.size());
    int readings = 0;
    for (String line : lines) {
      String[] parts = line.split(" ", 2);
      assertTrue(parts[0].matches("export/v1/(unassigned|ICU/[12])/0250c2fffe123456/history"));
      readings +=
          SenmlReader.read(parts[1].getBytes(UTF_8), SenmlEncoding.JSON, MetricLookup.BARE)
              .entries()
              .size();
    }
    assertEquals(5, readings);
  }

  @Test
  void exportNeverOverwrites() throws IOException {
    Path file = folder.resolve("all.csv");
    assertEquals(0, run("export", "--out", file.toString()).exit());
    assertEquals(run("export").out(), Files.readString(file));
    Answer again = run("export", "--out", file.toString());
    assertEquals(1, again.exit());
    assertEquals("headwall store export: " + file + " is there already\n", again.err());
  }

  @Test
  void exportSaysWhenItsReaderTakesNoMore() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] chars, int from, int n) throws IOException {
            throw new IOException("no space left");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    StringWriter err = new StringWriter();
    int exit =
        Main.commandLine(InputStream.nullInputStream())
            .setOut(new PrintWriter(full, true))
            .setErr(new PrintWriter(err))
            .execute("store", "export", "--folder", store);
    assertEquals(1, exit);
    assertEquals(
        "headwall store export: standard output takes no more; what is there is not all\n",
        err.toString());
  }

  @Test
  void resendAsksForWhatWasDeliveredAndIsThere() throws IOException {
    String[] time = {"--from", "2024-01-01T12:00:00Z", "--to", "2024-01-01T12:00:01Z"};
    Path file = Path.of(store, ResendRequest.FILE);
    Answer answer = run("resend", time);
    assertEquals(0, answer.exit(), answer.err());
    assertEquals("2 readings go to cis again\n", answer.out());
    assertEquals(
        List.of("cis 2 numeric 1 1", "cis 2 wave 1 1"),
        Files.readAllLines(file).stream().sorted().toList());
    Answer twice = run("resend", time);
    assertEquals(1, twice.exit());
    assertTrue(twice.err().contains("another request waits"), twice.err());
    ResendRequest request = new ResendRequest(Path.of(store));
    assertEquals(2, request.due(0).size());
    assertEquals(List.of(), request.due(VirtualClock.ns(2_000)));
    assertTrue(Files.exists(file), "a crash must not lose it");
    request.done();
    assertFalse(Files.exists(file));
    assertEquals(List.of(), request.due(VirtualClock.ns(4_000)));
  }

  @Test
  void resendOfNothingAsksForNothing() {
    Answer none = run("resend", "--from", "2024-01-01T11:00:00Z", "--to", "2024-01-01T12:00:00Z");
    assertEquals(0, none.exit(), none.err());
    assertEquals("nothing of that time was delivered and is still there\n", none.out());
    assertFalse(Files.exists(Path.of(store, ResendRequest.FILE)));
    String[] unknown = {
      "--uplink", "lab", "--from", "2024-01-01T11:00:00Z", "--to", "2024-01-01T12:00:00Z"
    };
    Answer refused = run("resend", unknown);
    assertEquals(2, refused.exit());
    assertEquals(
        "headwall store resend: nothing was sent to an uplink 'lab'; there are: cis, ehr\n",
        refused.err());
    assertEquals(2, run("resend", "--from", "2024-01-01T11:00:00Z").exit());
  }

  @Test
  void deadLettersAreListedRetriedAndDiscarded() throws IOException {
    Path file = Path.of(store, ResendRequest.FILE);
    Answer list = Headwall.run("deadletter", "list", "--folder", store);
    assertEquals(0, list.exit(), list.err());
    assertEquals("cis epoch 2 numeric 2 to 2\n1 readings were refused for good\n", list.out());
    assertFalse(Files.exists(file));
    Answer none = Headwall.run("deadletter", "retry", "--folder", store, "--uplink", "ehr");
    assertEquals("0 readings are to be sent once more\n", none.out());
    assertFalse(Files.exists(file));
    Settled letter = new Settled("cis", 2, Lane.NUMERIC, 2, 2, Settled.How.DEAD);
    assertEquals(0, Headwall.run("deadletter", "retry", "--folder", store).exit());
    assertEquals(List.of(letter), new ResendRequest(Path.of(store)).due(0));
    Answer twice = Headwall.run("deadletter", "discard", "--folder", store);
    assertEquals(1, twice.exit());
    assertTrue(twice.err().contains("another request waits"), twice.err());
    Files.delete(file);
    assertEquals(0, Headwall.run("deadletter", "discard", "--folder", store).exit());
    assertEquals(
        List.of(letter.as(Settled.How.DISCARDED)), new ResendRequest(Path.of(store)).due(0));
    assertEquals(2, Headwall.run("deadletter", "burn", "--folder", store).exit());
    assertEquals(2, Headwall.run("deadletter", "list", "--folder", store + "/none").exit());
  }

  @Test
  void aRequestThatIsNoneIsLetBe() throws IOException {
    Path file = Path.of(store, ResendRequest.FILE);
    Files.writeString(file, "cis 2 numeric 1 1\ncis 2 colour 1 1\ncis 2 wave 5 4\nx\n");
    ResendRequest request = new ResendRequest(Path.of(store));
    assertEquals(
        List.of(new Settled("cis", 2, Lane.NUMERIC, 1, 1, Settled.How.DELIVERED)), request.due(0));
  }

  @Test
  void salvageBringsBackWhatADamagedFileHolds() throws Exception {
    String config = Headwall.config(folder).toString();
    Answer nothing = Headwall.run("store", "salvage", "-c", config);
    assertEquals(0, nothing.exit(), nothing.err());
    assertEquals("no damaged file to bring back from\n", nothing.out());
    List<String> before =
        run("export").out().lines().filter(l -> l.contains(",larch-7,")).sorted().toList();
    try (RandomAccessFile file = new RandomAccessFile(store + "/outbox.db", "rw")) {
      file.write(new byte[100]);
    }
    Answer answer = Headwall.run("store", "salvage", "-c", config);
    assertEquals(0, answer.exit(), answer.err());
    assertTrue(Files.exists(Path.of(store, "salvaged-1.db")), answer.out());
    assertEquals(
        before,
        run("export").out().lines().filter(l -> l.contains(",larch-7,")).sorted().toList(),
        answer.out());
    assertEquals(0, run("verify").exit(), run("verify").out());
  }

  @Test
  void salvageKeepsItsHandsOffARunningBox() throws IOException {
    Path lock = Path.of(store, "lock");
    String config = Headwall.config(folder).toString();
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertTrue(held.isValid());
      Answer answer = Headwall.run("store", "salvage", "-c", config);
      assertEquals(1, answer.exit());
      assertTrue(answer.err().contains("another headwall runs with the store"), answer.err());
    }
  }

  @Test
  void lookingChangesNothing() throws IOException {
    byte[] before = Files.readAllBytes(Path.of(store, "outbox.db"));
    for (String command : List.of("verify", "stats", "export")) run(command);
    assertArrayEquals(before, Files.readAllBytes(Path.of(store, "outbox.db")));
    assertFalse(Files.exists(Path.of(store, "lock")));
  }
}
