package io.headwall.rig;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How far a rig has got: a line at most every few seconds. */
final class Progress {

  private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(5);

  private static final int FAULTS_SHOWN_MAX = 10;

  private final PrintWriter out;
  private final long beganNs = Wait.nowNs();
  private long shownNs = beganNs - EVERY_NS;

  Progress(PrintWriter out) {
    this.out = out;
  }

  /**
   * So many steps of all are done.
   *
   * @param all of them; 0 where nobody knows
   */
  void at(String what, int done, int all) {
    long nowNs = Wait.nowNs();
    if (nowNs - shownNs < EVERY_NS && done != all) return;
    shownNs = nowNs;
    String of = all == 0 ? "" : " of " + all;
    say(String.format(Locale.ROOT, "  %s %d%s, %d s", what, done, of, seconds()));
  }

  /** What was found wrong, the first of it. */
  void faults(List<String> faults) {
    for (String fault : faults.subList(0, Math.min(FAULTS_SHOWN_MAX, faults.size()))) {
      say("  " + fault);
    }
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Since the beginning. */
  long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(Wait.nowNs() - beganNs);
  }
}
