package io.headwall.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwall.store.BlockKey;
import io.headwall.store.StoreException;
import io.headwall.store.StoreView;
import io.headwall.store.StoredReadings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwall store export}: the readings of a store as text, however many they are. */
@Command(
    name = "export",
    description = {
      "Writes the readings of a store, each with its time, its bed at that time, and its identity.",
      "Nothing is changed; the box may be running. Without --from and --to it is everything, also",
      "readings whose time nobody vouches for."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:done as far as it goes: some is damaged and was left out, or FILE cannot be written",
      "2:wrong usage, the configuration is refused, or there is no store to look at"
    })
final class StoreExportCommand implements Callable<Integer> {

  @Mixin private StorePlace place;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "first time, such as 2026-11-24T06:00:00Z")
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "first time that is too late")
  private @Nullable Instant to;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "",
      description = "only this device, such as puritan-bennett-3512345")
  private String device;

  @ArgGroup private Form form = new Form();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "a file that does not exist yet; default: standard output")
  private @Nullable Path file;

  @Spec private CommandSpec spec;

  private final StoreLook look;

  /** One of three. */
  static final class Form {
    @Option(names = "--csv", description = "a row a reading, RFC 4180; so it is by default")
    private boolean csv;

    @Option(names = "--ndjson", description = "a JSON object a reading, one a line")
    private boolean ndjson;

    @Option(
        names = "--senml",
        description = "topic and message as an uplink sends them, one a line")
    private boolean senml;

    ExportForm chosen() {
      if (csv || !(ndjson || senml)) return ExportForm.csv();
      return ndjson ? ExportForm.ndjson() : ExportForm.senml();
    }
  }

  @SuppressWarnings("NullAway.Init") // picocli injects
  StoreExportCommand(StoreLook look) {
    this.look = look;
  }

  @Override
  public Integer call() {
    return place.look(spec, look, (found, view) -> export(view));
  }

  private int export(StoreView view) throws StoreException {
    PrintWriter err = spec.commandLine().getErr();
    if (!view.unseen().isEmpty()) err.println("not seen: " + view.unseen());
    try {
      return write(view);
    } catch (IOException e) {
      boolean there = e instanceof FileAlreadyExistsException;
      err.println("headwall store export: " + (there ? file + " is there already" : Why.of(e)));
      err.flush();
      return 1;
    }
  }

  private int write(StoreView view) throws StoreException, IOException {
    StoredReadings readings =
        new StoredReadings(
            view.reader(),
            new StoredReadings.Wanted(
                from == null ? Long.MIN_VALUE : ns(from),
                to == null ? Long.MAX_VALUE : ns(to),
                device));
    // Around the other, which would write out each line by itself.
    if (file == null) return write(readings, new PrintWriter(spec.commandLine().getOut()));
    try (PrintWriter out =
        new PrintWriter(Files.newBufferedWriter(file, UTF_8, StandardOpenOption.CREATE_NEW))) {
      return write(readings, out);
    }
  }

  private int write(StoredReadings readings, PrintWriter out) throws StoreException, IOException {
    PrintWriter err = spec.commandLine().getErr();
    Progress progress = new Progress(err);
    ExportForm chosen = form.chosen();
    chosen.begin(out);
    BlockKey key = next(readings, chosen, out);
    while (key != null) {
      progress.passed(key);
      // A print writer keeps silent about a full disk or a reader that has gone.
      if (out.checkError()) throw cutOff();
      key = next(readings, chosen, out);
    }
    progress.end();
    out.flush();
    if (out.checkError()) throw cutOff();
    if (readings.timeless() > 0) {
      err.printf(
          Locale.ROOT,
          "%d readings left out: nobody vouches for their time%n",
          readings.timeless());
    }
    List<String> damage = readings.damage();
    for (String what : damage) err.println("left out: " + what);
    err.flush();
    return damage.isEmpty() ? 0 : 1;
  }

  private IOException cutOff() {
    String where = file == null ? "standard output" : file.toString();
    return new IOException(where + " takes no more; what is there is not all");
  }

  private static @Nullable BlockKey next(StoredReadings readings, ExportForm form, PrintWriter out)
      throws StoreException {
    return readings.next(pack -> form.write(out, pack));
  }

  /** Nanoseconds since 1970; the ends of time where that cannot be counted. */
  static long ns(Instant time) {
    long seconds = TimeUnit.SECONDS.toNanos(time.getEpochSecond());
    boolean countable = seconds != Long.MAX_VALUE && seconds != Long.MIN_VALUE;
    return countable ? seconds + time.getNano() : seconds;
  }
}
