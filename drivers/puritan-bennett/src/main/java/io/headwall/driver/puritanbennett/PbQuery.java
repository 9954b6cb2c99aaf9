package io.headwall.driver.puritanbennett;

import io.headwall.spi.driver.Query;
import io.headwall.spi.driver.Template;
import java.util.concurrent.TimeUnit;

/**
 * All that this driver can ever send: three fixed commands of the ventilator's data communications
 * interface, which has no command that sets anything.
 */
enum PbQuery implements Query {
  /** Asks for the MISCF report. */
  SNDF(TimeUnit.SECONDS.toNanos(1)),
  /** Asks for the MISCA report. */
  SNDA(TimeUnit.SECONDS.toNanos(1)),
  /** Clears what the ventilator has received and not carried out; it does not answer. */
  RSET(TimeUnit.SECONDS.toNanos(2));

  /** Two at once are allowed for: a link that is opened again, and ticks that come late. */
  private static final int BURST = 2;

  private final long eachNs;

  PbQuery(long eachNs) {
    this.eachNs = eachNs;
  }

  @Override
  public Template template() {
    return Template.ascii(name() + '\r', BURST, BURST * eachNs);
  }
}
