package io.headwall.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headwall.config.HeadwallConfig;
import io.headwall.config.Time;
import io.headwall.hardware.FileTransmitJournal;
import io.headwall.hardware.PortName;
import io.headwall.hardware.SerialLink;
import io.headwall.hardware.SystemClocks;
import io.headwall.hardware.TimeTrust;
import io.headwall.spi.link.AllowList;
import io.headwall.spi.link.TransmitJournal;
import io.headwall.store.EpochFile;
import io.headwall.store.Origin;
import io.headwall.store.StoreException;
import io.headwall.store.sqlite.SqliteOutbox;
import io.headwall.store.sqlite.SqliteStoreView;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.BooleanSupplier;
import org.tinylog.Logger;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;

/**
 * Entry point of {@code headwall}, and the only class that names this machine's hardware and
 * database.
 */
public final class Main {

  /** How far a file may be ahead of an identity that was restored: some starts a day, for years. */
  private static final int EPOCHS_AHEAD_MAX = 10_000;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine(System.in).setOut(stdout()).execute(args));
  }

  /** Standard output in UTF-8 whatever the locale, which tells when the disk behind it is full. */
  private static PrintWriter stdout() {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), UTF_8), true);
  }

  /** The command with all its subcommands. */
  static CommandLine commandLine(InputStream stdin) {
    return new CommandLine(new HeadwallCommand())
        .addSubcommand(new RunCommand(Main::machine))
        .addSubcommand(new CheckCommand())
        .addSubcommand(new StatusCommand())
        .addSubcommand(new DecodeCommand(stdin))
        .addSubcommand(new DriversCommand())
        .addSubcommand(new UnparkCommand())
        .addSubcommand(new DeadLetterCommand(SqliteStoreView::open))
        .addSubcommand(StoreCommand.commandLine(SqliteStoreView::open, Main::machine))
        .addSubcommand("generate-completion", new GenerateCompletion());
  }

  /** What an appliance needs of a real machine. */
  public static Machine machine(HeadwallConfig config) throws StoreException, IOException {
    Path store = config.store().folder();
    Path runtime = config.runtime().folder();
    SystemClocks clocks =
        new SystemClocks(
            config.time().trust() == Time.Trust.HOST ? TimeTrust.HOST : TimeTrust.KERNEL);
    SecureRandom random = new SecureRandom();
    Path locks = lockFolder(runtime);
    TransmitJournal journal =
        new FileTransmitJournal(store.resolve("transmit.log"), clocks.bootId());
    return new Machine(
        clocks,
        random,
        new SqliteOutbox(store),
        epochs(config, store, random),
        (port, queries) ->
            new SerialLink(
                new SerialLink.Place(new PortName(port.device().toString()), port.link(), locks),
                new AllowList(queries),
                journal));
  }

  /** The machine's own, which other programs look into too, or one of ours. */
  private static Path lockFolder(Path runtime) throws IOException {
    Path common = Path.of("/run/lock");
    return Files.isWritable(common) ? common : Files.createDirectories(runtime.resolve("lock"));
  }

  private static Machine.Epochs epochs(HeadwallConfig config, Path store, SecureRandom random) {
    EpochFile file = new EpochFile(store);
    return new Machine.Epochs() {
      @Override
      public Origin origin() throws StoreException {
        if (config.box().eui64().isPresent()) return Origin.parse(config.box().eui64().get());
        EpochFile.Identity onFile = file.read();
        Origin before = onFile == null ? null : onFile.origin();
        Origin now = FreshOrigin.forEpoch(before, random);
        if (before != null && !now.equals(before)) {
          Logger.warn("this card was in box {}; new readings are box {}'s", before, now);
        }
        return now;
      }

      @Override
      public int raise(Origin origin) throws StoreException {
        EpochFile.Identity last = file.read();
        int known = SqliteOutbox.highestEpoch(store);
        // A damaged number must not use the epochs up: the identity file is the authority.
        boolean damaged = last != null && known - last.epoch() > EPOCHS_AHEAD_MAX;
        return file.raise(origin, damaged ? 0 : known);
      }
    };
  }

  /**
   * Runs when the process ends.
   *
   * @param action says whether the end was asked for while all was well: then the exit code is 0,
   *     though the JVM would say 143
   */
  static void onShutdown(BooleanSupplier action) {
    java.lang.Runtime runtime = java.lang.Runtime.getRuntime();
    runtime.addShutdownHook(
        new Thread(
            () -> {
              if (action.getAsBoolean()) runtime.halt(0);
            },
            "shutdown"));
  }
}
