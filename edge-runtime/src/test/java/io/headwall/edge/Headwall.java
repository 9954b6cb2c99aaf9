package io.headwall.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** The command, run in this process, with what it printed. */
final class Headwall {

  private Headwall() {}

  record Answer(int exit, String out, String err) {}

  static Answer run(String... arguments) {
    return run(new byte[0], arguments);
  }

  static Answer run(byte[] stdin, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine(new ByteArrayInputStream(stdin));
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    int exit = command.execute(arguments);
    command.getOut().flush();
    command.getErr().flush();
    return new Answer(exit, out.toString(), err.toString());
  }

  /** A configuration with everything in a folder, and the ports {@code vent} and {@code spo2}. */
  static Path config(Path folder) throws IOException {
    String text =
        """
        environment = "test"
        [place]
        unit = "lab"
        bed = "1"
        [store]
        folder = "FOLDER/store"
        [runtime]
        folder = "FOLDER/run"
        [[port]]
        name = "vent"
        device = "FOLDER/no-vent"
        driver = "puritan-bennett"
        [[port]]
        name = "spo2"
        device = "FOLDER/no-spo2"
        driver = "nonin"
        listen_only = true
        [[uplink]]
        name = "cis"
        kind = "mqtt"
        url = "mqtt://127.0.0.1:1"
        """;
    Path file = folder.resolve("headwall.toml");
    Files.writeString(file, text.replace("FOLDER", folder.toString()), UTF_8);
    return file;
  }
}
