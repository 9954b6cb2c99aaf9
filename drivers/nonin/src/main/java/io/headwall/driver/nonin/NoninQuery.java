package io.headwall.driver.nonin;

import io.headwall.spi.bytes.Hex;
import io.headwall.spi.driver.Query;
import io.headwall.spi.driver.Template;
import java.util.concurrent.TimeUnit;

/** Everything that this driver may ever send. */
enum NoninQuery implements Query {
  /**
   * Asks a WristOx2 3150 or Onyx II 9560 to stream format 7: STX, operation 70, length 2, data 02
   * 07, ETX. Sent only where the configuration says so.
   */
  SELECT_FORMAT_7("02 70 02 02 07 03", 30);

  private final String hex;
  private final int perSeconds;

  NoninQuery(String hex, int perSeconds) {
    this.hex = hex;
    this.perSeconds = perSeconds;
  }

  @Override
  public Template template() {
    return Template.fixed(Hex.parse(hex), 1, TimeUnit.SECONDS.toNanos(perSeconds));
  }
}
