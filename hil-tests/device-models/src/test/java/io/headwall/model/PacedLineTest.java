package io.headwall.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacedLineTest {

  /** 10 bits at 10 000 bit/s. */
  private static final long BYTE_NS = 1_000_000;

  private final List<Said> said = new ArrayList<>();
  private final PacedLine line = new PacedLine("dev", 10_000, said::addAll);
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  private int hear(byte[] data, int length) {
    heard.write(data, 0, length);
    return length;
  }

  private static Message message(long dueNs, int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) all[i] = (byte) bytes[i];
    return new Message().part(dueNs, all).says("k", "v", "-");
  }

  @Test
  void aByteIsThereWhenItsLastBitHasLeft() {
    line.send(message(50, 1, 2, 3));
    line.deliver(50 + BYTE_NS - 1, this::hear);
    assertEquals(0, heard.size());
    assertEquals(50 + BYTE_NS, line.nextDueNs());
    line.deliver(50 + BYTE_NS, this::hear);
    assertArrayEquals(new byte[] {1}, heard.toByteArray());
    line.deliver(50 + 3 * BYTE_NS, this::hear);
    assertArrayEquals(new byte[] {1, 2, 3}, heard.toByteArray());
    assertEquals(Long.MAX_VALUE, line.nextDueNs());
  }

  @Test
  void messagesDoNotOverlap() {
    line.send(message(0, 1, 2, 3));
    line.send(message(BYTE_NS, 4));
    line.deliver(3 * BYTE_NS, this::hear);
    assertEquals(3, heard.size());
    line.deliver(4 * BYTE_NS, this::hear);
    assertEquals(4, heard.size());
  }

  @Test
  void partsWaitForTheirTime() {
    line.send(new Message().part(0, new byte[] {1}).part(10 * BYTE_NS, new byte[] {2}));
    line.deliver(10 * BYTE_NS, this::hear);
    assertEquals(1, heard.size());
    line.deliver(11 * BYTE_NS, this::hear);
    assertEquals(2, heard.size());
  }

  @Test
  void theTruthIsToldAtTheLastByteWithItsTime() {
    line.send(message(0, 1, 2));
    line.deliver(BYTE_NS, this::hear);
    assertTrue(said.isEmpty());
    line.deliver(90 * BYTE_NS, this::hear);
    Saying saying = new Saying("k", "v", "-");
    assertEquals(List.of(new Said(2 * BYTE_NS, "dev", 1, Said.Fate.HEARD, saying)), said);
  }

  @Test
  void whatNobodyTookWasNotHeard() {
    line.send(message(0, 1, 2));
    line.send(message(0, 3, 4).damaged());
    line.send(message(0, 5, 6).damaged());
    line.send(message(0, 7, 8));
    line.deliver(BYTE_NS, this::hear);
    line.deliver(4 * BYTE_NS, (data, length) -> 0);
    line.deliver(5 * BYTE_NS, this::hear);
    line.deliver(7 * BYTE_NS, (data, length) -> 0);
    line.deliver(8 * BYTE_NS, (data, length) -> 0);
    assertEquals(
        List.of(Said.Fate.PARTLY, Said.Fate.UNHEARD, Said.Fate.DAMAGED, Said.Fate.UNHEARD),
        said.stream().map(Said::fate).toList());
    assertArrayEquals(new byte[] {1, 5}, heard.toByteArray());
  }

  @Test
  void aReaderMayTakePartOfABurst() {
    line.send(message(0, 1, 2));
    line.send(message(0, 3, 4));
    line.deliver(4 * BYTE_NS, (data, length) -> 3);
    assertEquals(
        List.of(Said.Fate.HEARD, Said.Fate.PARTLY), said.stream().map(Said::fate).toList());
  }

  @Test
  void aLineSlowerThanItsDeviceLosesWholeMessages() {
    for (int i = 0; i < 70; i++) line.send(message(0, new int[1_000]));
    assertEquals(5, said.size(), "65 of 1000 bytes fit");
    assertTrue(said.stream().allMatch(s -> s.fate() == Said.Fate.UNHEARD));
    line.deliver(Long.MAX_VALUE / 2, this::hear);
    assertEquals(65_000, heard.size());
  }

  @Test
  void clearedBytesNeverLeave() {
    line.send(message(0, 1, 2));
    line.deliver(BYTE_NS, this::hear);
    line.clear();
    line.deliver(9 * BYTE_NS, this::hear);
    assertEquals(1, heard.size());
    assertEquals(Said.Fate.PARTLY, said.getFirst().fate());
  }

  @Test
  void senselessUseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PacedLine("dev", 0, said::addAll));
    assertThrows(IllegalArgumentException.class, () -> line.send(new Message()));
  }
}
