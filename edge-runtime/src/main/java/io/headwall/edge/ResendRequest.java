package io.headwall.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwall.store.Lane;
import io.headwall.store.Settled;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The file in a store's folder by which readings are asked for once more: a line a stretch, which
 * ends in {@code dead} for what was refused for good, and in {@code discarded} to give that up. A
 * running box takes it up within a second, one that stands still when it starts, and a card takes
 * it along to another box.
 */
final class ResendRequest {

  static final String FILE = "resend";

  private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(1);

  private static final Pattern LINE =
      Pattern.compile(
          "([a-z0-9-]{1,32}) (\\d{1,7}) ([a-z]+) (\\d{1,13}) (\\d{1,13})( dead| discarded)?");

  private final Path file;
  private long lookedNs = Long.MIN_VALUE;
  private boolean taken;

  /** The file cannot be read or taken away; said once, and let be until the next start. */
  private boolean stuck;

  ResendRequest(Path storeFolder) {
    this.file = storeFolder.resolve(FILE);
  }

  /**
   * Leaves a request.
   *
   * @throws FileAlreadyExistsException where one waits already
   */
  void leave(List<Settled> stretches) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Settled s : stretches) {
      String lane = s.lane().wireName();
      text.append(s.uplink() + " " + s.epoch() + " " + lane + " " + s.from() + " " + s.to());
      text.append(ending(s.how())).append('\n');
    }
    Path fresh = Files.createTempFile(file.resolveSibling("."), FILE, ".new");
    try {
      Files.writeString(fresh, text, UTF_8);
      try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      // Asked for by root, taken up by the user that the service runs as.
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
      // Linking fails where there is one, which a rename would silently replace.
      Files.createLink(file, fresh);
    } finally {
      Files.delete(fresh);
    }
  }

  /** What is asked for, about once a second; empty mostly. */
  List<Settled> due(long nowNs) {
    if (lookedNs != Long.MIN_VALUE && nowNs - lookedNs < LOOK_NS) return List.of();
    lookedNs = nowNs;
    if (taken || stuck || !Files.exists(file)) return List.of();
    try {
      List<Settled> stretches = read(Files.readAllLines(file, UTF_8));
      taken = true;
      Logger.info(
          "{} stretches of readings are asked for once more, or given up", stretches.size());
      return stretches;
    } catch (IOException e) {
      stuck = true;
      Logger.error("a request to send again is not taken up: {}", Why.of(e));
      return List.of();
    }
  }

  /** What was taken up is durable. Before that the file stays: a crash must not lose it. */
  void done() {
    if (!taken) return;
    taken = false;
    try {
      Files.delete(file);
    } catch (IOException e) {
      stuck = true;
      Logger.error("a request stays, and is met once more at the next start: {}", Why.of(e));
    }
  }

  private static List<Settled> read(List<String> lines) {
    List<Settled> stretches = new ArrayList<>();
    for (String line : lines) {
      Matcher m = LINE.matcher(line);
      long from = m.matches() ? Long.parseLong(m.group(4)) : 0;
      long to = m.matches() ? Long.parseLong(m.group(5)) : 0;
      if (!m.matches() || !isLane(m.group(3)) || from < 1 || to < from) {
        Logger.error("a request to send again has a line that is none: {}", line);
        continue;
      }
      Lane lane = Lane.valueOf(m.group(3).toUpperCase(Locale.ROOT));
      int epoch = Integer.parseInt(m.group(2));
      stretches.add(new Settled(m.group(1), epoch, lane, from, to, how(m.group(6))));
    }
    return stretches;
  }

  private static String ending(Settled.How how) {
    return how == Settled.How.DELIVERED ? "" : " " + how.name().toLowerCase(Locale.ROOT);
  }

  private static Settled.How how(@Nullable String ending) {
    return ending == null
        ? Settled.How.DELIVERED
        : Settled.How.valueOf(ending.strip().toUpperCase(Locale.ROOT));
  }

  private static boolean isLane(String name) {
    for (Lane lane : Lane.values()) if (lane.wireName().equals(name)) return true;
    return false;
  }
}
