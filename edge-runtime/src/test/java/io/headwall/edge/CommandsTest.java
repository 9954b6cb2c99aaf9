package io.headwall.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.edge.Headwall.Answer;
import io.headwall.spi.bytes.Hex;
import io.headwall.spi.driver.DeviceDriver;
import io.headwall.spi.driver.Query;
import io.headwall.spi.driver.TemplatePart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

final class CommandsTest {

  @TempDir Path folder;

  @Test
  void withoutACommandTheUsageIsPrintedAndTheExitIsTwo() {
    Answer answer = Headwall.run();
    assertEquals(2, answer.exit());
    assertTrue(answer.err().startsWith("say which command"), answer.err());
    assertTrue(answer.err().contains("headwall check FILE"), answer.err());
  }

  @Test
  void everyCommandExplainsItselfWithoutColourOffATerminal() {
    for (CommandLine command : commands()) {
      String name = command.getCommandName();
      Answer help = Headwall.run(name, "--help");
      assertEquals(0, help.exit(), name);
      assertTrue(help.out().startsWith("Usage: headwall " + name), help.out());
      assertFalse(help.out().contains("\u001b"), name);
    }
  }

  @Test
  void wrongUsageIsExitTwo() {
    for (String name : List.of("run", "check", "status", "decode", "drivers", "unpark")) {
      assertEquals(2, Headwall.run(name, "--no-such-option").exit(), name);
    }
    assertEquals(2, Headwall.run("no-such-command").exit());
  }

  @Test
  void theManualPageNamesEveryCommandAndOption() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "man", "headwall.1"), UTF_8);
    String plain = page.replace("\\-", "-").replaceAll("\\\\f[BIRP]", "");
    for (CommandLine command : commands()) {
      String name = command.getCommandName();
      assertTrue(plain.contains(".SS " + name), "section of " + name);
      CommandSpec spec = command.getCommandSpec();
      for (OptionSpec option : spec.options()) {
        for (String word : option.names()) assertTrue(plain.contains(word), name + " " + word);
      }
      for (var parameter : spec.positionalParameters()) {
        assertTrue(plain.contains(parameter.paramLabel()), name + " " + parameter.paramLabel());
      }
    }
    assertFalse(page.lines().anyMatch(l -> l.startsWith(".SS ") && !isCommand(l.substring(4))));
  }

  @Test
  void theManualPageNamesEveryCommandAndOptionOfStore() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "man", "headwall.1"), UTF_8);
    String plain = page.replace("\\-", "-");
    CommandLine store =
        commands().stream().filter(c -> c.getCommandName().equals("store")).findFirst().get();
    for (CommandLine command : store.getSubcommands().values()) {
      String name = command.getCommandName();
      assertTrue(plain.contains(".B headwall store " + name), name);
      for (OptionSpec option : command.getCommandSpec().options()) {
        for (String word : option.names()) assertTrue(plain.contains(word), name + " " + word);
      }
      Answer help = Headwall.run("store", name, "--help");
      assertEquals(0, help.exit(), name);
      assertTrue(help.out().startsWith("Usage: headwall store " + name), help.out());
      assertEquals(2, Headwall.run("store", name, "--no-such-option").exit(), name);
    }
    assertEquals(2, Headwall.run("store").exit());
  }

  private static boolean isCommand(String name) {
    return commands().stream().anyMatch(c -> c.getCommandName().equals(name));
  }

  private static List<CommandLine> commands() {
    return List.copyOf(
        Main.commandLine(new ByteArrayInputStream(new byte[0])).getSubcommands().values());
  }

  @Test
  void completionForBashIsGenerated() {
    Answer answer = Headwall.run("generate-completion");
    assertEquals(0, answer.exit());
    assertTrue(answer.out().startsWith("#!"), answer.out());
    for (CommandLine command : commands()) {
      assertTrue(answer.out().contains(command.getCommandName()), command.getCommandName());
    }
  }

  @Test
  void everyByteThatADriverMaySendIsPrinted() {
    Answer answer = Headwall.run("drivers");
    assertEquals(0, answer.exit());
    assertEquals("", answer.err());
    for (DeviceDriver driver : Plugins.onClassPath().drivers().values()) {
      List<String> block = blockOf(answer.out(), driver.descriptor().id());
      List<Query> queries = driver.descriptor().queries();
      List<String> sends = block.stream().filter(l -> l.startsWith("  sends ")).toList();
      assertEquals(Math.max(1, queries.size()), sends.size(), driver.descriptor().id());
      for (int i = 0; i < queries.size(); i++) {
        assertTrue(sends.get(i).contains(" " + queries.get(i).name() + ": "), sends.get(i));
        for (TemplatePart part : queries.get(i).template().parts()) {
          if (part instanceof TemplatePart.Fixed f) {
            assertTrue(sends.get(i).contains(Hex.of(f.bytes())), sends.get(i));
          }
        }
      }
      if (queries.isEmpty()) assertTrue(sends.getFirst().contains("nothing, ever"));
      for (var option : driver.descriptor().options()) {
        assertTrue(block.stream().anyMatch(l -> l.contains(" " + option.key() + " = ")));
      }
    }
  }

  private static List<String> blockOf(String text, String id) {
    return text.lines()
        .dropWhile(l -> !l.startsWith(id + ": "))
        .takeWhile(l -> l.startsWith(id + ": ") || l.startsWith(" "))
        .toList();
  }

  @Test
  void aRightConfigurationIsExplained() throws IOException {
    Path file = Headwall.config(folder);
    Answer answer = Headwall.run("check", file.toString());
    assertEquals(0, answer.exit(), answer.err());
    List<String> lines = answer.out().lines().toList();
    assertEquals(file + " is right: environment test, bed lab/1", lines.get(0));
    assertTrue(lines.get(1).startsWith("  port vent: puritan-bennett at "), lines.get(1));
    assertTrue(lines.get(2).endsWith("9600 8N1, listens only"), lines.get(2));
    assertEquals("  uplink cis: mqtt", lines.get(3));
  }

  @Test
  void aWrongConfigurationIsRefusedWithAllItsProblems() throws IOException {
    Path file = Files.writeString(folder.resolve("wrong.toml"), "enviroment = 1\nx = 2\n", UTF_8);
    Answer check = Headwall.run("check", file.toString());
    assertEquals(1, check.exit());
    assertTrue(check.err().contains(file + ":1:"), check.err());
    assertTrue(check.err().contains(file + ":2:"), check.err());
    assertTrue(check.err().contains("problems; nothing was done"), check.err());
    for (String command : List.of("run", "status")) {
      assertEquals(2, Headwall.run(command, "-c", file.toString()).exit(), command);
    }
    assertEquals(2, Headwall.run("unpark", "-c", file.toString(), "vent").exit());
    assertEquals(2, Headwall.run("run", "-c", folder.resolve("none").toString()).exit());
  }

  @Test
  void unparkTakesTheMarkAway() throws IOException {
    Path file = Headwall.config(folder);
    ParkedPorts parked = new ParkedPorts(folder.resolve("run"));
    parked.park("vent", "it hung");
    Answer wrong = Headwall.run("unpark", "-c", file.toString(), "bay");
    assertEquals(2, wrong.exit());
    assertTrue(wrong.err().contains("no port 'bay'"), wrong.err());
    assertTrue(wrong.err().contains("there are: vent, spo2"), wrong.err());
    Answer done = Headwall.run("unpark", "-c", file.toString(), "vent");
    assertEquals("vent is used again from the next start on", done.out().strip());
    assertEquals(0, done.exit());
    Answer again = Headwall.run("unpark", "-c", file.toString(), "vent");
    assertEquals("vent is not parked", again.out().strip());
    assertEquals(0, again.exit());
  }

  @Test
  void statusOfNoApplianceSaysHowToStartOne() throws IOException {
    Path file = Headwall.config(folder);
    Answer answer = Headwall.run("status", "-c", file.toString());
    assertEquals(1, answer.exit());
    assertTrue(answer.err().contains("no appliance answers at "), answer.err());
    assertTrue(answer.err().contains("start one with: headwall run -c " + file), answer.err());
  }
}
