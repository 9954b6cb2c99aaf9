package io.headwall.edge;

import io.headwall.store.BlockKey;
import io.headwall.store.EpochFile;
import io.headwall.store.EpochRow;
import io.headwall.store.StoreException;
import io.headwall.store.StoreSurvey;
import io.headwall.store.StoreView;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code headwall store verify}: whether everything in a store proves itself. */
@Command(
    name = "verify",
    description = {
      "Looks at every page and every reading of a store, and says what is wrong and where.",
      "Each block must match its checksum, each name its hash, and each number must have its",
      "reading or be accounted for as given up. Nothing is changed; the box may be running."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything proves itself",
      "1:something is damaged; it is said what and where",
      "2:wrong usage, the configuration is refused, or there is no store to look at"
    })
final class StoreVerifyCommand implements Callable<Integer> {

  @Mixin private StorePlace place;

  @Spec private CommandSpec spec;

  private final StoreLook look;

  @SuppressWarnings("NullAway.Init") // picocli injects
  StoreVerifyCommand(StoreLook look) {
    this.look = look;
  }

  @Override
  public Integer call() {
    return place.look(spec, look, (found, view) -> verify(found.folder(), view) ? 0 : 1);
  }

  private boolean verify(Path folder, StoreView view) throws StoreException {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = new Progress(spec.commandLine().getErr());
    List<String> findings = new ArrayList<>();
    for (String page : view.checkPages(n -> progress.busy("pages", n))) {
      findings.add("page: " + page);
    }
    StoreSurvey survey = new StoreSurvey(view);
    for (BlockKey key = survey.next(); key != null; key = survey.next()) progress.passed(key);
    progress.end();
    survey.account();
    survey.checkDictionary();
    survey.uplinks(List.of());
    findings.addAll(survey.findings());
    String identity = identity(folder, view.reader().epochs());
    if (identity != null) findings.add(identity);
    StoreTables.file(out, folder, view, survey);
    StoreTables.lanes(out, survey);
    out.println();
    if (findings.isEmpty()) out.println("everything proves itself");
    else out.println(findings.size() + (findings.size() == 1 ? " finding:" : " findings:"));
    for (String finding : findings) out.println("  " + finding);
    out.flush();
    return findings.isEmpty();
  }

  /** What is wrong with the counter of epochs; null for nothing. */
  private static @Nullable String identity(Path folder, List<EpochRow> epochs) {
    try {
      EpochFile.Identity identity = new EpochFile(folder).read();
      if (identity == null) return "identity: there is no such file; epochs are counted in it";
      int last = epochs.isEmpty() ? 0 : epochs.getLast().epoch();
      if (identity.epoch() >= last) return null;
      return "identity: says epoch " + identity.epoch() + " where the store has " + last;
    } catch (StoreException e) {
      return "identity: " + e.getMessage();
    }
  }
}
