package io.headwall.rig;

import io.headwall.model.DeviceKind;
import io.headwall.model.SimulatedPort;
import io.headwall.store.StoreException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code hil-tests/demo}: one bed, end to end. Two simulated devices on pseudo terminals, the real
 * appliance process, a broker in this JVM, a subscriber; the broker goes away and comes back, and
 * the account is drawn up at the end.
 */
@Command(
    name = "demo",
    description = {
      "One bed, end to end: two simulated devices, the real appliance, a broker, a subscriber.",
      "The broker goes away for 20 s and comes back; the account is drawn up at the end."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing lost, nothing twice", "1:the account does not balance", "2:usage"})
public final class Demo implements Callable<Integer> {

  private static final Duration LIVE = Duration.ofSeconds(12);
  private static final Duration AWAY = Duration.ofSeconds(20);
  private static final Duration DRAIN_MAX = Duration.ofSeconds(60);
  private static final Duration AFTER = Duration.ofSeconds(5);
  private static final long DRAW_MS = 1000;
  private static final int SEED = 20_261_124;

  @Option(
      names = "--once",
      description = "end after the broker has come back; without it, Ctrl-C ends the demo")
  private boolean once;

  private final PrintStream out = System.out;
  private final boolean terminal =
      Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  private final Screen screen = new Screen(out, terminal);
  private final CountDownLatch endAsked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  public static void main(String[] args) {
    System.exit(new CommandLine(new Demo()).execute(args));
  }

  @Override
  public Integer call() throws IOException, StoreException {
    Path folder = Files.createTempDirectory("headwall-demo-");
    endOnInterrupt();
    try {
      return play(folder);
    } finally {
      Folders.delete(folder);
      ended.countDown();
    }
  }

  private int play(Path folder) throws IOException, StoreException {
    out.println("starting: broker, two devices, appliance ...");
    Path ventilator = folder.resolve("ventilator");
    Path oximeter = folder.resolve("oximeter");
    try (Broker broker = Broker.start(folder.resolve("broker"));
        Subscriber subscriber = new Subscriber(broker.port(), screen::show);
        SimulatedPort vent = SimulatedPort.open(DeviceKind.PB840, ventilator, SEED);
        SimulatedPort spo2 = SimulatedPort.open(DeviceKind.NONIN_FORMAT2, oximeter, SEED);
        BoxProcess box = BoxProcess.in(folder.resolve("box")).detached()) {
      Files.createDirectories(folder.resolve("box"));
      box.configure(
          new BoxConfig(
              "ICU-1",
              "7",
              broker.port(),
              List.of(
                  new BoxConfig.PortConfig("vent", ventilator, "puritan-bennett", ""),
                  new BoxConfig.PortConfig("spo2", oximeter, "nonin", ""))));
      subscriber.connect();
      box.start();
      box.awaitUp();
      watch(LIVE, box, "live");
      if (!asked()) {
        subscriber.leave();
        broker.takeAway();
        watch(AWAY, box, "broker gone");
        broker.bringBack();
        subscriber.connect();
        drain(box, "broker is back");
        watch(AFTER, box, "live again");
      }
      if (!once) watch(Duration.ofDays(1), box, "live, Ctrl-C ends");
      vent.unplug();
      spo2.unplug();
      drain(box, "devices off");
      return account(box, subscriber);
    }
  }

  /** The books: what was read, committed, delivered. */
  private int account(BoxProcess box, Subscriber subscriber) throws StoreException {
    Json status = status(box);
    // Before the stop: a box that stops still records the gaps that are open, for its next start to
    // deliver.
    Map<Identity, String> committed = StoreReadout.all(box.store());
    int exit = box.stop(Duration.ofSeconds(10));
    Verdict verdict = Verdict.of(committed, subscriber.readings());
    long read = status.node("account").number("read");
    long made = status.node("account").number("made");
    int conflicts = subscriber.conflicts().size();
    boolean balanced =
        verdict.clean() && conflicts == 0 && subscriber.refused().isEmpty() && exit == 0;
    out.println();
    out.println("THE ACCOUNT");
    line("read from the devices", read);
    line("  and records of the box itself", made);
    line("committed to the outbox", verdict.committed());
    line("delivered to the subscriber", verdict.delivered());
    line("  of these as history, marked", subscriber.history());
    line("lost", verdict.lost() + verdict.altered());
    line("made up", verdict.invented());
    line("duplicates after the key", conflicts);
    line("  repeated on the wire, one key", subscriber.repeated());
    for (String problem : subscriber.refused()) out.println("  refused: " + problem);
    out.printf(
        Locale.ROOT,
        "read %d, made %d, committed %d, delivered %d, lost %d, duplicates %d%n",
        read,
        made,
        verdict.committed(),
        verdict.delivered(),
        verdict.lost() + verdict.altered(),
        conflicts);
    return balanced && read > 0 && read + made == verdict.committed() ? 0 : 1;
  }

  private void line(String what, long count) {
    out.printf(Locale.ROOT, "  %-32s %8d%n", what, count);
  }

  private void watch(Duration time, BoxProcess box, String phase) {
    long end = Wait.nowNs() + time.toNanos();
    while (Wait.nowNs() < end && !asked()) {
      long left = TimeUnit.NANOSECONDS.toSeconds(end - Wait.nowNs());
      String shown = time.toDays() > 0 ? phase : phase + " " + (left + 1) + " s";
      screen.draw(shown, note(box));
      pause();
    }
  }

  /** Until everything committed is delivered and nothing is at risk. */
  private void drain(BoxProcess box, String phase) {
    long began = Wait.nowNs();
    while (Wait.nowNs() - began < DRAIN_MAX.toNanos()) {
      Json status = status(box);
      Json uplink = status.named("uplinks", "cis");
      boolean up = uplink.text("state").equals("up") || uplink.text("state").equals("draining");
      long owed = uplink.number("pending") + status.node("account").number("at_risk");
      screen.draw(phase, note(box));
      boolean devicesOff = phase.equals("devices off");
      if (up && (devicesOff ? owed == 0 : !uplink.text("state").equals("draining") && owed < 200)) {
        if (TimeUnit.NANOSECONDS.toMillis(Wait.nowNs() - began) > 2 * DRAW_MS) return;
      }
      pause();
    }
  }

  private static String note(BoxProcess box) {
    Json status = status(box);
    Json account = status.node("account");
    Json uplink = status.named("uplinks", "cis");
    return String.format(
        Locale.ROOT,
        "box: read %s, at risk %s, committed %s | uplink %s, delivered %s, backlog %s",
        account.text("read"),
        account.text("at_risk"),
        account.text("stored"),
        uplink.text("state"),
        uplink.text("delivered"),
        uplink.text("pending"));
  }

  private static Json status(BoxProcess box) {
    Json status = box.status();
    return status == null ? new Json(Map.of()) : status;
  }

  private void pause() {
    Wait.ms(DRAW_MS);
  }

  private boolean asked() {
    return endAsked.getCount() == 0;
  }

  /** Ctrl-C asks for the end; the account is still drawn up. */
  private void endOnInterrupt() {
    Runnable hook =
        () -> {
          endAsked.countDown();
          try {
            ended.await(90, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    Runtime.getRuntime().addShutdownHook(new Thread(hook, "end"));
  }
}
