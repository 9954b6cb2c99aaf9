package io.headwall.simulation;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.Mdc;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.reading.Reading.AlarmState;
import java.util.Arrays;
import java.util.List;

/** What may be read of an oximeter's packet, from its maker's description. */
final class OximeterTruth {

  static final int SPO2 = 1;
  static final int PULSE = 2;
  static final int PLETH = 4;

  private static final int DISCONNECTED = 0x40;
  private static final int ARTIFACT = 0x20;
  private static final int OUT_OF_TRACK = 0x10;
  private static final int SENSOR_ALARM = 0x08;
  private static final int UNUSABLE = DISCONNECTED | OUT_OF_TRACK | SENSOR_ALARM;
  private static final int LOW_BATTERY = 0x01;
  private static final int SPO2_MISSING = 127;
  private static final int PULSE_MISSING = 511;

  /** Whether these are all that a packet must give: a wave of no sensor is none. */
  static boolean isAll(int claims, int status) {
    int due = (status & UNUSABLE) != 0 ? SPO2 | PULSE : SPO2 | PULSE | PLETH;
    return (claims & due) == due;
  }

  /**
   * What is wrong with a reading; empty for nothing.
   *
   * @param said the packets that it can be of
   */
  String wrong(List<Spoken> said, Reading reading) {
    for (Spoken packet : said) {
      int claim = claim(reading);
      boolean is = fits(packet, reading);
      if (is && (claim == 0 || packet.claim(claim))) return "";
    }
    return said.isEmpty()
        ? "no packet began then"
        : "the packet said " + said.getFirst().inWords() + " of " + said.size();
  }

  private static int claim(Reading reading) {
    Code code = reading.metric().code();
    if (code.equals(Mdc.PULS_OXIM_SAT_O2)) return SPO2;
    if (code.equals(Mdc.PULS_OXIM_PULS_RATE)) return PULSE;
    return code.equals(Mdc.PULS_OXIM_PLETH) ? PLETH : 0;
  }

  private static boolean fits(Spoken packet, Reading reading) {
    return switch (reading) {
      case Reading.Numeric n ->
          claim(n) == SPO2
              ? numeric(n, packet, packet.spo2(), SPO2_MISSING)
              : numeric(n, packet, packet.pulse(), PULSE_MISSING);
      case Reading.SampleBlock b -> Arrays.equals(b.samples(), packet.samples());
      case Reading.Alarm a -> alarm(a, packet);
      case Reading.Text t -> perfusion(t.text(), packet.status());
      case Reading.Setting _,
          Reading.DeviceState _,
          Reading.Gap _,
          Reading.DeviceClock _,
          Reading.Removed _,
          Reading.Tally _ ->
          false;
    };
  }

  private static boolean perfusion(String word, int status) {
    return word.equals("none") == ((status & UNUSABLE) != 0);
  }

  private static boolean numeric(Reading.Numeric n, Spoken packet, int raw, int missing) {
    int status = packet.status();
    Quality due = Quality.VALID;
    if ((status & ARTIFACT) != 0) due = Quality.QUESTIONABLE;
    if (raw == missing) due = Quality.NOT_AVAILABLE;
    if ((status & UNUSABLE) != 0) due = Quality.INVALID;
    if ((status & DISCONNECTED) != 0) due = Quality.SENSOR_DISCONNECTED;
    if (n.quality() != due) return false;
    return n.value() == null || n.value().equals(Decimal.of(raw));
  }

  private static boolean alarm(Reading.Alarm a, Spoken packet) {
    Code code = a.metric().code();
    int status = packet.status();
    boolean due;
    if (code.equals(Mdc.EVT_SENSOR_DISCONN)) due = (status & DISCONNECTED) != 0;
    else if (code.equals(Mdc.EVT_SENSOR_PROB)) due = (status & SENSOR_ALARM) != 0;
    else if (code.equals(Mdc.EVT_BATT_LO)) due = (packet.batteryStatus() & LOW_BATTERY) != 0;
    else return false;
    return a.state() == (due ? AlarmState.ACTIVE : AlarmState.INACTIVE);
  }
}
