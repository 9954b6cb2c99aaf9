package io.headwall.store.sqlite;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.store.BlockCodec;
import io.headwall.store.Lane;
import io.headwall.store.OutboxReader;
import io.headwall.store.Settled;
import io.headwall.store.StoredBlock;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment loses nothing that it has acknowledged. */
class CrashTest {

  private static final int KILLS = 20;
  private static final int ACKS_MAX = 400;

  @TempDir Path folder;

  @Test
  void nothingAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
    SplittableRandom random = new SplittableRandom(20);
    long acked = 0;
    for (int epoch = 1; epoch <= KILLS; epoch++) {
      Map<Lane, Long> promised = runAndKill(epoch, random);
      assertEquals(epoch, SqliteOutbox.highestEpoch(folder), "read over what the crash left");
      try (SqliteOutbox outbox = new SqliteOutbox(folder)) {
        Map<Lane, Long> found = outbox.open(Samples.epoch(epoch));
        for (Map.Entry<Lane, Long> lane : promised.entrySet()) {
          assertTrue(found.getOrDefault(lane.getKey(), 0L) >= lane.getValue(), lane + " " + found);
          acked += lane.getValue();
        }
        assertEquals(found.values().stream().mapToLong(n -> n).sum(), readAll(outbox, epoch));
      }
      assertSound();
    }
    assertTrue(acked > KILLS, "the children must have got to work");
  }

  /** Lets a child commit until it has said a random number of things, and kills it a bit later. */
  private Map<Lane, Long> runAndKill(int epoch, SplittableRandom random)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CrashChild.class.getName(),
                folder.toString(),
                Integer.toString(epoch))
            .redirectError(new File(folder.toFile(), "child.err"))
            .start();
    Map<Lane, Long> acked = new EnumMap<>(Lane.class);
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(child.getInputStream(), US_ASCII))) {
      Map<Lane, Long> commit = new EnumMap<>(Lane.class);
      int left = random.nextInt(ACKS_MAX);
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (!line.equals(".")) {
          int blank = line.indexOf(' ');
          commit.put(Lane.valueOf(line.substring(0, blank)), number(line.substring(blank + 1)));
          continue;
        }
        acked.putAll(commit);
        commit.clear();
        if (left-- == 0) {
          boolean over = child.waitFor(random.nextInt(3_000), TimeUnit.MICROSECONDS);
          assertTrue(!over, "the child ended by itself");
          // Through the handle: the process itself would close the pipe with what is still in it.
          child.toHandle().destroyForcibly();
        }
      }
    }
    assertEquals(128 + 9, child.waitFor(), "killed by SIGKILL");
    return acked;
  }

  private static long number(String digits) {
    return Long.parseLong(digits);
  }

  /** Reads and decodes a whole epoch; returns how many readings were or had been there. */
  private static long readAll(SqliteOutbox outbox, int epoch) throws Exception {
    long n = 0;
    try (OutboxReader reader = outbox.newReader()) {
      for (Lane lane : Lane.values()) {
        long next = 1;
        for (StoredBlock block = reader.block(epoch, lane, 1);
            block != null;
            block = reader.block(epoch, lane, next)) {
          if (lane != Lane.WAVE || next > 1) assertEquals(next, block.key().firstSeq(), "dense");
          next = block.key().firstSeq();
          for (BlockCodec.Decoded reading : BlockCodec.decode(block, reader)) {
            assertEquals(Samples.reading(lane, next++), reading.reading());
          }
        }
        assertEquals(next - 1, reader.lastSeq(epoch, lane));
        n += next - 1;
      }
      List<Settled> settled = reader.settled("u");
      assertNotNull(settled);
      assertTrue(settled.size() <= epoch, "one interval an epoch");
    }
    return n;
  }

  private void assertSound() throws Exception {
    try (Connection raw =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("outbox.db"))) {
      assertEquals("ok", StoreFile.text(raw, "PRAGMA integrity_check"));
      for (Lane lane : Lane.values()) {
        String overlaps =
            "SELECT count(*) FROM (SELECT key, lag(key + n) OVER (ORDER BY key) AS free FROM "
                + Schema.blocks(lane)
                + ") WHERE key < free";
        assertEquals("0", StoreFile.text(raw, overlaps), "no number twice");
      }
    }
  }
}
