package io.headwall.edge;

import io.headwall.store.Pack;
import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoreView;
import io.headwall.store.StoredReadings;
import io.headwall.store.StoredReadings.Wanted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwall store resend}: what was delivered goes to its receiver once more. */
@Command(
    name = "resend",
    description = {
      "Has delivered readings of a time sent once more, under their old identity and as history.",
      "A running box begins within a second, one that stands still when it starts. What is gone",
      "from the store, or was refused by the receiver, is not sent again."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:asked for, or nothing of that time was delivered",
      "1:not asked for; the message says why",
      "2:wrong usage, no such uplink, the configuration is refused, or there is no store"
    })
final class StoreResendCommand implements Callable<Integer> {

  @Mixin private StorePlace place;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description = "first time, such as 2026-11-24T06:00:00Z")
  private Instant from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TIME",
      description = "first time that is too late")
  private Instant to;

  @Option(
      names = "--uplink",
      paramLabel = "NAME",
      description = "only to this uplink; default: to all that were sent something")
  private @Nullable String uplink;

  @Spec private CommandSpec spec;

  private final StoreLook look;

  @SuppressWarnings("NullAway.Init") // picocli injects
  StoreResendCommand(StoreLook look) {
    this.look = look;
  }

  @Override
  public Integer call() {
    return place.look(spec, look, this::resend);
  }

  private int resend(StorePlace.Found found, StoreView view) throws StoreException {
    PrintWriter err = spec.commandLine().getErr();
    List<String> known = view.uplinks();
    if (uplink != null && !known.contains(uplink)) {
      err.printf(
          Locale.ROOT,
          "headwall store resend: nothing was sent to an uplink '%s'; there are: %s%n",
          uplink,
          String.join(", ", known));
      err.flush();
      return 2;
    }
    List<String> uplinks = uplink == null ? known : List.of(uplink);
    return ask(found.folder(), stretches(view, uplinks));
  }

  private List<Settled> stretches(StoreView view, List<String> uplinks) throws StoreException {
    List<Delivery> deliveries = new ArrayList<>();
    for (String name : uplinks) deliveries.add(new Delivery(name, view.reader().settled(name)));
    Wanted wanted = new Wanted(StoreExportCommand.ns(from), StoreExportCommand.ns(to), "");
    StoredReadings readings = new StoredReadings(view.reader(), wanted);
    Progress progress = new Progress(spec.commandLine().getErr());
    var key = readings.next(pack -> add(deliveries, pack));
    while (key != null) {
      progress.passed(key);
      key = readings.next(pack -> add(deliveries, pack));
    }
    progress.end();
    List<Settled> all = new ArrayList<>();
    for (Delivery delivery : deliveries) all.addAll(delivery.again());
    return all;
  }

  private static void add(List<Delivery> deliveries, Pack pack) {
    for (Delivery delivery : deliveries) delivery.add(pack);
  }

  private int ask(Path folder, List<Settled> stretches) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (stretches.isEmpty()) {
      out.println("nothing of that time was delivered and is still there");
      out.flush();
      return 0;
    }
    try {
      new ResendRequest(folder).leave(stretches);
    } catch (FileAlreadyExistsException e) {
      err.println("headwall store resend: another request waits; try again when it is taken up");
      err.flush();
      return 1;
    } catch (IOException e) {
      err.println("headwall store resend: " + Why.of(e));
      err.flush();
      return 1;
    }
    for (String name : stretches.stream().map(Settled::uplink).distinct().toList()) {
      long n =
          stretches.stream()
              .filter(s -> s.uplink().equals(name))
              .mapToLong(s -> s.to() - s.from() + 1)
              .sum();
      out.printf(Locale.ROOT, "%d readings go to %s again%n", n, name);
    }
    out.flush();
    return 0;
  }
}
