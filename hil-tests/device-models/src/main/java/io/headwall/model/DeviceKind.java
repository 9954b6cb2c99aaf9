package io.headwall.model;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Optional;

/** The devices that can be simulated, by the names that the command and bed files use. */
public enum DeviceKind {
  PB840("pb840", Family.VENTILATOR, "Puritan Bennett 840, DCI: SNDF, SNDA, RSET; 9600 8N1"),
  PB980("pb980", Family.VENTILATOR, "Puritan Bennett 980, same answers; 9600 8N1"),
  PB840_WAVES("pb840-waves", Family.WAVES, "Puritan Bennett 840 waveform port; 38400 8N1"),
  NONIN_FORMAT2("nonin-format2", Family.OXIMETER, "Nonin, serial data format 2; 9600 8N1"),
  NONIN_FORMAT7("nonin-format7", Family.OXIMETER, "Nonin, serial data format 7; 9600 8N1"),
  NONIN_ASCII("nonin-ascii", Family.OXIMETER, "Nonin, a line of text a second; 9600 8N1");

  /** What the scenarios tell apart. */
  enum Family {
    VENTILATOR,
    WAVES,
    OXIMETER
  }

  private final String id;
  private final Family family;
  private final String about;

  DeviceKind(String id, Family family, String about) {
    this.id = id;
    this.family = family;
    this.about = about;
  }

  /** The name on the command line. */
  public String id() {
    return id;
  }

  /** One line about the device and its port settings. */
  public String about() {
    return about;
  }

  Family family() {
    return family;
  }

  public static Optional<DeviceKind> named(String id) {
    return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
  }

  /** A new device; {@code clock} is what a device with a clock shows when it is switched on. */
  public DeviceModel create(LocalDateTime clock, long seed) {
    return switch (this) {
      case PB840 -> new Pb840Model(Pb840Model.Variant.PB840, clock, seed);
      case PB980 -> new Pb840Model(Pb840Model.Variant.PB980, clock, seed);
      case PB840_WAVES -> new Pb840WaveModel(seed);
      case NONIN_FORMAT2 -> new NoninFormat2Model(seed);
      case NONIN_FORMAT7 -> new NoninFormat7Model(seed);
      case NONIN_ASCII -> new NoninAsciiModel(clock, seed);
    };
  }
}
