package io.headwall.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Knows what looks like a secret: the configuration is read, copied and mailed, so it holds none.
 */
final class Secrets {

  /** The last words of keys that hold secrets; the short ones only as words of their own. */
  private static final Pattern NAME =
      Pattern.compile(
          "(.*(password|passwd|passphrase|secret|token|credentials?|apikey|privatekey)"
              + "|(.*[^a-z0-9])?(pass|pwd|psk|pin|key))[^a-z0-9]*",
          Pattern.DOTALL);

  /** {@code scheme://user:password@host}. */
  private static final Pattern USER_IN_URL = Pattern.compile("://[^/?#]*:[^/?#]*@");

  private Secrets() {}

  /** Whether a key of this name would hold a secret; {@code password_file} would not. */
  static boolean namesOne(String key) {
    return NAME.matcher(key.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether a text holds one: a private key, or a password inside of a URL. */
  static boolean isIn(String value) {
    return value.contains("-----BEGIN") || USER_IN_URL.matcher(value).find();
  }
}
