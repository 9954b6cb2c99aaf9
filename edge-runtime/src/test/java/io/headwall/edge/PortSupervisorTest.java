package io.headwall.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.reading.DeviceCondition;
import io.headwall.store.Arrival;
import io.headwall.store.Mailbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two ports on threads of their own, on a virtual clock. */
final class PortSupervisorTest {

  private static final long LOOK_MS = 50;

  @TempDir Path folder;

  private final VirtualClock clock = new VirtualClock();
  private final Mailbox<Arrival> arrivals = new Mailbox<>(100_000, 0);
  private final List<ScriptedLink> links = new ArrayList<>();
  private final List<PortSupervisor> supervisors = new ArrayList<>();

  private record Two(PortBench ill, PortBench well, PortSupervisor supervisor) {}

  @AfterEach
  void end() {
    for (ScriptedLink link : links) link.released.countDown();
    for (PortSupervisor supervisor : supervisors) supervisor.close();
  }

  private Two twoPorts() {
    DeviceNames names = new DeviceNames();
    PortBench ill = new PortBench("ill", false, names, clock, arrivals);
    PortBench well = new PortBench("well", false, names, clock, arrivals);
    PortSupervisor supervisor =
        new PortSupervisor(
            List.of(ill.port, well.port),
            new ParkedPorts(folder),
            clock,
            Machine.threads(clock, PortBench.random()));
    links.add(ill.link);
    links.add(well.link);
    supervisors.add(supervisor);
    return new Two(ill, well, supervisor);
  }

  @Test
  void aPortThatHangsIsGivenUpAfterFiveSecondsAndTheOthersRunOn() {
    Two two = twoPorts();
    two.ill.link.hangs = true;
    two.supervisor.start();
    await(two.ill.link.reads);
    watch(two, 5_000);
    assertFalse(two.ill.port.parked(), "5 s may still pass");
    watch(two, 100);
    assertTrue(two.ill.port.parked());
    assertFalse(two.well.port.parked());

    assertEquals(DeviceCondition.PARKED, two.supervisor.status().getFirst().condition());
    assertTrue(
        two.ill.recorded().stream()
            .anyMatch(
                r -> r.startsWith("larch-ill PARKED (a call to the operating system hangs)")));
    assertEquals("a call to the operating system hangs", new ParkedPorts(folder).reason("ill"));
    assertNull(new ParkedPorts(folder).reason("well"));
  }

  @Test
  void aCallThatReturnsAfterAllIsHeardNoMore() {
    Two two = twoPorts();
    two.ill.link.hangs = true;
    two.supervisor.start();
    await(two.ill.link.reads);
    watch(two, 5_200);
    two.ill.recorded();
    two.ill.link.arrives("T7 36");
    two.ill.link.released.countDown();
    two.supervisor.close();
    assertTrue(two.ill.recorded().stream().noneMatch(r -> r.contains("36")));
  }

  @Test
  void aParkedPortStaysParkedAtTheNextStartUntilItIsUnparked() throws IOException {
    new ParkedPorts(folder).park("ill", "it hung");
    Two two = twoPorts();
    two.supervisor.start();
    watch(two, 1_000);
    assertEquals(0, two.ill.link.openings);
    assertTrue(two.ill.recorded().contains("larch-ill PARKED (it hung) @0"));

    assertTrue(new ParkedPorts(folder).unpark("ill"));
    assertFalse(new ParkedPorts(folder).unpark("ill"));
    Two again = twoPorts();
    again.supervisor.start();
    await(again.ill.link.opens);
  }

  @Test
  void whereTheWholeProcessStoodStillNoPortHung() {
    Two two = twoPorts();
    two.supervisor.start();
    await(two.ill.link.reads);
    two.ill.link.hangs = true;
    clock.advance(3_600_000);
    two.supervisor.doWork(clock.bootNs());
    clock.advance(LOOK_MS);
    two.supervisor.doWork(clock.bootNs());
    assertFalse(two.ill.port.parked());
  }

  @Test
  void aDriverThatFailsAgainAndAgainIsParked() {
    Two two = twoPorts();
    two.ill.link.always = "!";
    two.supervisor.start();
    int restarts = 0;
    await(two.ill.link.opens);
    while (!two.ill.port.parked()) {
      assertTrue(restarts++ < 20, "restarts without being parked");
      // Far less than the calm that would make the failures single ones.
      while (!tryAcquire(two.ill.link.opens, 20)) clock.advance(10_000);
      two.supervisor.doWork(clock.bootNs());
    }
    assertTrue(restarts >= 9, restarts + " restarts");
    assertTrue(two.ill.port.status().whyClosed().startsWith("the driver failed 1"));
    assertFalse(two.well.port.parked());
  }

  /** Time passes for supervisor and ports; the port that is well keeps pace. */
  private void watch(Two two, long ms) {
    for (long passed = 0; passed < ms; passed += LOOK_MS) {
      clock.advance(LOOK_MS);
      two.well.link.reads.drainPermits();
      await(two.well.link.reads);
      await(two.well.link.reads);
      two.supervisor.doWork(clock.bootNs());
    }
  }

  private static void await(Semaphore permits) {
    assertTrue(tryAcquire(permits, 10_000));
  }

  private static boolean tryAcquire(Semaphore permits, long ms) {
    try {
      return permits.tryAcquire(ms, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
