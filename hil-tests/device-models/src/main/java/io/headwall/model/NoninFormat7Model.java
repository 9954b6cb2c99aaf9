package io.headwall.model;

import java.util.List;

/**
 * A Nonin oximeter in serial data format 7 (WristOx2 and others): frames of STATUS, PLETH high
 * byte, PLETH low byte, FLOAT, CHK, where CHK is the sum of the first four modulo 256.
 */
public final class NoninFormat7Model implements DeviceModel {

  private static final int PLETH_LOW = 24_000;
  private static final int PLETH_RISE = 12_000;

  private final NoninStream stream;

  public NoninFormat7Model(long seed) {
    stream = new NoninStream(new Frames(), seed);
  }

  private static final class Frames implements NoninStream.Format {
    @Override
    public boolean timed() {
      return true;
    }

    @Override
    public int pleth(double height) {
      return PLETH_LOW + (int) Math.round(height * PLETH_RISE);
    }

    @Override
    public byte[] frame(int status, int pleth, int floating) {
      int high = pleth >> Byte.SIZE;
      int low = pleth & 0xFF;
      int sum = status + high + low + floating;
      return new byte[] {(byte) status, (byte) high, (byte) low, (byte) floating, (byte) sum};
    }
  }

  @Override
  public int baud() {
    return NoninStream.BAUD;
  }

  @Override
  public void onPowerOn(long nowNs, Wire wire) {
    stream.onPowerOn(nowNs);
  }

  /** What is sent to the oximeter is ignored: the model speaks its format from the start. */
  @Override
  public void onBytes(long nowNs, byte[] data, int length, Wire wire) {}

  @Override
  public void onTick(long nowNs, Wire wire) {
    stream.onTick(nowNs, wire);
  }

  @Override
  public List<OrderKind> orders() {
    return NoninStream.orders();
  }

  @Override
  public boolean order(long nowNs, Order order) {
    return stream.order(nowNs, order);
  }
}
