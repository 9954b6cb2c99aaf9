package io.headwall.edge;

import io.headwall.spi.time.Clocks;
import io.headwall.spi.time.WallTime;
import io.headwall.store.Forwarder;
import io.headwall.store.ForwarderStats;
import io.headwall.store.Intake;
import io.headwall.store.Place;
import io.headwall.store.StoreStats;
import java.util.List;

/**
 * Gathers how the appliance is from what each duty published at its last step. Any thread may ask.
 */
final class Health {

  private final Parts parts;

  /** Where to look. */
  record Parts(
      Identity identity,
      PortSupervisor ports,
      AccountedStore store,
      List<Forwarder> forwarders,
      Clocks clocks) {}

  /** Who and where the box is. */
  record Identity(
      Appliance.About about, String environment, String eui64, Place place, long startedNs) {}

  /**
   * The appliance at one moment.
   *
   * @param atRisk readings read and not yet committed
   * @param balanced whether read = at risk + stored + dropped
   */
  record Report(
      Identity identity,
      long nowNs,
      WallTime wall,
      List<PortStatus> ports,
      Intake.Counts intake,
      StoreStats store,
      List<ForwarderStats> uplinks,
      long atRisk,
      boolean balanced) {}

  Health(Parts parts) {
    this.parts = parts;
  }

  Report report() {
    AccountedStore.Account account = parts.store().account();
    return new Report(
        parts.identity(),
        parts.clocks().bootNs(),
        parts.clocks().wall(),
        parts.ports().status(),
        account.intake(),
        account.store(),
        parts.forwarders().stream().map(Forwarder::stats).toList(),
        account.store().atRisk(),
        account.balanced());
  }
}
