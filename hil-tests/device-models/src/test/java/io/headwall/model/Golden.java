package io.headwall.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Golden files: bytes with a comment per line. A line {@code |text| comment} stands for the text
 * between its bars, any other for the hex bytes before two blanks; # starts a comment line.
 */
final class Golden {

  private Golden() {}

  static byte[] bytes(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in =
        Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + name))) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        if (line.isBlank() || line.startsWith("#")) continue;
        if (line.startsWith("|")) {
          bytes.writeBytes(line.substring(1, line.indexOf('|', 1)).getBytes(UTF_8));
        } else {
          String hex = line.strip().split("  ", 2)[0].replace(" ", "");
          bytes.writeBytes(HexFormat.of().parseHex(hex));
        }
      }
    }
    return bytes.toByteArray();
  }
}
