package io.headwall.model;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What happens to a device over time, by name. The same seed tells the same story. */
public enum Scenario {
  BASELINE("baseline", "nothing but values that wander"),
  DETERIORATION("deterioration", "the patient gets worse from 10 s, alarms, recovers by 320 s"),
  ALARM_STORM("alarm-storm", "alarms raised and cleared every 0.2 to 2 s"),
  STANDBY("standby", "no patient from 20 s to 80 s, every 120 s"),
  NOISE("noise", "a damaged message every 2 to 8 s"),
  REPLUG("replug", "cable out after 30 s, in again 5 s later, over and over"),
  SILENT("silent", "the device says nothing for 60 s, every 120 s, first after 30 s");

  private static final LocalDateTime CLOCK = LocalDateTime.of(2026, 1, 1, 0, 0);
  private static final List<String> STORM_FIELDS =
      List.of("f106", "f107", "f109", "f110", "f112", "f117", "f118", "f119", "f120", "f125");
  private static final List<String> STORM_WORDS =
      List.of("LOW", "MEDIUM", "HIGH", "RESET", "NORMAL");
  private static final List<String> STORM_STATES =
      List.of("sensor-off", "out-of-track", "sensor-alarm", "artifact", "missing");

  private final String id;
  private final String about;

  Scenario(String id, String about) {
    this.id = id;
    this.about = about;
  }

  /** The name on the command line. */
  public String id() {
    return id;
  }

  /** What happens, in one line. */
  public String about() {
    return about;
  }

  public static Optional<Scenario> named(String id) {
    return Arrays.stream(values()).filter(scenario -> scenario.id.equals(id)).findFirst();
  }

  /** The script of this scenario for a device; empty when the device cannot play it. */
  public Optional<Script> script(DeviceKind kind, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    return switch (this) {
      case BASELINE -> Optional.of(Script.EMPTY);
      case REPLUG -> Optional.of(Script.cablePulls(30, 5));
      case SILENT -> Optional.of(Script.every(120).at(30, "silent 60"));
      case NOISE -> Optional.of(noise(kind, random));
      case DETERIORATION -> deterioration(kind.family());
      case STANDBY -> standby(kind);
      case ALARM_STORM -> storm(kind, random);
    };
  }

  private static Script noise(DeviceKind kind, RandomGenerator random) {
    List<String> damages =
        kind.create(CLOCK, 0).orders().stream()
            .filter(OrderKind::spoils)
            .map(OrderKind::name)
            .toList();
    return Script.drawn(random, 2_000, 8_000, () -> damages.get(random.nextInt(damages.size())));
  }

  private static Optional<Script> deterioration(DeviceKind.Family family) {
    return switch (family) {
      case VENTILATOR ->
          Optional.of(
              Script.once()
                  .at(10, "ramp peak 45 120")
                  .at(10, "ramp vte 0.250 120")
                  .at(10, "ramp rate 32 120")
                  .at(60, "alarm f112 LOW")
                  .at(90, "alarm f110 MEDIUM")
                  .at(130, "alarm f110 HIGH")
                  .at(150, "alarm f117 MEDIUM")
                  .at(200, "ramp peak 22 90")
                  .at(200, "ramp vte 0.448 90")
                  .at(200, "ramp rate 14 90")
                  .at(280, "alarm f110 RESET")
                  .at(280, "alarm f112 RESET")
                  .at(280, "alarm f117 RESET")
                  .at(310, "alarm f110 NORMAL")
                  .at(310, "alarm f112 NORMAL")
                  .at(310, "alarm f117 NORMAL"));
      case WAVES ->
          Optional.of(
              Script.once()
                  .at(10, "ramp peak 45 120")
                  .at(10, "ramp rate 32 120")
                  .at(200, "ramp peak 22 90")
                  .at(200, "ramp rate 14 90"));
      case OXIMETER ->
          Optional.of(
              Script.once()
                  .at(10, "ramp spo2 78 120")
                  .at(10, "ramp hr 135 120")
                  .at(200, "ramp spo2 97 90")
                  .at(200, "ramp hr 72 90"));
    };
  }

  private static Optional<Script> standby(DeviceKind kind) {
    return switch (kind.family()) {
      case VENTILATOR -> Optional.of(Script.every(120).at(20, "standby on").at(80, "standby off"));
      case OXIMETER ->
          Optional.of(Script.every(120).at(20, "sensor-off on").at(80, "sensor-off off"));
      case WAVES -> Optional.of(Script.every(120).at(20, "silent 60"));
    };
  }

  private static Optional<Script> storm(DeviceKind kind, RandomGenerator random) {
    return switch (kind) {
      case PB840, PB980 ->
          Optional.of(
              Script.drawn(
                  random,
                  200,
                  2_000,
                  () -> "alarm " + one(STORM_FIELDS, random) + " " + one(STORM_WORDS, random)));
      case NONIN_FORMAT2, NONIN_FORMAT7 ->
          Optional.of(
              Script.drawn(
                  random,
                  200,
                  2_000,
                  () -> one(STORM_STATES, random) + " " + one(List.of("on", "off"), random)));
      case PB840_WAVES, NONIN_ASCII -> Optional.empty(); // neither can express an alarm
    };
  }

  private static String one(List<String> words, RandomGenerator random) {
    return words.get(random.nextInt(words.size()));
  }
}
