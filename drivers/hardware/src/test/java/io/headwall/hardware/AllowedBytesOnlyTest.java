package io.headwall.hardware;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.bytes.NumberForm;
import io.headwall.spi.bytes.Stuffing;
import io.headwall.spi.driver.Query;
import io.headwall.spi.driver.SlotValues;
import io.headwall.spi.driver.Template;
import io.headwall.spi.driver.TemplatePart.Count;
import io.headwall.spi.driver.TemplatePart.Fixed;
import io.headwall.spi.link.AllowList;
import io.headwall.spi.link.ByteLink.SendResult;
import io.headwall.spi.link.LinkSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million transmissions at random: nothing but instances of two templates leaves the port. */
class AllowedBytesOnlyTest {

  private static final int TRANSMISSIONS = 1_000_000;
  private static final long STEP_NS = 1_000_000;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final Pattern INSTANCES = Pattern.compile("(?:SNDA\r|Q[0-9]{3};)*+");
  private static final byte[] ALPHABET = "SNDAQ0123456789;\r\n".getBytes(US_ASCII);

  private record Asked(String name, Template template) implements Query {}

  private static final Asked ALL = new Asked("ALL", Template.ascii("SNDA\r", 20, SECOND_NS));
  private static final Asked ONE =
      new Asked(
          "ONE",
          new Template(
              List.of(
                  new Fixed(new byte[] {'Q'}),
                  new Count("channel", NumberForm.DECIMAL_3, 0, 999),
                  new Fixed(new byte[] {';'})),
              Stuffing.NONE,
              20,
              SECOND_NS));

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(840);
  private final Map<SendResult, Integer> results = new EnumMap<>(SendResult.class);

  @Test
  void nothingElseLeaves(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("device");
    var place =
        new SerialLink.Place(
            new PortName(path.toString()), LinkSettings.Serial.eightNone1(115_200), folder);
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    try (Pty pty = Pty.at(path);
        SerialLink link =
            new SerialLink(
                place,
                new AllowList(List.of(ALL, ONE)),
                (nowNs, port, query, bytes, result) -> results.merge(result, 1, Integer::sum))) {
      assertNull(link.open());
      for (int i = 0; i < TRANSMISSIONS; i++) {
        if (link.send(i * STEP_NS, transmission()) == SendResult.SENT) {
          heard.writeBytes(pty.heard());
        }
      }
      heard.writeBytes(pty.heard());
    }
    String all = heard.toString(US_ASCII);
    assertTrue(INSTANCES.matcher(all).matches(), "only whole instances");
    long arrived = all.chars().filter(c -> c == '\r' || c == ';').count();
    assertEquals(
        results.getOrDefault(SendResult.SENT, 0).longValue(), arrived, "every one of them");
    assertEquals(TRANSMISSIONS, results.values().stream().mapToInt(Integer::intValue).sum());
    assertEquals(3, results.size(), results + ": sent, refused and too often, none failed");
  }

  /** Noise, noise of the templates' own letters, instances, and instances damaged or joined. */
  private byte[] transmission() {
    return switch (random.nextInt(8)) {
      case 0 -> instance();
      case 1 -> join(instance(), instance());
      case 2 -> Arrays.copyOf(instance(), random.nextInt(8));
      case 3 -> damaged(instance());
      case 4, 5 -> letters();
      default -> noise();
    };
  }

  private byte[] instance() {
    if (random.nextBoolean()) return ALL.template().render(SlotValues.NONE);
    return ONE.template().render(SlotValues.number("channel", random.nextInt(1000)));
  }

  private byte[] damaged(byte[] bytes) {
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private byte[] letters() {
    byte[] bytes = new byte[random.nextInt(8)];
    for (int i = 0; i < bytes.length; i++) bytes[i] = ALPHABET[random.nextInt(ALPHABET.length)];
    return bytes;
  }

  private byte[] noise() {
    byte[] bytes = new byte[random.nextInt(16)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
