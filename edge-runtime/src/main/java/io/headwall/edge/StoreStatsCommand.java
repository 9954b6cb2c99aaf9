package io.headwall.edge;

import io.headwall.config.HeadwallConfig;
import io.headwall.config.Uplink;
import io.headwall.store.BlockKey;
import io.headwall.store.StoreException;
import io.headwall.store.StoreSurvey;
import io.headwall.store.StoreView;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code headwall store stats}: what a store holds, how old it is and what it costs. */
@Command(
    name = "stats",
    description = {
      "Says what a store holds: readings, bytes and times of each lane, and what each uplink is",
      "done with. Nothing is changed; the box may be running."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:done, but some of it could not be read: headwall store verify says what",
      "2:wrong usage, the configuration is refused, or there is no store to look at"
    })
final class StoreStatsCommand implements Callable<Integer> {

  private static final double BYTES_PER_MB = 1e6;
  private static final double NS_PER_HOUR = 3.6e12;
  private static final long COVERED_NS_MIN = TimeUnit.MINUTES.toNanos(1);

  @Mixin private StorePlace place;

  @Spec private CommandSpec spec;

  private final StoreLook look;

  @SuppressWarnings("NullAway.Init") // picocli injects
  StoreStatsCommand(StoreLook look) {
    this.look = look;
  }

  @Override
  public Integer call() {
    return place.look(spec, look, this::stats);
  }

  private int stats(StorePlace.Found found, StoreView view) throws StoreException {
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(err);
    StoreSurvey survey = new StoreSurvey(view);
    for (BlockKey key = survey.next(); key != null; key = survey.next()) progress.passed(key);
    progress.end();
    StoreTables.file(out, found.folder(), view, survey);
    StoreTables.lanes(out, survey);
    StoreTables.uplinks(out, survey.uplinks(configured(found.config())));
    forecast(out, survey, view.figures(), found.config());
    out.flush();
    if (survey.findings().isEmpty()) return 0;
    err.println("headwall store stats: some could not be read; see: headwall store verify");
    err.flush();
    return 1;
  }

  private static List<String> configured(@Nullable HeadwallConfig config) {
    return config == null ? List.of() : config.uplinks().stream().map(Uplink::name).toList();
  }

  /** By what there is of the time that each lane covers. */
  private static void forecast(
      PrintWriter out,
      StoreSurvey survey,
      StoreView.FileFigures file,
      @Nullable HeadwallConfig config) {
    double perHour = 0;
    for (StoreSurvey.LaneFigures lane : survey.lanes()) {
      if (lane.oldest() == null || lane.newest() == null) continue;
      long ns = lane.newest().epochNs() - lane.oldest().epochNs();
      if (ns >= COVERED_NS_MIN) perHour += lane.bytes() * NS_PER_HOUR / ns;
    }
    if (perHour == 0) return;
    out.printf(Locale.ROOT, "%n%.1f MB a day over the time it covers", perHour * 24 / BYTES_PER_MB);
    if (config == null) {
      out.println();
      return;
    }
    double quota = config.store().quotaMb() * BYTES_PER_MB;
    double used = (double) (file.pages() - file.freePages()) * file.pageBytes();
    out.printf(
        Locale.ROOT,
        "; at that rate %.0f h until the quota of %d MB%n",
        Math.max(0, quota - used) / perHour,
        config.store().quotaMb());
  }
}
