package io.headwall.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {

  private static final List<String> KEYS =
      ConfigSchema.TABLES.stream().flatMap(t -> t.names().stream()).distinct().toList();

  @Test
  void everyMistakeInEveryLongKeyIsMended() {
    for (String key : KEYS.stream().filter(k -> k.length() > 5).toList()) {
      for (int i = 0; i < key.length(); i++) {
        suggests(key, key.substring(0, i) + key.substring(i + 1));
        suggests(key, key.substring(0, i) + 'q' + key.substring(i));
        suggests(key, key.substring(0, i) + 'q' + key.substring(i + 1));
        if (i > 0) {
          suggests(
              key,
              key.substring(0, i - 1) + key.charAt(i) + key.charAt(i - 1) + key.substring(i + 1));
        }
      }
    }
  }

  @Test
  void caseHyphensAndBlanksAreNoMistakes() {
    suggests("listen_only", "Listen-Only");
    suggests("listen_only", "LISTEN ONLY");
    suggests("listen_only", "LİSTEN_ONLY"); // typed under a Turkish locale
  }

  @Test
  void nothingIsSuggestedForWhatIsFarOffOrAmbiguous() {
    assertEquals(Optional.empty(), Nearest.to("colour", KEYS));
    assertEquals(Optional.empty(), Nearest.to("", KEYS));
    assertEquals(Optional.empty(), Nearest.to("x", List.of("a", "b")));
    assertEquals(Optional.empty(), Nearest.to("sndx", List.of("sndf", "snda")));
    assertEquals(Optional.empty(), Nearest.to("k".repeat(1 << 20), KEYS));
  }

  @Test
  void distancesAreThoseOfTheTextbooks() {
    assertEquals(3, Nearest.distance("kitten", "sitting"));
    assertEquals(1, Nearest.distance("baud", "buad"));
    assertEquals(3, Nearest.distance("ca", "abc"));
    assertEquals(4, Nearest.distance("", "abcd"));
  }

  private static void suggests(String key, String typed) {
    assertEquals(Optional.of(key), Nearest.to(typed, KEYS), typed);
  }
}
