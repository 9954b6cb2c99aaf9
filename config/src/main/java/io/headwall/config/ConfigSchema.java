package io.headwall.config;

import io.headwall.spi.link.LinkSettings;
import io.headwall.spi.link.LinkSettings.Parity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The one declaration of all common keys: reader, reference page and example file are made from it.
 */
final class ConfigSchema {

  static final Key<Environment> ENVIRONMENT =
      Key.needed(
          "environment",
          ValueTypes.words(List.of(Environment.values()), Environment::word),
          "What the readings are of. It is the root of every topic (`headwall`, `headwall-test`,"
              + " `headwall-training`), so that a test is never taken for a patient.");

  static final Key<Optional<String>> EUI64 =
      Key.withDefault(
          "eui64",
          ValueTypes.eui64(),
          Optional.empty(),
          "The box's own number. With `auto` it is the one in the store's identity file.");

  static final Key<String> UNIT =
      Key.optional(
          "unit",
          ValueTypes.label(),
          "unit-name",
          "The ward, as the hospital names it. Unit and bed come together; a box without them"
              + " sends under `unassigned`.");
  static final Key<String> BED =
      Key.optional(
          "bed",
          ValueTypes.label(),
          "bed-name",
          "The bed, as the hospital names it. Goes together with `unit`.");
  static final Key<Place.Mount> MOUNT =
      Key.withDefault(
          "mount",
          ValueTypes.words(List.of(Place.Mount.values()), Place.Mount::word),
          Place.Mount.WALL,
          "What the box is fixed to. `transport` moves with patients and has no unit or bed.");

  static final Key<Path> STORE_FOLDER =
      Key.withDefault(
          "folder",
          ValueTypes.absolutePath("/var/lib/headwall"),
          Path.of("/var/lib/headwall"),
          "Folder of readings and identity, on a disk that keeps them over a power cut.");
  static final Key<Long> AT_RISK_MS =
      Key.withDefault(
          "at_risk_ms",
          new ValueType.Whole(Store.AT_RISK_MS_MIN, Store.AT_RISK_MS_MAX),
          1_000L,
          "Longest time, in milliseconds, that a reading waits for its commit and would be lost"
              + " in a power cut. Alarms are committed at once.");
  static final Key<Long> KEEP_DAYS =
      Key.withDefault(
          "keep_days",
          new ValueType.Whole(Store.KEEP_DAYS_MIN, Store.KEEP_DAYS_MAX),
          7L,
          "Days after which readings are deleted, once the time of day is known.");
  static final Key<Long> QUOTA_MB =
      Key.withDefault(
          "quota_mb",
          new ValueType.Whole(Store.QUOTA_MB_MIN, Store.QUOTA_MB_MAX),
          4_096L,
          "Size of the store, in megabytes, at which the oldest readings of the lowest class give"
              + " way; each loss is counted and reported.");

  /** Of each class of readings, from the highest to the one that gives way first. */
  static final List<LaneKeys> LANE_LIMITS =
      List.of(
          laneKeys("alarm", "alarms"),
          laneKeys("event", "settings, texts, states and gaps"),
          laneKeys("numeric", "numeric values"),
          laneKeys("wave", "waveforms"));

  /** The limits of one class of readings. */
  record LaneKeys(Key<Long> keepDays, Key<Long> quotaMb) {}

  private static LaneKeys laneKeys(String lane, String what) {
    return new LaneKeys(
        Key.optional(
            lane + "_keep_days",
            new ValueType.Whole(Store.KEEP_DAYS_MIN, Store.KEEP_DAYS_MAX),
            7L,
            "Days after which " + what + " are deleted. Left out: as `keep_days`."),
        Key.optional(
            lane + "_quota_mb",
            new ValueType.Whole(Store.LANE_QUOTA_MB_MIN, Store.QUOTA_MB_MAX),
            1_024L,
            "Size of "
                + what
                + " alone at which their oldest give way. Left out: only"
                + " `quota_mb` counts."));
  }

  static final Key<Path> RUNTIME_FOLDER =
      Key.withDefault(
          "folder",
          ValueTypes.absolutePath("/run/headwall"),
          Path.of("/run/headwall"),
          "Folder of the command's socket, the port locks and the marks of parked ports.");
  static final Key<Runtime.LogLevel> LOG_LEVEL =
      Key.withDefault(
          "log_level",
          ValueTypes.words(List.of(Runtime.LogLevel.values()), Runtime.LogLevel::word),
          Runtime.LogLevel.INFO,
          "The least serious entry that is logged. Readings are never logged.");

  static final Key<Time.Trust> TRUST =
      Key.withDefault(
          "trust",
          ValueTypes.words(List.of(Time.Trust.values()), Time.Trust::word),
          Time.Trust.KERNEL,
          "Who vouches for the time of day: the kernel, which knows whether a time service keeps"
              + " its clock, or whoever set the host's clock (refused in production).");

  static final Key<String> PORT_NAME =
      Key.needed("name", ValueTypes.name(), "Short name for logs and status, one for each port.");
  static final Key<Path> DEVICE =
      Key.needed(
          "device",
          ValueTypes.absolutePath("/dev/serial/by-path/platform-usb-0:1.2:1.0-port0"),
          "The port's path. Best from `/dev/serial/by-path`, which stays the same socket when"
              + " adapters are found in another order.");
  static final Key<String> DRIVER =
      Key.needed("driver", ValueTypes.id("nonin"), "Id of the driver, from `headwall drivers`.");
  static final Key<Boolean> LISTEN_ONLY =
      Key.withDefault(
          "listen_only",
          new ValueType.Switch(),
          false,
          "Send the device nothing at all, whatever its driver may send.");
  static final Key<Long> BAUD =
      Key.optional(
          "baud",
          new ValueType.Whole(LinkSettings.Serial.BAUD_MIN, LinkSettings.Serial.BAUD_MAX),
          9_600L,
          "Bits a second. Left out: as the driver says, as for all line settings.");
  static final Key<Long> DATA_BITS =
      Key.optional(
          "data_bits", new ValueType.OneOf(List.of(7L, 8L)), 8L, "Data bits of a character.");
  static final Key<Parity> PARITY =
      Key.optional(
          "parity",
          ValueTypes.words(List.of(Parity.values()), p -> p.name().toLowerCase(Locale.ROOT)),
          Parity.NONE,
          "Parity bit.");
  static final Key<Long> STOP_BITS =
      Key.optional("stop_bits", new ValueType.OneOf(List.of(1L, 2L)), 1L, "Stop bits.");
  static final Key<Boolean> RTS_CTS =
      Key.optional(
          "rts_cts", new ValueType.Switch(), false, "Flow control by the RTS and CTS lines.");

  static final Key<String> UPLINK_NAME =
      Key.needed(
          "name",
          ValueTypes.name(),
          "Short name for logs, status and the account of what was delivered, one for each"
              + " uplink.");
  static final Key<String> KIND =
      Key.needed("kind", ValueTypes.id("mqtt"), "Kind of uplink, such as `mqtt`.");

  static final Key<List<Uplink.Lane>> LANES =
      Key.withDefault(
          "lanes",
          new ValueType.Several<>(
              ValueTypes.words(List.of(Uplink.Lane.values()), Uplink.Lane::word)),
          List.of(Uplink.Lane.values()),
          "What this receiver gets. The rest counts as done with, also if it is added here later.");
  static final Key<Long> MAX_BACKFILL_AGE_S =
      Key.optional(
          "max_backfill_age_s",
          new ValueType.Whole(0, Uplink.BACKFILL_AGE_S_MAX),
          3_600L,
          "Age in seconds up to which readings are sent later that could not be sent live; what is"
              + " older is counted as too old. 0: live readings only. Left out: however old.");
  static final Key<Long> HISTORY_PER_S =
      Key.optional(
          "history_per_s",
          new ValueType.Whole(1, Uplink.HISTORY_PER_S_MAX),
          5_000L,
          "Most readings a second that are sent later, live ones not counted. Left out: as many as"
              + " go without delay of live ones.");

  static final Table ROOT =
      new Table(
          "", Times.ONCE, "Before the first table, at the top of the file.", List.of(ENVIRONMENT));
  static final Table BOX = new Table("box", Times.ONCE, "Who the box is.", List.of(EUI64));
  static final Table PLACE =
      new Table("place", Times.ONCE, "Where the box hangs.", List.of(UNIT, BED, MOUNT));
  static final Table STORE =
      new Table("store", Times.ONCE, "Where readings are kept, and for how long.", storeKeys());
  static final Table RUNTIME =
      new Table("runtime", Times.ONCE, "The running process.", List.of(RUNTIME_FOLDER, LOG_LEVEL));
  static final Table TIME =
      new Table("time", Times.ONCE, "Whose word on the time of day is taken.", List.of(TRUST));
  static final Table PORT =
      new Table(
          "port",
          Times.MANY,
          "One serial port and its driver; one such table for each. The driver's own options, from"
              + " `headwall drivers`, stand in the same table.",
          List.of(
              PORT_NAME, DEVICE, DRIVER, LISTEN_ONLY, BAUD, DATA_BITS, PARITY, STOP_BITS, RTS_CTS));
  static final Table UPLINK =
      new Table(
          "uplink",
          Times.MANY,
          "One receiver of readings; one such table for each. The kind's own options,"
              + " listed in its README, stand in the same table. A password or private key is never"
              + " written here: an option names the file that holds it.",
          List.of(UPLINK_NAME, KIND, LANES, MAX_BACKFILL_AGE_S, HISTORY_PER_S));

  /** All tables, in the order of the reference page. */
  static final List<Table> TABLES = List.of(ROOT, BOX, PLACE, STORE, RUNTIME, TIME, PORT, UPLINK);

  private ConfigSchema() {}

  private static List<Key<?>> storeKeys() {
    List<Key<?>> keys = new ArrayList<>(List.of(STORE_FOLDER, AT_RISK_MS, KEEP_DAYS, QUOTA_MB));
    for (LaneKeys lane : LANE_LIMITS) keys.addAll(List.of(lane.keepDays(), lane.quotaMb()));
    return List.copyOf(keys);
  }

  /** How often a table may stand in the file. */
  enum Times {
    ONCE,
    MANY
  }

  /** A table and its common keys. The root has no name. */
  record Table(String name, Times times, String help, List<Key<?>> keys) {

    /** As written in the file, {@code [store]} or {@code [[port]]}; empty for the root. */
    String header() {
      if (name.isEmpty()) return "";
      return times == Times.MANY ? "[[" + name + "]]" : "[" + name + "]";
    }

    List<String> names() {
      return keys.stream().map(Key::name).toList();
    }
  }
}
