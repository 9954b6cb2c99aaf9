package io.headwall.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.headwall.spi.reading.Reading.SampleBlock;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaveCodingTest {

  @Test
  void carriesTheWidestStepsAndMissingSamples() throws SenmlException {
    int[] samples = {
      Integer.MAX_VALUE, Integer.MIN_VALUE + 1, SampleBlock.MISSING, Integer.MAX_VALUE, 0, -1, 63
    };
    byte[] octets = WaveCoding.encode(samples);
    assertArrayEquals(samples, WaveCoding.decode(octets, samples.length));
  }

  @ParameterizedTest
  @CsvSource({
    "0101, 1", // octets left over
    "01, 2", // too few
    "81, 1", // cut short
    "808080808001, 1", // longer than any sample
    "FEFFFFFF7F, 1", // beyond 32 bits
    "01, 0",
  })
  void refusesWhatItWouldNotWrite(String hex, int count) {
    byte[] octets = HexFormat.of().parseHex(hex);
    assertThrows(SenmlException.class, () -> WaveCoding.decode(octets, count));
  }
}
