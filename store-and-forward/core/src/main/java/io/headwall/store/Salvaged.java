package io.headwall.store;

import io.headwall.spi.reading.Numbers;
import java.util.List;

/**
 * What a step of salvage came to.
 *
 * @param lost what has to be told as lost before the next step; empty but for {@link Stage#FOUND}
 * @param said what came of a file, for people; empty while there is nothing to say
 */
public record Salvaged(Stage stage, List<Lost> lost, String said) {

  /** There is no file to salvage. */
  public static final Salvaged NOTHING = new Salvaged(Stage.NOTHING, List.of(), "");

  /** How far it has come. */
  public enum Stage {
    NOTHING,
    /** There is more to do. */
    WORKING,
    /** All of a file that is whole is back, and not seen by readers yet. */
    FOUND,
    /** The epochs of a file can be read from now on; there may be more to do. */
    VISIBLE
  }

  /**
   * A stretch of which readings are lost.
   *
   * @param readings how many
   */
  public record Lost(Numbers numbers, long readings) {}

  public Salvaged {
    lost = List.copyOf(lost);
  }
}
