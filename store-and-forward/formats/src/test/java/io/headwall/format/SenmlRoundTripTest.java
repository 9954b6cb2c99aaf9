package io.headwall.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.store.Entry;
import io.headwall.store.Pack;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a pack says comes back, whatever it says. */
class SenmlRoundTripTest {

  private static final int PACKS = 1500;

  @ParameterizedTest
  @EnumSource
  void everyFieldComesBack(SenmlEncoding encoding) throws SenmlException {
    for (int seed = 0; seed < PACKS; seed++) {
      var packs = new RandomPacks(seed);
      Pack pack = packs.pack();
      assertComesBack(pack, Senml.encode(pack, encoding), encoding, packs.catalogue());
    }
  }

  @ParameterizedTest
  @EnumSource
  void messagesOfASplitPackStandAlone(SenmlEncoding encoding) throws SenmlException {
    int bytesMax = 700;
    for (int seed = 0; seed < PACKS; seed++) {
      var packs = new RandomPacks(seed);
      Pack pack = packs.pack();
      List<byte[]> messages = Senml.encode(pack, encoding, bytesMax);
      assertComesBack(pack, messages, encoding, packs.catalogue());
      for (byte[] message : messages) {
        int entries = SenmlReader.read(message, encoding, packs.catalogue()).entries().size();
        assertTrue(message.length <= bytesMax || entries == 1);
      }
    }
  }

  /** A damaged message is refused or says something else; it never breaks the reader. */
  @ParameterizedTest
  @EnumSource
  void damageIsRefusedInOneWay(SenmlEncoding encoding) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    int refused = 0;
    for (int seed = 0; seed < PACKS; seed++) {
      byte[] message = Senml.encode(new RandomPacks(seed).pack(), encoding).getFirst();
      int changes = random.nextInt(1, 5);
      for (int i = 0; i < changes; i++) {
        message[random.nextInt(message.length)] = (byte) random.nextInt();
      }
      try {
        SenmlReader.read(message, encoding, MetricLookup.BARE);
      } catch (SenmlException e) {
        refused++;
      }
    }
    assertTrue(refused > PACKS / 2, "refused " + refused);
  }

  private static void assertComesBack(
      Pack pack, List<byte[]> messages, SenmlEncoding encoding, MetricLookup catalogue)
      throws SenmlException {
    List<Entry> entries = new ArrayList<>();
    for (byte[] bytes : messages) {
      SenmlMessage message = SenmlReader.read(bytes, encoding, catalogue);
      assertEquals(pack.origin(), message.origin());
      assertEquals(pack.epoch(), message.epoch());
      assertEquals(pack.lane(), message.lane());
      assertEquals(pack.kind() == Pack.Kind.HISTORY, message.history());
      assertEquals(pack.reason(), message.reason());
      entries.addAll(message.entries());
    }
    assertEquals(pack.entries(), entries);
  }
}
