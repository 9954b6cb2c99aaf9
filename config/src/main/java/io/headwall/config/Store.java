package io.headwall.config;

import java.nio.file.Path;

/**
 * Where readings are kept, and for how long.
 *
 * @param folder absolute
 * @param atRiskMs longest time that a reading may wait for its commit; alarms never wait
 * @param keepDays age at which delivered readings are deleted
 * @param quotaMb size at which the oldest readings give way
 */
public record Store(Path folder, int atRiskMs, int keepDays, int quotaMb) {

  public static final int AT_RISK_MS_MIN = 100;
  public static final int AT_RISK_MS_MAX = 10_000;
  public static final int KEEP_DAYS_MIN = 1;
  public static final int KEEP_DAYS_MAX = 90;
  public static final int QUOTA_MB_MIN = 16;
  public static final int QUOTA_MB_MAX = 1_000_000;

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
