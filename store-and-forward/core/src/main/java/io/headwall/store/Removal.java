package io.headwall.store;

import io.headwall.spi.reading.Reading.RemovalKind;
import java.util.List;

/**
 * A stretch of a lane that gives up readings. Its blocks go; what stays of them comes back as one
 * block under the whole stretch. Doing it twice is as doing it once.
 *
 * @param firstSeq first number of its first block
 * @param lastSeq last number of its last block
 * @param readings how many readings go
 * @param rest what stays; empty or one block
 */
public record Removal(
    int epoch,
    Lane lane,
    long firstSeq,
    long lastSeq,
    long readings,
    RemovalKind kind,
    List<StoredBlock> rest) {
  public Removal {
    rest = List.copyOf(rest);
    if (lastSeq < firstSeq || readings < 1 || rest.size() > 1) {
      throw new IllegalArgumentException("removal of " + firstSeq + " to " + lastSeq);
    }
  }
}
