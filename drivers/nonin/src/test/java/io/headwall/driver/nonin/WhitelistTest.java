package io.headwall.driver.nonin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.bytes.Hex;
import io.headwall.spi.driver.DeviceDriver;
import io.headwall.spi.driver.DriverDescriptor;
import io.headwall.spi.driver.Query;
import io.headwall.spi.driver.SlotValues;
import io.headwall.spi.link.AllowList;
import io.headwall.spi.link.ByteLink;
import io.headwall.spi.link.LinkSettings;
import io.headwall.testkit.Corruptor;
import io.headwall.testkit.RecordedOutput;
import io.headwall.testkit.ScriptedConversation;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class WhitelistTest {

  private static final byte[] COMMAND = Hex.parse("02 70 02 02 07 03");
  private static final long STEP_MS = 250;
  private static final long RUN_MS = 3_600_000;

  @Test
  void theDriverIsFoundAndDeclaresOneCommand() {
    DriverDescriptor descriptor =
        ServiceLoader.load(DeviceDriver.class).stream()
            .map(provider -> provider.get().descriptor())
            .filter(d -> d.id().equals("nonin"))
            .findFirst()
            .orElseThrow();
    assertEquals(LinkSettings.Serial.eightNone1(9600), descriptor.link());
    assertEquals(
        List.of("format", "select_format_7"),
        descriptor.options().stream().map(o -> o.key()).toList());
    assertEquals(
        List.of("auto", "false"), descriptor.options().stream().map(o -> o.defaultText()).toList());
    assertEquals(1, descriptor.queries().size());
    Query query = descriptor.queries().getFirst();
    assertArrayEquals(COMMAND, query.template().render(SlotValues.NONE));
  }

  @Test
  void noOtherCommandOfTheDevicePasses() {
    AllowList allowList = new AllowList(List.of(NoninQuery.values()));
    assertEquals(ByteLink.SendResult.SENT, allowList.judge(0, COMMAND).result());
    for (String other :
        List.of(
            "02 70 02 02 02 03", // format 2
            "02 70 02 02 08 03", // format 8
            "02 70 04 02 07 21 9E 03", // format 7 with options
            "02 74 02 02 02 03", // serial number
            "02 72 00 03", // clock
            "02 75 02 00 0A 03", // Bluetooth time-out
            "02 70 02 02 07 03 02 70 02 02 07 03",
            "")) {
      assertEquals(
          ByteLink.SendResult.REFUSED, allowList.judge(0, Hex.parse(other)).result(), other);
    }
  }

  @Test
  void aDeviceThatSaysAnythingGetsTheCommandAndNoMoreThanTwiceAMinute() {
    var asking = new ScriptedConversation(Sessions.with(Map.of("select_format_7", "true")));
    List<RecordedOutput.Sent> sent = run(asking, new Corruptor(7));
    AllowList allowList = new AllowList(List.of(NoninQuery.values()));
    for (RecordedOutput.Sent s : sent) assertArrayEquals(COMMAND, s.bytes());
    assertTrue(sent.size() >= 2 && sent.size() <= RUN_MS / 30_000 + 1, "sent " + sent.size());
    assertEquals(ByteLink.SendResult.SENT, allowList.judge(0, sent.getFirst().bytes()).result());
  }

  @Test
  void withoutTheOptionNothingIsEverSent() {
    assertEquals(List.of(), run(new ScriptedConversation(Sessions.auto()), new Corruptor(8)));
  }

  private static List<RecordedOutput.Sent> run(ScriptedConversation bed, Corruptor corruptor) {
    byte[] seven = PacketBytes.format7(97, 72).bytes();
    byte[] two = PacketBytes.format2(97, 72).bytes();
    for (long at = STEP_MS; at <= RUN_MS; at += STEP_MS) {
      bed.until(at);
      switch (corruptor.random().nextInt(40)) {
        case 0 -> bed.hears(Hex.parse("06"));
        case 1 -> bed.hears(Hex.parse("15"));
        case 2 -> bed.hears(corruptor.damage(seven));
        case 3 -> bed.hears(corruptor.damage(two));
        case 4 -> bed.linkDown().linkUp();
        case 5 -> bed.hears(at % 600_000 < 300_000 ? corruptor.noise(100) : seven);
        case 6 -> bed.hears(COMMAND);
        default -> bed.hears(corruptor.noise(corruptor.random().nextInt(4)));
      }
    }
    return bed.output().sent();
  }
}
