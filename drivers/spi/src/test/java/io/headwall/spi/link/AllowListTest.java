package io.headwall.spi.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.bytes.Hex;
import io.headwall.spi.driver.Query;
import io.headwall.spi.driver.SlotValues;
import io.headwall.spi.driver.Template;
import io.headwall.spi.driver.Templates;
import io.headwall.spi.link.AllowList.Verdict;
import io.headwall.spi.link.ByteLink.SendResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing leaves a port but instances of declared queries, and those no faster than declared. */
final class AllowListTest {

  private static final long START_NS = 5_000_000_000L;
  private static final int RANDOM_STRINGS = 1_000_000;

  private record Named(String name, Template template) implements Query {}

  @Test
  void namesTheQueryOrRefuses() {
    AllowList list = new AllowList(List.of(Templates.Sample.values()));
    assertEquals(
        new Verdict(SendResult.SENT, "ECHO"), list.judge(START_NS, Hex.parse("01 51 35 32 0D")));
    assertEquals(
        new Verdict(SendResult.REFUSED, ""), list.judge(START_NS, Hex.parse("1B 51 36 43 0D")));
    assertEquals(new Verdict(SendResult.REFUSED, ""), list.judge(START_NS, new byte[0]));
    assertEquals(new Verdict(SendResult.REFUSED, ""), list.judge(START_NS, new byte[100_000]));
  }

  @Test
  void aPortThatOnlyListensSendsNothing() {
    AllowList list = new AllowList(List.of());
    assertEquals(
        new Verdict(SendResult.REFUSED, ""), list.judge(START_NS, Hex.parse("01 51 35 32 0D")));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000",
    "3, 1000",
    "4, 10",
    "7, 10",
    "10, 10",
    "1, 1",
    "5, 1000000000",
    "6, 999999937",
  })
  void aBurstMayLeaveAtOnceThenOneByOne(int burst, long perNs) {
    AllowList list = list(burst, perNs);
    long now = START_NS;
    for (int i = 0; i < burst; i++) assertEquals(SendResult.SENT, send(list, now), "burst " + i);
    assertEquals(new Verdict(SendResult.TOO_OFTEN, "ask"), list.judge(now, ask()));
    long tokenNs = Math.ceilDiv(perNs, burst);
    for (int i = 0; i < 5; i++) {
      if (tokenNs > 1) assertEquals(SendResult.TOO_OFTEN, send(list, now + tokenNs - 1));
      now += tokenNs;
      assertEquals(SendResult.SENT, send(list, now), "one more each token");
      assertEquals(SendResult.TOO_OFTEN, send(list, now));
    }
    now += perNs + burst;
    for (int i = 0; i < burst; i++) assertEquals(SendResult.SENT, send(list, now), "full again");
    assertEquals(SendResult.TOO_OFTEN, send(list, now), "a long rest saves no more than a burst");
  }

  @Test
  void noWindowHoldsMoreThanItsRate() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(46);
    for (int round = 0; round < 200; round++) {
      int burst = random.nextInt(1, 9);
      long perNs = random.nextLong(burst, 1_000);
      AllowList list = list(burst, perNs);
      long now = START_NS;
      long sent = 0;
      for (int i = 0; i < 1_000; i++) {
        now += random.nextInt(40);
        if (send(list, now) == SendResult.SENT) sent++;
        long allowed = burst + (now - START_NS) * burst / perNs;
        assertTrue(sent <= allowed, () -> burst + " each " + perNs);
      }
      assertTrue(sent > 0);
    }
  }

  @Test
  void theLongestTimeOfARateHoldsToo() {
    AllowList list = list(1, Template.PER_NS_MAX);
    assertEquals(SendResult.SENT, send(list, START_NS));
    for (int days = 0; days < 365; days++) {
      long now = START_NS + days * 86_400_000_000_000L;
      assertEquals(SendResult.TOO_OFTEN, send(list, now), "day " + days);
    }
    assertEquals(SendResult.SENT, send(list, START_NS + Template.PER_NS_MAX));
  }

  @Test
  void oneQuerysRateDoesNotSpendAnothers() {
    Query ask = new Named("ask", Template.ascii("SNDF\r", 1, 1_000));
    Query reset = new Named("reset", Template.ascii("RSET\r", 1, 1_000));
    AllowList list = new AllowList(List.of(ask, reset));
    assertEquals(new Verdict(SendResult.SENT, "ask"), list.judge(START_NS, ask()));
    assertEquals(
        new Verdict(SendResult.SENT, "reset"), list.judge(START_NS, "RSET\r".getBytes(US_ASCII)));
    assertEquals(SendResult.TOO_OFTEN, send(list, START_NS));
  }

  @Test
  void ofAMillionRandomStringsNoneIsAdmitted() {
    AllowList list = new AllowList(List.of(Templates.Sample.values()));
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(47);
    for (int i = 0; i < RANDOM_STRINGS; i++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      assertEquals(SendResult.REFUSED, list.judge(START_NS + i, bytes).result());
    }
  }

  @Test
  void shuffledPiecesOfTheRealThingAreNotAdmitted() {
    Templates.Sample[] samples = Templates.Sample.values();
    AllowList list = new AllowList(List.of(samples));
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(48);
    SlotValues slots =
        new SlotValues(
            Map.of("invoke", 7L, "time", 9L, "code", 0x30L),
            Map.of("bed", "SpaceCom".getBytes(US_ASCII)));
    for (int i = 0; i < RANDOM_STRINGS; i++) {
      byte[] head = samples[random.nextInt(samples.length)].template().render(slots);
      byte[] tail = samples[random.nextInt(samples.length)].template().render(slots);
      int cut = random.nextInt(1, head.length);
      int from = random.nextInt(1, tail.length);
      byte[] joined = Arrays.copyOf(head, cut + tail.length - from);
      System.arraycopy(tail, from, joined, cut, tail.length - from);
      boolean whole = Arrays.equals(joined, head) || Arrays.equals(joined, tail);
      SendResult result = list.judge(START_NS, joined).result();
      assertEquals(!whole, result == SendResult.REFUSED, () -> Hex.of(joined));
    }
  }

  private static AllowList list(int burst, long perNs) {
    return new AllowList(List.of(new Named("ask", Template.ascii("SNDF\r", burst, perNs))));
  }

  private static SendResult send(AllowList list, long nowNs) {
    return list.judge(nowNs, ask()).result();
  }

  private static byte[] ask() {
    return "SNDF\r".getBytes(US_ASCII);
  }
}
