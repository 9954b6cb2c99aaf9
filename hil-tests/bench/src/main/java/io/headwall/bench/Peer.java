package io.headwall.bench;

import io.headwall.store.Arrival;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Something else that people keep readings in until the receiver is back. */
interface Peer {

  String name();

  /** What a returned acknowledgement of it is worth, in a few words. */
  String promise();

  /**
   * Hands it readings, one a message, as long as it takes or until the limit.
   *
   * @param folder where it keeps them, empty
   */
  Figures store(Path folder, List<Arrival> readings, Duration limit)
      throws IOException, InterruptedException;

  /**
   * What it took.
   *
   * @param readings that it acknowledged
   * @param cpuUs of its process; with it, where it runs in ours, of whoever hands over
   * @param writtenBytes that it caused to be sent to the disk
   * @param fileBytes length of its files then
   */
  record Figures(long readings, double seconds, long cpuUs, long writtenBytes, long fileBytes) {}
}
