package io.headwall.format;

import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Reading;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a reading within its device: {@code code[/vmd.channel][/kind]}. The code is the
 * decimal MDC code or a local code; the instances stand where they are not 1.1; the kind stands
 * unless it is a measured number.
 *
 * @param code wire name of the code
 * @param vmdInstance from 1
 * @param channelInstance from 1
 * @param kind what is said about the code
 */
record ReadingName(String code, int vmdInstance, int channelInstance, Kind kind) {

  private static final Pattern FORM =
      Pattern.compile(
          "([1-9][0-9]{0,9}|x-[a-z0-9-]{1,78})"
              + "(?:/([1-9][0-9]{0,4})\\.([1-9][0-9]{0,4}))?(?:/([a-z-]+))?");

  /** What a reading says about its code. */
  enum Kind {
    NUMERIC,
    SETTING,
    LIMIT_LOW,
    LIMIT_HIGH,
    TEXT,
    ALARM,
    STATE,
    GAP,
    CLOCK,
    REMOVED,
    TALLY,
    WAVE;

    private static Kind of(Reading reading) {
      return switch (reading) {
        case Reading.Numeric n -> NUMERIC;
        case Reading.Setting s ->
            switch (s.kind()) {
              case SETTING -> SETTING;
              case LIMIT_LOW -> LIMIT_LOW;
              case LIMIT_HIGH -> LIMIT_HIGH;
            };
        case Reading.Text t -> TEXT;
        case Reading.Alarm a -> ALARM;
        case Reading.DeviceState s -> STATE;
        case Reading.Gap g -> GAP;
        case Reading.DeviceClock c -> CLOCK;
        case Reading.Removed r -> REMOVED;
        case Reading.Tally t -> TALLY;
        case Reading.SampleBlock b -> WAVE;
      };
    }

    private String suffix() {
      return this == NUMERIC ? "" : '/' + Words.of(this);
    }
  }

  static ReadingName of(Reading reading) {
    Containment where = reading.metric().containment();
    return new ReadingName(
        reading.metric().code().wireName(),
        where.vmdInstance(),
        where.channelInstance(),
        Kind.of(reading));
  }

  static ReadingName parse(String text) throws SenmlException {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) throw new SenmlException("no name of a reading: " + text);
    int vmd = m.group(2) == null ? 1 : Integer.parseInt(m.group(2));
    int channel = m.group(3) == null ? 1 : Integer.parseInt(m.group(3));
    Kind kind = m.group(4) == null ? Kind.NUMERIC : Words.read(Kind.class, m.group(4));
    var name = new ReadingName(m.group(1), vmd, channel, kind);
    if (!name.toString().equals(text)) throw new SenmlException("name is not written so: " + text);
    return name;
  }

  @Override
  public String toString() {
    boolean first = vmdInstance == 1 && channelInstance == 1;
    String instances =
        first ? "" : String.format(Locale.ROOT, "/%d.%d", vmdInstance, channelInstance);
    return code + instances + kind.suffix();
  }
}
