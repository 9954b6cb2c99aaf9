package io.headwall.spi.driver;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headwall.spi.bytes.Checksum;
import io.headwall.spi.bytes.Hex;
import io.headwall.spi.bytes.NumberForm;
import io.headwall.spi.bytes.Stuffing;
import io.headwall.spi.driver.TemplatePart.Chars;
import io.headwall.spi.driver.TemplatePart.Check;
import io.headwall.spi.driver.TemplatePart.Count;
import io.headwall.spi.driver.TemplatePart.Fixed;
import io.headwall.spi.driver.TemplatePart.Length;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Templates of three protocols with published examples: the hardest that the form must carry. */
public final class Templates {

  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
  private static final Stuffing INTELLIVUE_ESCAPE = new Stuffing.Escape(0xC0, 0xC1, 0x7D, 0x20);
  private static final Stuffing BCC_PAIRS =
      new Stuffing.Pairs(
          Map.of(
              (byte) 'D', "EX".getBytes(US_ASCII),
              (byte) 'E', "EE".getBytes(US_ASCII),
              (byte) 'd', "ex".getBytes(US_ASCII),
              (byte) 'e', "ee".getBytes(US_ASCII)));

  private Templates() {}

  /** Queries made of the templates, as a driver would list them. */
  @SuppressWarnings("ImmutableEnumChecker") // a template is a record of parts that never change
  public enum Sample implements Query {
    ALIVE(bcc("ADMIN:ALIVE", true)),
    MEM_GET(bcc("MEM:GET", false)),
    RELEASE(intelliVueRelease()),
    CREATE_RESULT(intelliVueCreateResult()),
    ECHO(medibusEcho());

    private final Template template;

    Sample(Template template) {
      this.template = template;
    }

    @Override
    public Template template() {
      return template;
    }
  }

  /**
   * B. Braun BCC: SOH, length of all in five digits, STX, the bed id that the device gave, the
   * request, ETX, sum of all before it modulo 256 in five digits, EOT.
   */
  static Template bcc(String request, boolean stuffed) {
    byte[] bedBytes = new byte[11 + 58];
    System.arraycopy(Chars.range(47, 57), 0, bedBytes, 0, 11);
    System.arraycopy(Chars.range(65, 122), 0, bedBytes, 11, 58);
    return new Template(
        List.of(
            new Fixed(Hex.parse("01")),
            new Length(NumberForm.DECIMAL_5, 0, 7, 0),
            new Fixed(Hex.parse("02")),
            new Chars("bed", 1, 15, bedBytes),
            new Fixed(("/1/1>" + request + '\u0003').getBytes(US_ASCII)),
            new Check(Checksum.SUM_8, NumberForm.DECIMAL_5, 0, 5),
            new Fixed(Hex.parse("04"))),
        stuffed ? BCC_PAIRS : Stuffing.NONE,
        1,
        SECOND_NS);
  }

  /** IntelliVue, guide sections 2 and 3: the release request, the same each time. */
  static Template intelliVueRelease() {
    return intelliVue(
        new Fixed(
            Hex.parse(
                "09 18 C1 16 61 80 30 80 02 01 01 A0 80 62 80 80 01 00"
                    + "00 00 00 00 00 00 00 00")));
  }

  /** IntelliVue: the answer to MDS create, which echoes the monitor's invoke id and time. */
  static Template intelliVueCreateResult() {
    return intelliVue(
        new Fixed(Hex.parse("E1 00 00 02  00 02 00 14")),
        new Count("invoke", NumberForm.U16_BE, 0, 0xFFFF),
        new Fixed(Hex.parse("00 01 00 0E  00 21 00 00 00 00")),
        new Count("time", NumberForm.U32_BE, 0, 0xFFFFFFFFL),
        new Fixed(Hex.parse("0D 06 00 00")));
  }

  /** BOF, protocol 11 and type 01, length of the payload, the payload, FCS low byte first, EOF. */
  private static Template intelliVue(TemplatePart... payload) {
    int end = 3 + payload.length;
    List<TemplatePart> parts = new ArrayList<>();
    parts.add(new Fixed(Hex.parse("C0")));
    parts.add(new Fixed(Hex.parse("11 01")));
    parts.add(new Length(NumberForm.U16_BE, 3, end, 0));
    parts.addAll(List.of(payload));
    parts.add(new Check(Checksum.CRC16_X25, NumberForm.U16_LE, 1, end));
    parts.add(new Fixed(Hex.parse("C1")));
    return new Template(parts, INTELLIVUE_ESCAPE, 1, SECOND_NS);
  }

  /** MEDIBUS section 2: SOH, the command's code, sum of both in two hex digits, CR. */
  static Template medibusEcho() {
    return new Template(
        List.of(
            new Fixed(Hex.parse("01")),
            new Count("code", NumberForm.U8, 0x20, 0x7E),
            new Check(Checksum.SUM_8, NumberForm.HEX_UPPER_2, 0, 2),
            new Fixed(Hex.parse("0D"))),
        Stuffing.NONE,
        5,
        SECOND_NS);
  }
}
