package io.headwall.edge;

import io.headwall.store.Settled;
import io.headwall.store.StoreException;
import io.headwall.store.StoreView;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headwall deadletter}: what a receiver refused for good while it took others. */
@Command(
    name = "deadletter",
    description = {
      "Lists what receivers refused for good while they took other readings, has it sent once"
          + " more,",
      "or gives it up. A running box does so within a second, one that stands still when it"
          + " starts.",
      "When and why something was refused is among the box's own records, in export and at the",
      "receivers."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:listed or asked for, or there is none",
      "1:not asked for, or the store is damaged; the message says why",
      "2:wrong usage, the configuration is refused, or there is no store"
    })
final class DeadLetterCommand implements Callable<Integer> {

  /** What is to be done with them. */
  enum Action {
    list,
    retry,
    discard
  }

  @Parameters(paramLabel = "ACTION", description = "${COMPLETION-CANDIDATES}")
  private Action action;

  @Mixin private StorePlace place;

  @Option(
      names = "--uplink",
      paramLabel = "NAME",
      description = "only of this uplink; default: of all")
  private @Nullable String uplink;

  @Spec private CommandSpec spec;

  private final StoreLook look;

  @SuppressWarnings("NullAway.Init") // picocli injects
  DeadLetterCommand(StoreLook look) {
    this.look = look;
  }

  @Override
  public Integer call() {
    return place.look(
        spec,
        look,
        (found, view) -> {
          List<Settled> letters = letters(view);
          print(letters);
          return letters.isEmpty() ? 0 : act(found.folder(), letters);
        });
  }

  private List<Settled> letters(StoreView view) throws StoreException {
    List<Settled> letters = new ArrayList<>();
    for (String name : view.uplinks()) {
      if (uplink != null && !uplink.equals(name)) continue;
      for (Settled s : view.reader().settled(name)) {
        if (s.how() == Settled.How.DEAD) letters.add(s);
      }
    }
    return letters;
  }

  private void print(List<Settled> letters) {
    PrintWriter out = spec.commandLine().getOut();
    for (Settled s : letters) {
      String lane = s.lane().wireName();
      out.printf(
          Locale.ROOT, "%s epoch %d %s %d to %d%n", s.uplink(), s.epoch(), lane, s.from(), s.to());
    }
    long n = letters.stream().mapToLong(s -> s.to() - s.from() + 1).sum();
    switch (action) {
      case list -> out.printf(Locale.ROOT, "%d readings were refused for good%n", n);
      case retry -> out.printf(Locale.ROOT, "%d readings are to be sent once more%n", n);
      case discard -> out.printf(Locale.ROOT, "%d readings are to be given up%n", n);
    }
    out.flush();
  }

  private int act(Path folder, List<Settled> letters) {
    List<Settled> asked =
        switch (action) {
          case list -> List.of();
          case retry -> letters;
          case discard -> letters.stream().map(s -> s.as(Settled.How.DISCARDED)).toList();
        };
    if (asked.isEmpty()) return 0;
    try {
      new ResendRequest(folder).leave(asked);
      return 0;
    } catch (FileAlreadyExistsException e) {
      return fails("not asked for: another request waits; try again when it is taken up");
    } catch (IOException e) {
      return fails("not asked for: " + Why.of(e));
    }
  }

  private int fails(String why) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("headwall deadletter: " + why);
    err.flush();
    return 1;
  }
}
