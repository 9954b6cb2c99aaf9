package io.headwall.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.reading.Decimal;
import io.headwall.spi.reading.Reading;
import io.headwall.spi.time.TimeQuality;
import io.headwall.store.Entry;
import io.headwall.store.Lane;
import io.headwall.store.Moment;
import io.headwall.store.Origin;
import io.headwall.store.Pack;
import io.headwall.store.Place;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, and with which words. */
class SenmlReaderTest {

  private static final String GOOD =
      "[{'bn':'urn:dev:mac:02005efffe000001:m:','bt':1795493999.25,'n':'147842','u':'{beat}/min',"
          + "'v':72.0,'epoch':3,'lane':'numeric','seq':7,'mono':5}]";

  @Test
  void readsWhatAMessageSays() throws SenmlException {
    SenmlMessage message = json(GOOD);
    Entry entry = message.entries().getFirst();
    assertEquals(Origin.parse("02005efffe000001"), message.origin());
    assertEquals(Lane.NUMERIC, message.lane());
    assertEquals(7, entry.seq());
    assertEquals(new Moment(1_795_493_999_250_000_000L, TimeQuality.SYNCED), entry.measured());
    assertTrue(
        entry.reading() instanceof Reading.Numeric n
            && Decimal.of(720, 1).equals(n.value())
            && n.measuredNs() == 5
            && n.metric().unit().ucum().equals("{beat}/min"));
  }

  @Test
  void aFieldOfALaterVersionIsPassedOverUnlessItMustBeUnderstood() throws SenmlException {
    assertEquals(json(GOOD), json(GOOD.replace("'seq'", "'later':[{'x':1}],'seq'")));
    refused(GOOD.replace("'seq'", "'later_':1,'seq'"), "field later_ is not understood");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "'bt':1795493999.25, | | bt is missing",
        "1795493999.25 | 12.5 | time is relative",
        "'mono':5 | 'mono':5,'t':-1700000000 | time is relative",
        "'mono':5 | 'x':5 | mono is missing",
        "'seq':7 | 'seq':7.0 | no whole number",
        "'seq':7 | 'seq':'7' | is no number",
        "'seq':7 | 'seq':7,'seq':7 | Duplicate",
        "'epoch':3 | 'epoch':5000000000 | field epoch",
        "numeric | wave | in lane wave",
        "numeric | other | unknown Lane",
        "02005efffe000001 | 02005EFFFE000001 | no base name",
        "147842 | 1 | is not in this version's table",
        "147842 | 147842/1.1 | not written so",
        "147842 | 147842/guess | unknown Kind",
        "147842 | heart rate | no name of a reading",
        "'v':72.0 | 'vs':'' | field v is missing",
        "'v':72.0 | 'v':72.0,'q_':'off' | field vs is missing",
        "'v':72.0 | 'vs':'x','q_':'off' | text beside OFF",
        "'v':72.0 | 'v':72.0,'vs':'x' | field vs is out of place",
        "'v':72.0 | 'v':72.0,'q_':'fine' | unknown Quality",
        "'v':72.0 | 'v':1e3 | scale",
        "'v':72.0 | 'v':99999999999999999999 | too long",
        "'v':72.0 | 'v':true | has no scalar",
        "'v':72.0 | 'v':72.0,'bv':1 | field bv is not understood",
        "'v':72.0 | 'v':72.0,'tq_':'none' | mono_ is missing",
        "}] | }]x | malformed JSON",
        "}] | }][] | something follows",
        "}] | },{'n':'147842','v':1,'seq':7}] | number 7 after 7",
      })
  void whatIsOutOfPlaceIsRefused(String part, String instead, String words) {
    String message = GOOD.replace(part.strip(), instead == null ? "" : instead.strip());
    refused(message, words.strip());
  }

  @Test
  void emptyMessagesAndOtherThingsAreRefused() {
    refused("[]", "without records");
    refused("{}", "a message is an array");
    refused("[1]", "a record is an object");
    refused("", "a message is an array");
  }

  /** Integer labels are the RFC's; its text labels have no place in CBOR. */
  @Test
  void cborUsesTheNumbersOfTheRfc() throws SenmlException {
    var reading = (Reading.Numeric) json(GOOD).entries().getFirst().reading();
    var entry = json(GOOD).entries().getFirst();
    var pack =
        new Pack(
            1,
            Pack.Kind.LIVE,
            "",
            Origin.parse("02005efffe000001"),
            3,
            Lane.NUMERIC,
            Place.UNASSIGNED,
            List.of(new Entry(7, "m", reading, entry.measured())));
    byte[] cbor = Senml.encode(pack, SenmlEncoding.CBOR).getFirst();
    String hex = HexFormat.of().formatHex(cbor);
    assertTrue(hex.startsWith("81a921"), hex); // array 1, map 9, label -2 (bn)
    assertTrue(hex.contains("02c482201902d0"), hex); // label 2 (v), 4([-1, 720])
    byte[] text = HexFormat.of().parseHex(hex.replace("02c482201902d0", "6176c482201902d0"));
    var e =
        assertThrows(
            SenmlException.class,
            () -> SenmlReader.read(text, SenmlEncoding.CBOR, MetricLookup.BARE));
    assertEquals("field v is missing", e.getMessage());
  }

  private static SenmlMessage json(String text) throws SenmlException {
    byte[] message = text.replace('\'', '"').getBytes(UTF_8);
    return SenmlReader.read(message, SenmlEncoding.JSON, MetricLookup.BARE);
  }

  private static void refused(String text, String words) {
    var e = assertThrows(SenmlException.class, () -> json(text), text);
    assertTrue(e.toString().contains(words), e.toString());
  }
}
