package io.headwall.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.bytes.Hex;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A golden file's comments are never bytes, and its bytes are never comments. */
final class GoldenFilesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          41   probe A          | 41
          41   add              | 41
          41  AB                | 41
          41   0371 = 37.1      | 41
          41  30 is next        | 41
          30 33 37 31  ab cd    | 30 33 37 31
          30333731  text        | 30 33 37 31
          3033 3731             | 30 33 37 31
          fF 0a                 | FF 0A
          '  41  indented'      | 41
          '41 '                 | 41
          '41   '               | 41
          '# 41'                | ''
          '  # 41'              | ''
          '   '                 | ''
          ''                    | ''
          """)
  void bytesEndWhereTwoBlanksStand(String line, String bytes) {
    assertEquals(bytes, Hex.of(GoldenFiles.bytes(line)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "41 3", // a lost digit
        "41 probe",
        "41 add on", // would be 41 AD by a looser rule
        "4",
        "414",
        "41,42",
        "0x41",
        "probe A",
        "41 # probe A",
        "41 4G",
      })
  void aLineThatCouldBeReadTwoWaysIsRefused(String line) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> GoldenFiles.bytes(line));
    assertEquals(line, refused.getMessage());
  }

  @Test
  void aFileIsTheBytesOfItsLines() {
    assertArrayEquals(
        Hex.parse("02 41 30 33 37 31 30 43 03"), GoldenFiles.golden(getClass(), "larch.hex"));
    assertTrue(GoldenFiles.text(getClass(), "/golden/larch.hex").startsWith("# A made-up"));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    UncheckedIOException refused =
        assertThrows(UncheckedIOException.class, () -> GoldenFiles.golden(getClass(), "none.hex"));
    assertTrue(String.valueOf(refused.getMessage()).contains("/golden/none.hex"));
  }
}
