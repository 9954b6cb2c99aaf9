package io.headwall.edge;

import io.headwall.store.Moment;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoreSurvey;
import io.headwall.store.StoreView;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a store holds, as tables for people. */
final class StoreTables {

  private StoreTables() {}

  /** The file, and what of it was not seen. */
  static void file(PrintWriter out, Path folder, StoreView view, StoreSurvey survey)
      throws StoreException {
    StoreView.FileFigures f = view.figures();
    out.printf(
        Locale.ROOT,
        "store %s: %d epochs, file %,d bytes (%,d free) in pages of %d, log %,d bytes, %s%n",
        folder,
        survey.epochs(),
        f.pages() * f.pageBytes(),
        f.freePages() * f.pageBytes(),
        f.pageBytes(),
        f.logBytes(),
        f.reserved() ? "reserve held back" : "no reserve");
    if (!view.unseen().isEmpty()) out.println("not seen: " + view.unseen());
  }

  /** A line a lane. */
  static void lanes(PrintWriter out, StoreSurvey survey) {
    out.printf(
        Locale.ROOT,
        "%n%-8s %12s %14s %16s %12s  %-20s  %-20s%n",
        "LANE",
        "BLOCKS",
        "READINGS",
        "BYTES",
        "BYTES EACH",
        "OLDEST",
        "NEWEST");
    for (StoreSurvey.LaneFigures lane : survey.lanes()) {
      String line =
          String.format(
              Locale.ROOT,
              "%-8s %12d %14d %16d %12s  %-20s  %-20s",
              lane.lane().wireName(),
              lane.blocks(),
              lane.readings(),
              lane.bytes(),
              each(lane.bytes(), lane.readings()),
              time(lane.oldest()),
              time(lane.newest()));
      out.println(line);
      if (lane.samples() == 0) continue;
      out.printf(
          Locale.ROOT,
          "  %d samples, %s bytes each%n",
          lane.samples(),
          each(lane.bytes(), lane.samples()));
    }
  }

  /** A line an uplink. */
  static void uplinks(PrintWriter out, List<StoreSurvey.UplinkFigures> uplinks) {
    out.printf(
        Locale.ROOT,
        "%n%-12s %14s %14s %10s %10s %10s %10s%n",
        "UPLINK",
        "DELIVERED",
        "PENDING",
        "FILTERED",
        "TOO OLD",
        "DEAD",
        "LOST");
    for (StoreSurvey.UplinkFigures u : uplinks) {
      out.printf(
          Locale.ROOT,
          "%-12s %14d %14d %10d %10d %10d %10d%n",
          u.uplink(),
          u.done().getOrDefault(Settled.How.DELIVERED, 0L),
          u.pending(),
          u.done().getOrDefault(Settled.How.FILTERED, 0L),
          u.done().getOrDefault(Settled.How.TOO_OLD, 0L),
          u.done().getOrDefault(Settled.How.DEAD, 0L),
          u.done().getOrDefault(Settled.How.LOST, 0L));
    }
  }

  private static String each(long bytes, long n) {
    return n == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) bytes / n);
  }

  private static String time(@Nullable Moment moment) {
    if (moment == null) return "unknown";
    return Instant.ofEpochSecond(0, moment.epochNs()).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
