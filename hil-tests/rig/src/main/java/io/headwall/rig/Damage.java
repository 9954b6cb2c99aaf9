package io.headwall.rig;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** What can happen to the files of an outbox while nobody looks. */
enum Damage {
  ZEROED_PAGES {
    @Override
    void to(Path store, RandomGenerator random) throws IOException {
      for (int i = 0; i <= random.nextInt(PAGES_MAX); i++) {
        overwrite(store.resolve(FILE), random, new byte[PAGE_BYTES], PAGE_BYTES);
      }
    }
  },
  FLIPPED_BYTES {
    @Override
    void to(Path store, RandomGenerator random) throws IOException {
      for (int i = 0; i <= random.nextInt(PAGES_MAX); i++) {
        byte[] few = new byte[1 + random.nextInt(8)];
        random.nextBytes(few);
        overwrite(store.resolve(FILE), random, few, 1);
      }
    }
  },
  LOST_HEADER {
    @Override
    void to(Path store, RandomGenerator random) throws IOException {
      byte[] noise = new byte[100];
      random.nextBytes(noise);
      write(store.resolve(FILE), 0, noise);
    }
  },
  CUT_FILE {
    @Override
    void to(Path store, RandomGenerator random) throws IOException {
      cut(store.resolve(FILE), random);
    }
  },
  CUT_LOG {
    @Override
    void to(Path store, RandomGenerator random) throws IOException {
      cut(store.resolve(LOG), random);
    }
  },
  NOISE_IN_LOG {
    @Override
    void to(Path store, RandomGenerator random) throws IOException {
      byte[] noise = new byte[PAGE_BYTES];
      random.nextBytes(noise);
      overwrite(store.resolve(LOG), random, noise, 1);
    }
  },
  NO_INDEX {
    @Override
    void to(Path store, RandomGenerator random) throws IOException {
      Files.deleteIfExists(store.resolve(FILE + "-shm"));
    }
  };

  /** What may happen under a box that runs: its pages on the disk change. */
  static final List<Damage> WHILE_RUNNING = List.of(ZEROED_PAGES, FLIPPED_BYTES);

  static final String FILE = "outbox.db";

  private static final String LOG = FILE + "-wal";
  private static final int PAGE_BYTES = 4096;
  private static final int PAGES_MAX = 5;

  /** Does it. */
  abstract void to(Path store, RandomGenerator random) throws IOException;

  private static void cut(Path file, RandomGenerator random) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) return;
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      channel.truncate(random.nextLong(channel.size()));
    }
  }

  private static void overwrite(Path file, RandomGenerator random, byte[] bytes, int grain)
      throws IOException {
    if (!Files.exists(file) || Files.size(file) < bytes.length) return;
    long places = (Files.size(file) - bytes.length) / grain + 1;
    write(file, random.nextLong(places) * grain, bytes);
  }

  private static void write(Path file, long at, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), at);
    }
  }
}
