package io.headwall.format;

import io.headwall.spi.reading.Reading.SampleBlock;
import java.io.ByteArrayOutputStream;

/**
 * Samples of a waveform in octets: one variable-length integer a sample (seven bits an octet, low
 * bits first, the high bit says that more follow). 0 is a missing sample; any other number less 1
 * is the zig-zag form of the difference to the last sample present, at first to 0.
 */
final class WaveCoding {

  private static final int MORE = 0x80;
  private static final int LOW_BITS = 0x7f;
  private static final int SHIFT_MAX =
      28; // five octets hold 35 bits; the longest difference needs 34

  private WaveCoding() {}

  static byte[] encode(int[] samples) {
    var out = new ByteArrayOutputStream(samples.length + samples.length / 2);
    long last = 0;
    for (int sample : samples) {
      long code = 0;
      if (sample != SampleBlock.MISSING) {
        long difference = sample - last;
        code = ((difference << 1) ^ (difference >> 63)) + 1;
        last = sample;
      }
      while (code >= MORE) {
        out.write((int) (code & LOW_BITS) | MORE);
        code >>>= 7;
      }
      out.write((int) code);
    }
    return out.toByteArray();
  }

  static int[] decode(byte[] octets, int count) throws SenmlException {
    if (count < 1 || count > SampleBlock.SAMPLES_MAX || count > octets.length) {
      throw new SenmlException(count + " samples in " + octets.length + " octets");
    }
    int[] samples = new int[count];
    int at = 0;
    long last = 0;
    for (int i = 0; i < count; i++) {
      long code = 0;
      int shift = 0;
      int octet;
      do {
        if (at == octets.length || shift > SHIFT_MAX) throw new SenmlException("sample " + i);
        octet = octets[at++];
        code |= (long) (octet & LOW_BITS) << shift;
        shift += 7;
      } while ((octet & MORE) != 0);
      if (code == 0) {
        samples[i] = SampleBlock.MISSING;
      } else {
        last += ((code - 1) >>> 1) ^ -((code - 1) & 1);
        if (last <= SampleBlock.MISSING || last > Integer.MAX_VALUE) {
          throw new SenmlException("sample " + i + " is " + last);
        }
        samples[i] = (int) last;
      }
    }
    if (at != octets.length) throw new SenmlException("octets after the last sample");
    return samples;
  }
}
