package io.headwall.config;

import java.nio.file.Path;

/**
 * Where readings are kept, and for how long.
 *
 * @param folder absolute
 * @param atRiskMs longest time that a reading may wait for its commit; alarms never wait
 * @param keepDays age at which readings are deleted
 * @param quotaMb size at which the oldest readings give way
 * @param lanes what each class of readings may keep
 */
public record Store(Path folder, int atRiskMs, int keepDays, int quotaMb, Lanes lanes) {

  public static final int AT_RISK_MS_MIN = 100;
  public static final int AT_RISK_MS_MAX = 10_000;
  public static final int KEEP_DAYS_MIN = 1;
  public static final int KEEP_DAYS_MAX = 90;
  public static final int QUOTA_MB_MIN = 16;
  public static final int QUOTA_MB_MAX = 1_000_000;
  public static final int LANE_QUOTA_MB_MIN = 1;

  /**
   * What one class of readings may keep.
   *
   * @param keepDays age at which its readings are deleted
   * @param quotaMb size of them at which the oldest give way
   */
  public record Limit(int keepDays, int quotaMb) {
    public Limit {
      check("keep", keepDays, KEEP_DAYS_MIN, KEEP_DAYS_MAX);
      check("quota", quotaMb, LANE_QUOTA_MB_MIN, QUOTA_MB_MAX);
    }
  }

  /** The classes of readings, the highest first. */
  public record Lanes(Limit alarm, Limit event, Limit numeric, Limit wave) {

    private static Lanes all(Limit limit) {
      return new Lanes(limit, limit, limit, limit);
    }
  }

  /** With no limits of a class of its own. */
  public Store(Path folder, int atRiskMs, int keepDays, int quotaMb) {
    this(folder, atRiskMs, keepDays, quotaMb, Lanes.all(new Limit(keepDays, quotaMb)));
  }

  public Store {
    if (!folder.isAbsolute()) throw new IllegalArgumentException("folder " + folder);
    check("at risk", atRiskMs, AT_RISK_MS_MIN, AT_RISK_MS_MAX);
    check("keep", keepDays, KEEP_DAYS_MIN, KEEP_DAYS_MAX);
    check("quota", quotaMb, QUOTA_MB_MIN, QUOTA_MB_MAX);
  }

  private static void check(String what, int value, int min, int max) {
    if (value < min || value > max) throw new IllegalArgumentException(what + " " + value);
  }
}
