package io.headwall.edge;

import io.headwall.spi.driver.DeviceDriver;
import io.headwall.spi.driver.DeviceSession;
import io.headwall.spi.driver.DriverOption;
import io.headwall.spi.driver.OptionValues;
import io.headwall.spi.driver.Query;
import io.headwall.spi.driver.SessionCounts;
import io.headwall.spi.driver.SessionOutput;
import io.headwall.spi.driver.SessionState;
import io.headwall.spi.driver.SlotValues;
import io.headwall.spi.link.LinkSettings;
import io.headwall.spi.reading.DeviceIdentity;
import io.headwall.spi.reading.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code headwall decode}: feeds recorded bytes of a device's side to a driver and prints every
 * reading. Nothing is sent; time passes as the line's rate would have it.
 */
@Command(
    name = "decode",
    description = {
      "Feeds recorded bytes of a device's side to a driver and prints every reading.",
      "FILE is raw bytes, or hex digits with # comments; - is standard input.",
      "Readings go to standard output, the counts of frames and rejects to standard error."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:at least one reading", "1:none", "2:wrong usage, or FILE cannot be read"})
final class DecodeCommand implements Callable<Integer> {

  private static final int CHUNK_BYTES = 256;
  private static final int BITS_PER_BYTE = 10;
  private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(100);

  @Option(
      names = "--driver",
      required = true,
      paramLabel = "ID",
      description = "the driver's id, from: headwall drivers")
  private String driverId;

  @Option(
      names = "--json",
      negatable = true,
      fallbackValue = "true",
      description = "one JSON object a line; so it is anyway unless standard output is a terminal")
  private @Nullable Boolean json;

  @Option(
      names = {"-o", "--option"},
      paramLabel = "KEY=VALUE",
      description = "an option of the driver, as in a port's table; may be repeated")
  private Map<String, String> options = Map.of();

  @Parameters(paramLabel = "FILE", description = "recorded bytes; - for standard input")
  private String file;

  @Spec private CommandSpec spec;

  private final InputStream stdin;

  @SuppressWarnings("NullAway.Init") // picocli injects
  DecodeCommand(InputStream stdin) {
    this.stdin = stdin;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    DeviceDriver driver;
    DeviceSession session;
    try {
      driver = Plugins.onClassPath().driver(driverId);
      List<DriverOption> declared = driver.descriptor().options();
      session = driver.newSession(OptionValues.of(declared, options));
    } catch (IllegalArgumentException e) {
      err.println("headwall decode: " + e.getMessage());
      err.flush();
      return 2;
    }
    Printed printed = new Printed(driver.descriptor().id());
    try (InputStream in = RecordedBytes.open(file, stdin)) {
      feed(in, session, nsPerByte(driver), printed);
    } catch (IOException e) {
      err.println("headwall decode: cannot read " + file + ": " + Why.of(e));
      err.flush();
      return 2;
    }
    spec.commandLine().getOut().flush();
    SessionCounts counts = session.counts();
    err.printf(
        Locale.ROOT,
        "frames %d, readings %d, rejects %d %s, noise bytes %d%n",
        counts.frames(),
        printed.readings,
        counts.rejectsTotal(),
        counts.rejects(),
        counts.noiseBytes());
    err.flush();
    return printed.readings > 0 ? 0 : 1;
  }

  private static void feed(InputStream in, DeviceSession session, long nsPerByte, Printed out)
      throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    long nowNs = 0;
    long tickNs = 0;
    session.onLinkUp(nowNs, out);
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      nowNs += n * nsPerByte;
      session.onBytes(nowNs, chunk, n, out);
      if (nowNs - tickNs >= TICK_NS) {
        tickNs = nowNs;
        session.onTick(nowNs, out);
      }
    }
  }

  private static long nsPerByte(DeviceDriver driver) {
    return switch (driver.descriptor().link()) {
      case LinkSettings.Serial s -> TimeUnit.SECONDS.toNanos(BITS_PER_BYTE) / s.baud();
      case LinkSettings.Datagrams d -> 0;
    };
  }

  /** Prints readings and sends nothing. */
  private final class Printed implements SessionOutput {
    private final String driver;
    private final boolean asJson = json == null ? !Progress.onTerminal() : json;
    private long readings;

    Printed(String driver) {
      this.driver = driver;
    }

    @Override
    public void send(Query query, SlotValues slots) {
      // Offline: there is nobody to ask.
    }

    @Override
    public void reading(DeviceIdentity device, Reading reading) {
      readings++;
      PrintWriter out = spec.commandLine().getOut();
      String name = DeviceNames.of(driver, "file", device);
      out.println(asJson ? ReadingJson.of(name, reading) : ReadingText.of(name, reading));
    }

    @Override
    public void state(SessionState state) {
      // The readings tell.
    }
  }
}
