package io.headwall.edge;

import io.headwall.format.Senml;
import io.headwall.format.SenmlEncoding;
import io.headwall.format.WirePath;
import io.headwall.store.Entry;
import io.headwall.store.Pack;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** How exported readings are written: a stream of lines, of which nothing is kept. */
interface ExportForm {

  /** What stands before the first reading. */
  void begin(PrintWriter out);

  void write(PrintWriter out, Pack pack);

  /** One row a reading, RFC 4180; of a waveform one row a block of samples. */
  static ExportForm csv() {
    return new ExportForm() {
      @Override
      public void begin(PrintWriter out) {
        out.print(ExportCsv.HEAD);
      }

      @Override
      public void write(PrintWriter out, Pack pack) {
        for (Entry entry : pack.entries()) out.print(ExportCsv.row(pack, entry));
      }
    };
  }

  /** One JSON object a line and reading. */
  static ExportForm ndjson() {
    return new ExportForm() {
      @Override
      public void begin(PrintWriter out) {}

      @Override
      public void write(PrintWriter out, Pack pack) {
        for (Entry entry : pack.entries()) out.println(ReadingJson.of(pack, entry));
      }
    };
  }

  /**
   * A line a message as an uplink would send it: topic, blank, SenML in JSON. The first level of
   * the topic is {@code export}, so that nobody who is fed these lines takes them for a box.
   */
  static ExportForm senml() {
    return new ExportForm() {
      @Override
      public void begin(PrintWriter out) {}

      @Override
      public void write(PrintWriter out, Pack pack) {
        WirePath topic =
            new WirePath("export", pack.place(), pack.origin(), WirePath.Stream.of(pack.kind()));
        for (byte[] message : Senml.encode(pack, SenmlEncoding.JSON)) {
          out.print(topic + " ");
          out.println(new String(message, StandardCharsets.UTF_8));
        }
      }
    };
  }
}
