package io.headwall.config;

import io.headwall.spi.driver.OptionValues;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * One receiver of readings.
 *
 * @param name short name for logs, status and the account of what was delivered
 * @param kind a known kind of uplink, such as {@code mqtt}
 * @param feed what of the readings it gets, and how fast
 * @param options the kind's own options, defaults filled in
 */
public record Uplink(String name, String kind, Feed feed, OptionValues options) {

  public static final long BACKFILL_AGE_S_MAX = 90 * 86_400;
  public static final long HISTORY_PER_S_MAX = 1_000_000;

  public Uplink {
    if (!Port.NAME.matcher(name).matches()) throw new IllegalArgumentException("uplink " + name);
  }

  /** A class of readings. */
  public enum Lane {
    ALARM,
    EVENT,
    NUMERIC,
    WAVE;

    /** As written in the file. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What of the readings an uplink gets, and how fast.
   *
   * @param lanes what it gets, one at least
   * @param maxBackfillAgeS age up to which what could not be sent live is sent later; empty:
   *     however old
   * @param historyPerS most readings a second that are sent later; empty: as many as go without
   *     delay of live ones
   */
  public record Feed(List<Lane> lanes, OptionalLong maxBackfillAgeS, OptionalLong historyPerS) {
    public Feed {
      lanes = List.copyOf(lanes);
      if (lanes.isEmpty()) throw new IllegalArgumentException("no lane");
      maxBackfillAgeS.ifPresent(age -> check("backfill age", age, 0, BACKFILL_AGE_S_MAX));
      historyPerS.ifPresent(rate -> check("history", rate, 1, HISTORY_PER_S_MAX));
    }

    private static void check(String what, long value, long min, long max) {
      if (value < min || value > max) throw new IllegalArgumentException(what + " " + value);
    }
  }
}
