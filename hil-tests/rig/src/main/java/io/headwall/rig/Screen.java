package io.headwall.rig;

import io.headwall.format.SenmlMessage;
import io.headwall.format.WirePath;
import io.headwall.spi.mdc.Code;
import io.headwall.spi.reading.Quality;
import io.headwall.spi.reading.Reading;
import io.headwall.store.Entry;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What the subscriber of the demo receives, as a table that is drawn over itself on a terminal and
 * a line now and then elsewhere.
 */
final class Screen {

  private static final int ROWS_MAX = 18;
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

  /** Shown first: what everybody at a bed knows. */
  private static final List<String> FAMILIAR =
      List.of("150456", "149530", "151817", "151795", "152664", "151880", "151586", "152196");

  private final PrintStream out;
  private final boolean terminal;
  private final Map<String, Row> rows = new TreeMap<>();
  private final Map<WirePath.Stream, Long> readings = new EnumMap<>(WirePath.Stream.class);
  private String bed = "";

  private record Row(String device, Code code, String value, WirePath.Stream stream, long atNs) {}

  Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Takes in a message; called by the subscriber. */
  synchronized void show(WirePath path, SenmlMessage message) {
    bed = path.place().unit() + "/" + path.place().bed();
    readings.merge(path.stream(), (long) message.entries().size(), Long::sum);
    for (Entry entry : message.entries()) {
      if (entry.reading() instanceof Reading.Numeric n) {
        String unit = n.metric().unit().ucum();
        String value =
            n.quality() == Quality.VALID
                ? n.value() + (unit.equals("1") ? "" : " " + unit)
                : "- " + n.quality().wireName();
        Code code = n.metric().code();
        boolean known = FAMILIAR.contains(code.wireName());
        String rank =
            known ? "0" + FAMILIAR.indexOf(code.wireName()) : n.value() != null ? "1" : "2";
        rows.keySet().removeIf(key -> key.endsWith(" " + code.refid()));
        rows.put(
            rank + " " + code.refid(),
            new Row(entry.device(), code, value, path.stream(), Wait.nowNs()));
      }
    }
  }

  /** Draws the table, or a line where there is no terminal. */
  synchronized void draw(String phase, String note) {
    if (!terminal) {
      out.printf(Locale.ROOT, "%-16s %s  %s%n", phase, counts(), note);
      return;
    }
    StringBuilder text = new StringBuilder(HOME_AND_CLEAR);
    text.append("Headwall demo: bed ").append(bed).append("   ").append(phase).append("\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "%-28s %-8s %-38s %-18s %-9s %5s%n",
            "DEVICE",
            "CODE",
            "NAME",
            "VALUE",
            "STREAM",
            "AGE"));
    List<Row> shown = new ArrayList<>(rows.values());
    for (Row row : shown.subList(0, Math.min(ROWS_MAX, shown.size()))) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-28s %-8s %-38s %-18s %-9s %3d s%n",
              row.device(),
              row.code().wireName(),
              row.code().refid(),
              row.value(),
              row.stream().name().toLowerCase(Locale.ROOT),
              TimeUnit.NANOSECONDS.toSeconds(Wait.nowNs() - row.atNs())));
    }
    if (shown.size() > ROWS_MAX) {
      text.append("... and ").append(shown.size() - ROWS_MAX).append(" more\n");
    }
    text.append('\n').append(counts()).append('\n').append(note).append('\n');
    out.print(text);
    out.flush();
  }

  private String counts() {
    StringBuilder text = new StringBuilder("received:");
    for (WirePath.Stream stream : WirePath.Stream.values()) {
      if (stream == WirePath.Stream.STATUS) continue;
      text.append(' ').append(stream.name().toLowerCase(Locale.ROOT)).append(' ');
      text.append(readings.getOrDefault(stream, 0L));
    }
    return text.toString();
  }
}
