package io.headwall.driver.nonin;

import io.headwall.spi.driver.DeviceDriver;
import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.DriverDescriptor;
import io.headwall.spi.driver.DriverOption;
import io.headwall.spi.driver.OptionValues;
import io.headwall.spi.link.LinkSettings;
import java.util.List;

/**
 * Driver {@code nonin}: Nonin pulse oximeters that stream serial format 2, format 7 or the ASCII
 * real-time line. Listens only, unless the option {@code select_format_7} is on.
 */
public final class NoninDriver implements DeviceDriver {

  private static final String FORMAT = "format";
  private static final String SELECT_FORMAT_7 = "select_format_7";
  private static final int BAUD = 9600;

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "nonin",
          "Nonin pulse oximeters: serial formats 2 and 7, ASCII",
          List.of(
              "OEM III",
              "Xpod 3012",
              "WristOx2 3150",
              "Onyx II 9560",
              "7500FO",
              "9600",
              "2500",
              "8500",
              "9847",
              "BT4000"),
          LinkSettings.Serial.eightNone1(BAUD),
          List.of(NoninQuery.values()),
          List.of(
              new DriverOption.Choice(
                  FORMAT,
                  NoninFormat.AUTO,
                  List.of(
                      NoninFormat.AUTO,
                      NoninFormat.FORMAT_2.word(),
                      NoninFormat.FORMAT_7.word(),
                      NoninFormat.ASCII.word()),
                  "The serial format that the oximeter streams; auto recognises it."),
              new DriverOption.Switch(
                  SELECT_FORMAT_7,
                  false,
                  "Ask a WristOx2 3150 or Onyx II 9560 to stream format 7.")),
          DriverDescriptor.Verified.OWN);

  @Override
  public DriverDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public DeviceSession newSession(OptionValues options) {
    return new NoninSession(
        NoninFormat.chosen(options.text(FORMAT)), options.isOn(SELECT_FORMAT_7));
  }
}
