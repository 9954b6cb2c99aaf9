package io.headwall.store;

import io.headwall.spi.driver.DriverOption;
import io.headwall.spi.driver.OptionValues;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A kind of uplink, found with {@link java.util.ServiceLoader}. Public, with a public constructor.
 */
public interface UplinkProvider {

  /** As written in configurations, for example {@code mqtt}. */
  String kind();

  /** The options that this kind understands; any other key is refused. */
  List<DriverOption> options();

  /**
   * A new uplink, not connected.
   *
   * @throws IllegalArgumentException for options that cannot work, such as a key file that is
   *     missing; the message names the option and the fix
   */
  Uplink open(Setup setup);

  /**
   * What an uplink is told once.
   *
   * @param name the uplink's name in the configuration
   * @param options values of the declared options
   * @param topicRoot {@code headwall}, {@code headwall-test} or {@code headwall-training}
   * @param origin the box
   * @param place where the box stands now, for its status
   * @param formerPlace where the box stood before this start; the same as {@code place} where it
   *     has not moved. What a receiver keeps of the box's state there is to be taken away
   * @param random for identifiers and jitter
   * @param news to be run, by any thread, when {@link Uplink#poll} has something to report: it is
   *     polled soon then
   */
  record Setup(
      String name,
      OptionValues options,
      String topicRoot,
      Origin origin,
      Place place,
      Place formerPlace,
      RandomGenerator random,
      Runnable news) {}
}
