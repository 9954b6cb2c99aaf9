package io.headwall.spi.reading;

/**
 * A stretch of numbers under which a box has stored readings.
 *
 * @param epoch run of the box
 * @param lane name of the lane, as it leaves the box
 * @param from first number
 * @param to last number
 */
public record Numbers(int epoch, String lane, long from, long to) {
  public Numbers {
    if (epoch < 1 || from < 1 || to < from) {
      throw new IllegalArgumentException(epoch + ":" + lane + ":" + from + "-" + to);
    }
  }
}
