package io.headwall.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who the box says it is.
 *
 * @param eui64 16 lower-case hex digits; empty where the store's identity file says it ({@code
 *     auto})
 */
public record Box(Optional<String> eui64) {

  /** Sixteen digits, but not the two addresses that nobody owns. */
  static final Pattern EUI64 = Pattern.compile("(?!0{16}|f{16})[0-9a-f]{16}");

  public Box {
    if (eui64.isPresent() && !EUI64.matcher(eui64.get()).matches()) {
      throw new IllegalArgumentException("eui64 " + eui64.get());
    }
  }
}
