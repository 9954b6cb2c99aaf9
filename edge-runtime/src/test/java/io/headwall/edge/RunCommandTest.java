package io.headwall.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.config.ConfigLoader;
import io.headwall.config.HeadwallConfig;
import io.headwall.config.LoadResult;
import io.headwall.edge.Headwall.Answer;
import io.headwall.store.Lane;
import io.headwall.store.Outbox;
import io.headwall.store.OutboxReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that are refused, and one that is not. */
final class RunCommandTest {

  @TempDir Path folder;

  private Path lock() throws IOException {
    return Files.createDirectories(folder.resolve("store")).resolve("lock");
  }

  @Test
  void aSecondProcessAtOneStoreIsRefused() throws Exception {
    Path file = Headwall.config(folder);
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StoreHolder.class.getName(),
                lock().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals('+', holder.getInputStream().read());
      refused(Headwall.run("run", "-c", file.toString()));
    } finally {
      holder.getOutputStream().close();
      assertTrue(holder.waitFor(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void aSecondOneInTheSameProcessToo() throws IOException {
    Path file = Headwall.config(folder);
    try (FileChannel channel =
            FileChannel.open(lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertTrue(held.isValid());
      refused(Headwall.run("run", "-c", file.toString()));
    }
  }

  private void refused(Answer answer) {
    assertEquals(1, answer.exit(), answer.err());
    assertTrue(
        answer
            .err()
            .startsWith(
                "headwall run: cannot start: another headwall runs with the store "
                    + folder.resolve("store")
                    + "; stop it first"),
        answer.err());
  }

  @Test
  void aStoreFolderThatIsAFileIsRefusedInWords() throws IOException {
    Path file = Headwall.config(folder);
    Files.createFile(folder.resolve("store"));
    Answer answer = Headwall.run("run", "-c", file.toString());
    assertEquals(1, answer.exit());
    assertTrue(answer.err().contains("cannot start: " + folder.resolve("store")), answer.err());
  }

  /** The real store and clocks, with lines of the test's: what was read before a stop is kept. */
  @Test
  void everythingReadIsCommittedWhenItStops() throws Exception {
    HeadwallConfig config = config();
    Files.createDirectories(config.store().folder());
    Files.createDirectories(config.runtime().folder());
    Machine real = Main.machine(config);
    ScriptedLink link = new ScriptedLink();
    for (int i = 0; i < 200; i++) link.arrives("SPO2=0" + (80 + i % 20) + " HR=100\r\n");
    Machine machine =
        new Machine(real.clocks(), real.random(), real.outbox(), real.epochs(), (_, _) -> link);
    Appliance appliance =
        new Appliance(config, machine, Plugins.onClassPath(), new Appliance.About("test", ""));
    appliance.start();
    assertTrue(link.reads.tryAcquire(202, 20, TimeUnit.SECONDS));
    assertTrue(StatusServer.ask(config.runtime().folder()).contains("\"name\":\"spo2\""));
    long beganNs = real.clocks().bootNs();
    appliance.stop();
    assertTrue(real.clocks().bootNs() - beganNs < TimeUnit.SECONDS.toNanos(60), "it ends");
    assertFalse(link.isOpen);
    assertFalse(Files.exists(config.runtime().folder().resolve(StatusServer.SOCKET)));
    long withdrawnAtTheStop = 2;
    assertEquals(400 + withdrawnAtTheStop, readings(Main.machine(config).outbox(), Lane.NUMERIC));
  }

  private HeadwallConfig config() throws IOException {
    String text =
        """
        environment = "test"
        [store]
        folder = "FOLDER/store"
        [runtime]
        folder = "FOLDER/run"
        [time]
        trust = "host"
        [[port]]
        name = "spo2"
        device = "/dev/none"
        driver = "nonin"
        """;
    LoadResult result =
        ConfigLoader.parse(
            "test", text.replace("FOLDER", folder.toString()), Plugins.onClassPath().known());
    return ((LoadResult.Loaded) result).config();
  }

  private static long readings(Outbox outbox, Lane lane) throws Exception {
    try (outbox;
        OutboxReader reader = outbox.newReader()) {
      long last = 0;
      for (var epoch : reader.epochs()) last += reader.lastSeq(epoch.epoch(), lane);
      return last;
    }
  }
}
