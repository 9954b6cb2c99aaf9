package io.headwall.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The known word that a mistyped one was probably meant to be. */
final class Nearest {

  /** Longer words are no typing mistakes, and would cost time. */
  private static final int WORD_CHARS_MAX = 64;

  /** One mistake for each so many characters. */
  private static final int CHARS_PER_MISTAKE = 3;

  private Nearest() {}

  /** The closest of {@code known}; empty where none is close, or two are equally so. */
  static Optional<String> to(String word, Collection<String> known) {
    String folded = fold(word);
    if (folded.isEmpty() || folded.length() > WORD_CHARS_MAX) return Optional.empty();
    int best = Math.max(1, folded.length() / CHARS_PER_MISTAKE) + 1;
    Optional<String> nearest = Optional.empty();
    for (String candidate : known) {
      int distance = distance(folded, fold(candidate));
      if (distance >= candidate.length()) continue; // no character in common
      if (distance < best) {
        best = distance;
        nearest = Optional.of(candidate);
      } else if (distance == best) {
        nearest = Optional.empty();
      }
    }
    return nearest;
  }

  /** Case, hyphens and blanks are no mistakes worth counting. */
  private static String fold(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
  }

  /** Characters put in, left out, changed or swapped with their neighbour (Damerau, restricted). */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) d[i][0] = i;
    for (int j = 0; j <= b.length(); j++) d[0][j] = j;
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + changed, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
