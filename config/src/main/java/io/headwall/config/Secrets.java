package io.headwall.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows what looks like a secret: the configuration is read, copied and mailed, so it holds none.
 */
final class Secrets {

  private static final List<String> ENDINGS =
      List.of("password", "passwd", "passphrase", "secret", "token", "credential", "credentials");

  /** Too short to be looked for inside of words. */
  private static final Set<String> LAST_WORDS = Set.of("pass", "pwd", "psk", "pin", "key");

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");

  /** {@code scheme://user:password@host}. */
  private static final Pattern USER_IN_URL = Pattern.compile("://[^/?#]*:[^/?#]*@");

  private Secrets() {}

  /** Whether a key of this name would hold a secret; {@code password_file} would not. */
  static boolean namesOne(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    if (ENDINGS.stream().anyMatch(lower::endsWith)) return true;
    String[] words = BETWEEN_WORDS.split(lower);
    return words.length > 0 && LAST_WORDS.contains(words[words.length - 1]);
  }

  /** Whether a text holds one: a private key, or a password inside of a URL. */
  static boolean isIn(String value) {
    return value.contains("-----BEGIN") || USER_IN_URL.matcher(value).find();
  }
}
