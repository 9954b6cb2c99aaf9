package io.headwall.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimCommandTest {

  @TempDir Path folder;

  /** The command as a process of its own, as a rig starts it. */
  private static final class Sim implements AutoCloseable {
    final Process process;
    final BufferedReader out;
    private final PrintWriter in;

    Sim(String... args) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(System.getProperty("java.home") + "/bin/java");
      command.add("--enable-native-access=ALL-UNNAMED");
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(SimCommand.class.getName());
      command.addAll(List.of(args));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      out = process.inputReader(UTF_8);
      in = new PrintWriter(process.outputWriter(UTF_8), true);
    }

    String answer(String line) throws IOException {
      in.println(line);
      return String.valueOf(out.readLine());
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  @Test
  void playsADeviceObeysItsRigAndKeepsTheTruth() throws IOException, InterruptedException {
    Path link = folder.resolve("finger");
    Path truth = folder.resolve("truth.ndjson");
    try (Sim sim =
        new Sim("nonin-format7", "--link", "" + link, "--seed", "5", "--truth", "" + truth)) {
      String node = sim.out.readLine();
      assertTrue(node.matches("/dev/pts/\\d+"), node);
      assertEquals(node, Files.readSymbolicLink(link).toString());
      try (InputStream reader = Files.newInputStream(link)) {
        assertEquals(500, reader.readNBytes(500).length);
        assertEquals("ok fault sensor-off on", sim.answer("fault sensor-off on"));
        assertTrue(sim.answer("fault dance").startsWith("error "));
        assertTrue(sim.answer("dance").startsWith("error "));
        assertTrue(sim.answer("").startsWith("error "));
        assertEquals("ok unplug", sim.answer("unplug"));
        assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
        // A device does not stop for a pulled cable: a third of a second later it spoke unheard.
        while (!Files.readString(truth).contains("\"fate\":\"unheard\"")) Thread.onSpinWait();
        String plugged = sim.answer("plug");
        assertEquals("ok plug " + Files.readSymbolicLink(link), plugged);
        assertNotEquals(node, plugged.substring("ok plug ".length()));
      }
      assertEquals("ok quit", sim.answer("quit"));
      assertEquals(0, sim.process.waitFor());
    }
    assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
    List<String> lines = Files.readAllLines(truth);
    assertTrue(
        lines.stream()
            .anyMatch(line ->
                line.matches(
                    "\\{\"atNs\":\\d+,\"wall\":\"[0-9TZ:.-]+\",\"device\":\"nonin-format7\","
                        + "\"message\":\\d+,\"fate\":\"heard\",\"key\":\"spo2\","
                        + "\"value\":\"97\",\"unit\":\"%\"\\}")),
        () -> String.join("\n", lines));
  }

  @Test
  void toldToEndItEndsCleanly() throws IOException, InterruptedException {
    Path link = folder.resolve("vent");
    try (Sim sim = new Sim("pb980", "--link", "" + link, "--scenario", "alarm-storm")) {
      assertTrue(sim.out.readLine().startsWith("/dev/pts/"));
      sim.process.destroy(); // SIGTERM
      assertEquals(0, sim.process.waitFor());
    }
    assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void endsByItselfAndPullsItsCable() throws IOException, InterruptedException {
    try (Sim sim = new Sim("nonin-ascii", "--for", "1", "--cable-pull-every", "1")) {
      assertTrue(sim.out.readLine().startsWith("/dev/pts/"));
      assertEquals(0, sim.process.waitFor());
    }
  }

  @Test
  void playsABed() throws IOException, InterruptedException {
    Path bed =
        Files.writeString(
            folder.resolve("bed.toml"),
            """
            [[device]]
            model = "pb840"
            name = "vent"
            link = "%s"
            seed = 4
            scenario = "standby"

            [[device]]
            model = "nonin-format2"
            """
                .formatted(folder.resolve("vent")));
    try (Sim sim = new Sim("bed", "" + bed)) {
      String first = sim.out.readLine();
      assertEquals("vent " + Files.readSymbolicLink(folder.resolve("vent")), first);
      assertTrue(sim.out.readLine().matches("nonin-format2 /dev/pts/\\d+"));
      assertEquals("ok on vent fault cut", sim.answer("on vent fault cut"));
      assertTrue(sim.answer("on nobody fault cut").startsWith("error no device"));
      assertTrue(sim.answer("fault cut").startsWith("error "), "the oximeter has no such fault");
      assertEquals("ok unplug", sim.answer("unplug"));
      assertTrue(sim.answer("plug").matches("ok plug /dev/pts/\\d+ /dev/pts/\\d+"));
      assertEquals("ok quit", sim.answer("quit"));
      assertEquals(0, sim.process.waitFor());
    }
  }

  private static int execute(StringWriter text, String... args) {
    CommandLine command = SimCommand.commandLine();
    command.setOut(new PrintWriter(text, true));
    command.setErr(new PrintWriter(text, true));
    return command.execute(args);
  }

  @Test
  void listNamesModelsFaultsAndScenarios() {
    StringWriter text = new StringWriter();
    assertEquals(0, execute(text, "list"));
    for (DeviceKind kind : DeviceKind.values()) assertTrue(text.toString().contains(kind.id()));
    for (Scenario story : Scenario.values()) assertTrue(text.toString().contains(story.id()));
    assertTrue(text.toString().contains("digits-lost"));
    assertEquals(0, execute(new StringWriter(), "--help"));
  }

  @Test
  void wrongUsageIsTwoAndOneLineOfReason() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (List<String> args :
        List.of(
            List.<String>of(),
            List.of("toaster"),
            List.of("pb840", "--scenario", "party"),
            List.of("nonin-ascii", "--scenario", "alarm-storm"),
            List.of("pb840", "--cable-pull-every", "-1"),
            List.of("pb840", "--seed", "x"),
            List.of("pb840", "--link", "" + file),
            List.of("pb840", "--truth", folder + "/no/such/folder"),
            List.of("bed", folder + "/none.toml"),
            List.of("bed", "" + file))) {
      StringWriter text = new StringWriter();
      assertEquals(2, execute(text, args.toArray(String[]::new)), args.toString());
      assertTrue(text.toString().startsWith("headwall-sim: "), text.toString());
    }
  }

  @Test
  void aBedFileTellsAllItsProblemsWithTheirLines() throws IOException {
    Path bed =
        Files.writeString(
            folder.resolve("bad.toml"),
            """
            colour = "red"
            [[device]]
            model = "toaster"
            [[device]]
            modle = "pb840"
            [[device]]
            model = "pb840"
            seed = "one"
            scenario = "party"
            [[device]]
            model = "nonin-ascii"
            scenario = "alarm-storm"
            [[device]]
            model = "nonin-ascii"
            name = "has blanks"
            """);
    BedFile read = BedFile.read(bed);
    assertEquals(
        List.of(
            "line 1: unknown key colour",
            "line 3: unknown model toaster",
            "line 5: unknown key modle",
            "line 4: model is missing",
            "line 9: unknown scenario party",
            "line 8: seed must be a whole number",
            "line 12: nonin-ascii cannot play alarm-storm",
            "line 13: a name is 1 to 40 of A-Z a-z 0-9 . _ -"),
        read.problems());
    assertEquals(List.of(), read.devices());
  }
}
