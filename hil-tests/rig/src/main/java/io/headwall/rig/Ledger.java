package io.headwall.rig;

import io.headwall.store.Lane;
import io.headwall.store.StoreException;
import io.headwall.store.sqlite.SqliteOutbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a store has promised so far, held against what it holds after each interruption: what the
 * subscriber received, what the box said is stored, what was there after the interruption before.
 */
final class Ledger {

  private final Path store;
  private final Subscriber subscriber;
  private final boolean evicts;
  private final Map<Identity, String> known = new HashMap<>();
  private final Map<Integer, Long> seen = new HashMap<>();
  private final Set<Identity> missed = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private long receivedLost;
  private long committedLost;
  private int lastEpoch;

  private record EpochLane(int epoch, Lane lane) {}

  Ledger(Path store, Subscriber subscriber) {
    this(store, subscriber, false);
  }

  private Ledger(Path store, Subscriber subscriber, boolean evicts) {
    this.store = store;
    this.subscriber = subscriber;
    this.evicts = evicts;
  }

  /**
   * Of a store that is short of room: what lies before the oldest reading of its lane was given up
   * to make room, and is not missed. A cut takes the youngest.
   */
  static Ledger ofCrowded(Path store, Subscriber subscriber) {
    return new Ledger(store, subscriber, true);
  }

  /**
   * Just before the interruption: notes how many readings the box says are stored in its epoch. A
   * reader of the file could see a commit that is not durable yet.
   */
  void look(Json status) {
    long stored = status.node("account").number("stored");
    if (stored > 0) seen.merge((int) status.number("epoch"), stored, Math::max);
  }

  /**
   * After the interruption, and before the box runs again: checks the epochs of the last two runs.
   * A check of all follows at the end, by {@link #checkAll}.
   */
  void check(String when) {
    check(when, store, lastEpoch, told());
  }

  /** What the subscriber has of the last two runs. */
  Map<Identity, String> told() {
    return subscriber.since(lastEpoch);
  }

  /**
   * The same of a copy of the store, as it would have been left by a cut.
   *
   * @param told what the subscriber had when the copy was made
   */
  void checkCopy(String when, Path copy, Map<Identity, String> told) {
    check(when, copy, lastEpoch, told);
  }

  /** Checks everything that was ever promised. */
  void checkAll(String when) {
    check(when, store, 0, subscriber.readings());
  }

  /** Readings that the subscriber had and the store has not. */
  long receivedLost() {
    return receivedLost;
  }

  /** Readings that were seen in the store and are not there any more. */
  long committedLost() {
    return committedLost;
  }

  /** Everything that was found wrong, in words. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  private void check(String when, Path at, int fromEpoch, Map<Identity, String> told) {
    Map<Identity, String> now = read(when, at, fromEpoch);
    Map<Lane, Identity> oldest = evicts ? oldest(now.keySet()) : Map.of();
    for (Map.Entry<Identity, String> e : told.entrySet()) {
      if (isEvicted(oldest, e.getKey())) continue;
      if (lacks(when, now, e, "received")) receivedLost++;
    }
    for (Map.Entry<Identity, String> e : known.entrySet()) {
      if (e.getKey().epoch() < fromEpoch || isEvicted(oldest, e.getKey())) continue;
      if (lacks(when, now, e, "known")) committedLost++;
    }
    checkSeen(when, now, fromEpoch);
    known.putAll(now);
    lastEpoch = now.keySet().stream().mapToInt(Identity::epoch).max().orElse(lastEpoch);
  }

  private static Map<Lane, Identity> oldest(Set<Identity> all) {
    Map<Lane, Identity> oldest = new EnumMap<>(Lane.class);
    for (Identity i : all) oldest.merge(i.lane(), i, (a, b) -> isBefore(a, b) ? a : b);
    return oldest;
  }

  private static boolean isEvicted(Map<Lane, Identity> oldest, Identity reading) {
    Identity kept = oldest.get(reading.lane());
    return kept != null && isBefore(reading, kept);
  }

  private static boolean isBefore(Identity a, Identity b) {
    return a.epoch() != b.epoch() ? a.epoch() < b.epoch() : a.seq() < b.seq();
  }

  private Map<Identity, String> read(String when, Path at, int fromEpoch) {
    try {
      String integrity = SqliteOutbox.integrity(at);
      if (!integrity.equals("ok")) faults.add(when + ": damaged: " + integrity);
      return StoreReadout.since(at, fromEpoch);
    } catch (StoreException e) {
      faults.add(when + ": cannot be read: " + e.getMessage());
      return Map.of();
    }
  }

  private boolean lacks(
      String when, Map<Identity, String> now, Map.Entry<Identity, String> promised, String how) {
    String content = now.get(promised.getKey());
    if (promised.getValue().equals(content)) return false;
    if (!missed.add(promised.getKey())) return false;
    String what = content == null ? "gone" : "altered: " + content;
    faults.add(when + ": " + how + ' ' + promised.getKey() + " is " + what);
    return content == null;
  }

  private void checkSeen(String when, Map<Identity, String> now, int fromEpoch) {
    Map<EpochLane, Long> last = new HashMap<>();
    for (Identity i : now.keySet()) {
      last.merge(new EpochLane(i.epoch(), i.lane()), i.seq(), Math::max);
    }
    for (Map.Entry<Integer, Long> e : seen.entrySet()) {
      if (e.getKey() < fromEpoch) continue;
      long there = 0;
      for (Lane lane : Lane.values()) {
        there += last.getOrDefault(new EpochLane(e.getKey(), lane), 0L);
      }
      if (there >= e.getValue()) continue;
      committedLost += e.getValue() - there;
      faults.add(when + ": epoch " + e.getKey() + " had " + e.getValue() + ", has " + there);
    }
    seen.clear();
  }
}
