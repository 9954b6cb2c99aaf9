package io.headwall.store;

/**
 * What a block is known by: the identity of its first reading and their number. The readings of a
 * block are numbered densely from {@code firstSeq}.
 *
 * @param epoch 1 to {@value #EPOCH_MAX}
 * @param firstSeq from 1
 * @param n readings in the block, 1 at least
 */
public record BlockKey(int epoch, Lane lane, long firstSeq, int n) {

  public static final int EPOCH_MAX = (1 << 20) - 1;
  public static final long SEQ_MAX = (1L << 43) - 1;

  public BlockKey {
    if (epoch < 1 || epoch > EPOCH_MAX || firstSeq < 1 || n < 1 || firstSeq > SEQ_MAX - n) {
      throw new IllegalArgumentException("block " + epoch + ":" + firstSeq + "+" + n);
    }
  }

  public long lastSeq() {
    return firstSeq + n - 1;
  }
}
