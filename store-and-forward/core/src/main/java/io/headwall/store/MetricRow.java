package io.headwall.store;

import io.headwall.spi.mdc.Code;
import io.headwall.spi.mdc.LocalCode;
import io.headwall.spi.mdc.MdcCategory;
import io.headwall.spi.mdc.MdcCode;
import io.headwall.spi.mdc.Unit;
import io.headwall.spi.reading.Containment;
import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Metric;
import io.headwall.spi.reading.Reading;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A row of the dictionary: everything about a reading that does not change from one to the next.
 * Its id is a hash of the row, so a block can never be read with another parameter's name.
 *
 * @param device wire name of the device
 * @param kind which sort of reading
 * @param metric code, unit, containment
 * @param scale digits after the point of the values; 0 for other kinds
 * @param wave how samples become values; {@link Wave#NONE} for other kinds
 */
public record MetricRow(String device, Kind kind, Metric metric, int scale, Wave wave) {

  private static final int VERSION = 1;

  /** Sorts of readings as stored. Order is on disk: append only. */
  public enum Kind {
    NUMERIC,
    WAVE,
    ALARM,
    SETTING,
    LIMIT_LOW,
    LIMIT_HIGH,
    TEXT,
    STATE,
    GAP,
    CLOCK,
    REMOVED,
    TALLY
  }

  /**
   * Sampling and scaling of a waveform.
   *
   * @param periodNs time between samples; 0 for what is no waveform
   */
  public record Wave(long periodNs, Decimal step, Decimal offset) {
    public static final Wave NONE = new Wave(0, Decimal.of(0), Decimal.of(0));
  }

  /** The row that belongs to a reading of a device. */
  public static MetricRow of(String device, Reading reading) {
    return switch (reading) {
      case Reading.Numeric n ->
          row(device, Kind.NUMERIC, n, n.value() == null ? 0 : n.value().scale());
      case Reading.SampleBlock b ->
          new MetricRow(
              device, Kind.WAVE, b.metric(), 0, new Wave(b.periodNs(), b.step(), b.offset()));
      case Reading.Alarm a -> row(device, Kind.ALARM, a, 0);
      case Reading.Setting s ->
          row(device, kindOf(s.kind()), s, s.value() == null ? 0 : s.value().scale());
      case Reading.Text t -> row(device, Kind.TEXT, t, 0);
      case Reading.DeviceState d -> row(device, Kind.STATE, d, 0);
      case Reading.Gap g -> row(device, Kind.GAP, g, 0);
      case Reading.DeviceClock c -> row(device, Kind.CLOCK, c, 0);
      case Reading.Removed r -> row(device, Kind.REMOVED, r, 0);
      case Reading.Tally t -> row(device, Kind.TALLY, t, 0);
    };
  }

  private static MetricRow row(String device, Kind kind, Reading reading, int scale) {
    return new MetricRow(device, kind, reading.metric(), scale, Wave.NONE);
  }

  private static Kind kindOf(Reading.SettingKind kind) {
    return switch (kind) {
      case SETTING -> Kind.SETTING;
      case LIMIT_LOW -> Kind.LIMIT_LOW;
      case LIMIT_HIGH -> Kind.LIMIT_HIGH;
    };
  }

  /** The id: the first 64 bits of SHA-256 over the row's bytes. */
  public static long idOf(byte[] row) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(row)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The row's bytes, the same for equal rows. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(device);
      out.writeByte(kind.ordinal());
      write(out, metric.code());
      out.writeInt(metric.unit().code());
      out.writeUTF(metric.unit().refid());
      out.writeUTF(metric.unit().ucum());
      Containment place = metric.containment();
      write(out, place.mds());
      write(out, place.vmd());
      out.writeInt(place.vmdInstance());
      write(out, place.channel());
      out.writeInt(place.channelInstance());
      out.writeByte(scale);
      out.writeLong(wave.periodNs());
      write(out, wave.step());
      write(out, wave.offset());
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The row of these bytes.
   *
   * @throws IllegalArgumentException where they are none
   */
  public static MetricRow fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) throw new IllegalArgumentException("row version " + version);
      String device = in.readUTF();
      Kind kind = Kind.values()[in.readByte()];
      Code code = readCode(in);
      Unit unit = new Unit(in.readInt(), in.readUTF(), in.readUTF());
      Code mds = readCode(in);
      Code vmd = readCode(in);
      int vmdInstance = in.readInt();
      Code channel = readCode(in);
      Containment place = new Containment(mds, vmd, vmdInstance, channel, in.readInt());
      int scale = in.readByte();
      Wave wave = new Wave(in.readLong(), readDecimal(in), readDecimal(in));
      return new MetricRow(device, kind, new Metric(code, unit, place), scale, wave);
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("no dictionary row", e);
    }
  }

  private static void write(DataOutputStream out, Code code) throws IOException {
    out.writeInt(code.mdc());
    out.writeUTF(code.refid());
    if (code instanceof MdcCode m) {
      out.writeByte(m.category().ordinal());
      out.writeByte(m.sources());
    }
  }

  private static Code readCode(DataInputStream in) throws IOException {
    int mdc = in.readInt();
    String refid = in.readUTF();
    if (mdc == 0) return new LocalCode(refid);
    return new MdcCode(mdc, refid, MdcCategory.values()[in.readByte()], in.readByte());
  }

  private static void write(DataOutputStream out, Decimal decimal) throws IOException {
    out.writeLong(decimal.unscaled());
    out.writeByte(decimal.scale());
  }

  private static Decimal readDecimal(DataInputStream in) throws IOException {
    return new Decimal(in.readLong(), in.readByte());
  }
}
