package io.headwall.spi.mdc;

import java.util.regex.Pattern;

/**
 * A code of our own for what the table lacks. It says so by its form and carries MDC code 0.
 *
 * @param refid {@code x-} and lower-case words joined by hyphens, 80 characters at most
 */
public record LocalCode(String refid) implements Code {

  private static final Pattern FORM = Pattern.compile("x-[a-z0-9]+(-[a-z0-9]+)*");
  private static final int CHARS_MAX = 80;

  public LocalCode {
    if (refid.length() > CHARS_MAX || !FORM.matcher(refid).matches()) {
      throw new IllegalArgumentException("no local code: " + refid);
    }
  }

  @Override
  public int mdc() {
    return 0;
  }

  @Override
  public String wireName() {
    return refid;
  }
}
