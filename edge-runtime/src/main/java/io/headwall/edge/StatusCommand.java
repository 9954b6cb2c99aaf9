package io.headwall.edge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.headwall.config.HeadwallConfig;
import io.headwall.config.LoadResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code headwall status}: how the running appliance is. */
@Command(
    name = "status",
    description = "Says how the running appliance is: ports, devices, store, uplinks, the account.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it answered",
      "1:no appliance answers",
      "2:wrong usage, or the configuration is refused"
    })
final class StatusCommand implements Callable<Integer> {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = ConfigFile.DEFAULT,
      description = "the appliance's configuration; default ${DEFAULT-VALUE}")
  private Path file;

  @Option(names = "--json", description = "one JSON object, for scripts")
  private boolean json;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects
  StatusCommand() {}

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    LoadResult.Loaded loaded = ConfigFile.load(file, err);
    if (loaded == null) return 2;
    HeadwallConfig config = loaded.config();
    Path folder = config.runtime().folder();
    try {
      String status = StatusServer.ask(folder);
      PrintWriter out = spec.commandLine().getOut();
      if (json) out.println(status);
      else print(out, status);
      out.flush();
      return 0;
    } catch (IOException e) {
      err.printf(
          Locale.ROOT,
          "headwall status: no appliance answers at %s (%s); %s%n",
          folder.resolve(StatusServer.SOCKET),
          Why.of(e),
          String.valueOf(e.getMessage()).contains("Permission denied")
              ? "ask as root, or as the user or group headwall"
              : "start one with: headwall run -c " + file);
      err.flush();
      return 1;
    }
  }

  /**
   * Prints a status for people.
   *
   * @throws IOException for a text that is no JSON
   */
  static void print(PrintWriter out, String status) throws IOException {
    Node s = parse(status);
    printBox(out, s);
    printPorts(out, s);
    printUplinks(out, s);
    printAccount(out, s);
  }

  private static void printBox(PrintWriter out, Node s) {
    out.printf(
        Locale.ROOT,
        "headwall %s  %s  bed %s  box %s  epoch %s  up %s s  clock %s%n",
        s.text("version"),
        s.text("environment"),
        s.text("bed").isEmpty() ? "unassigned" : s.text("unit") + "/" + s.text("bed"),
        s.text("eui64"),
        s.text("epoch"),
        s.text("uptime_s"),
        s.text("time_quality"));
  }

  private static void printPorts(PrintWriter out, Node s) {
    out.printf(
        Locale.ROOT,
        "%n%-12s %-11s %-28s %9s %9s %8s %6s%n",
        "PORT",
        "STATE",
        "DEVICE",
        "READINGS",
        "PER S",
        "REJECTS",
        "GAPS");
    for (Node p : s.list("ports")) {
      String device = (p.text("model") + " " + p.text("serial")).strip();
      out.printf(
          Locale.ROOT,
          "%-12s %-11s %-28s %9s %9s %8d %6s%n",
          p.text("name"),
          p.text("state"),
          device,
          p.text("readings"),
          p.text("readings_per_s"),
          p.node("rejects").sum(),
          p.text("gaps"));
      if (!p.text("why_closed").isEmpty()) out.printf(Locale.ROOT, "  %s%n", p.text("why_closed"));
    }
  }

  private static void printUplinks(PrintWriter out, Node s) {
    out.printf(
        Locale.ROOT,
        "%n%-12s %-11s %12s %12s %12s %9s %8s %9s %8s  %s%n",
        "UPLINK",
        "STATE",
        "DELIVERED",
        "PENDING",
        "FILTERED",
        "TOO OLD",
        "DEAD",
        "DISCARDED",
        "LOST",
        "REASON");
    for (Node u : s.list("uplinks")) {
      String line =
          String.format(
              Locale.ROOT,
              "%-12s %-11s %12s %12s %12s %9s %8s %9s %8s  %s%s",
              u.text("name"),
              u.text("state"),
              u.text("delivered"),
              u.text("pending"),
              u.text("filtered"),
              u.text("too_old"),
              u.text("dead"),
              u.text("discarded"),
              u.text("lost"),
              u.text("reason"),
              u.text("balanced").equals("false") ? "  DOES NOT BALANCE" : "");
      out.println(line.stripTrailing());
    }
  }

  private static void printAccount(PrintWriter out, Node s) {
    Node account = s.node("account");
    out.printf(
        Locale.ROOT,
        "%nread %s = at risk %s (%s bytes) + stored %s + dropped %d%s%n",
        account.text("read"),
        account.text("at_risk"),
        account.text("bytes_at_risk"),
        account.text("stored"),
        account.node("dropped").sum(),
        account.text("balanced").equals("true") ? "" : "  DOES NOT BALANCE");
    Node store = s.node("store");
    String fault = store.text("fault");
    out.printf(
        Locale.ROOT,
        "store: %s bytes, %d readings kept%s%n",
        store.text("file_bytes"),
        store.node("kept").sum(),
        fault.isEmpty() ? "" : ", FAULT: " + fault);
  }

  /** A JSON object, read without a data binding library. */
  private record Node(Map<String, Object> fields) {
    String text(String field) {
      Object value = fields.get(field);
      return value == null ? "" : value.toString();
    }

    Node node(String field) {
      return fields.get(field) instanceof Node n ? n : new Node(Map.of());
    }

    List<Node> list(String field) {
      List<Node> nodes = new ArrayList<>();
      if (fields.get(field) instanceof List<?> items) {
        for (Object item : items) if (item instanceof Node n) nodes.add(n);
      }
      return nodes;
    }

    long sum() {
      return fields.keySet().stream().mapToLong(f -> Long.parseLong(text(f))).sum();
    }
  }

  private static Node parse(String text) throws IOException {
    try (JsonParser in = new JsonFactory().createParser(text)) {
      in.nextToken();
      return value(in) instanceof Node n ? n : new Node(Map.of());
    }
  }

  private static @Nullable Object value(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> fields = new LinkedHashMap<>();
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String name = in.currentName();
        in.nextToken();
        Object value = value(in);
        if (value != null) fields.put(name, value);
      }
      return new Node(fields);
    }
    if (in.currentToken() == JsonToken.START_ARRAY) {
      List<Object> items = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        Object item = value(in);
        if (item != null) items.add(item);
      }
      return items;
    }
    return in.getText();
  }
}
