package io.headwall.config;

import io.headwall.config.ValueType.Text;
import io.headwall.config.ValueType.Text.Parsed;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The forms of text that the configuration knows. */
final class ValueTypes {

  private static final String AUTO = "auto";
  private static final int LINE_CHARS_MAX = 1_000;
  private static final Pattern SEPARATORS = Pattern.compile("[:.\\s-]|^0[xX]");
  private static final Pattern NOT_IN_NAMES = Pattern.compile("[^a-z0-9]+");
  private static final int NAME_CHARS_MAX = 32;

  private ValueTypes() {}

  /** Name of a port or an uplink. */
  static Text<String> name() {
    return new Text<>(
        "1 to 32 of the characters a-z, 0-9 and -",
        "monitor",
        text -> Port.NAME.matcher(text).matches() ? fits(text) : misfits(nameFix(text)),
        Function.identity());
  }

  /** An absolute path, already without detours so that equal ones are seen to be equal. */
  static Text<Path> absolutePath(String sample) {
    return new Text<>(
        "an absolute path", sample, text -> path(text, sample), path -> path.toString());
  }

  /** {@code auto} (empty) or 16 hex digits. */
  static Text<Optional<String>> eui64() {
    return new Text<>(
        "\"auto\" or 16 hex digits that are not all 0 or all f",
        "0250c2fffe123456",
        ValueTypes::parseEui64,
        eui64 -> eui64.orElse(AUTO));
  }

  /** Unit or bed, as the hospital names it. */
  static Text<String> label() {
    return new Text<>(
        "1 to 32 visible characters, with single blanks between words only",
        "name",
        text ->
            Place.BedLabel.fits(text)
                ? fits(text)
                : misfits("shorten it, and take out blanks at its ends and what cannot be seen"),
        Function.identity());
  }

  /** An id out of a list that only the running box has. */
  static Text<String> id(String sample) {
    return new Text<>("text on one line", sample, ValueTypes::parseLine, Function.identity());
  }

  static Text<String> line() {
    return new Text<>("text on one line", "", ValueTypes::parseLine, Function.identity());
  }

  static Text<String> filledLine() {
    return new Text<>(
        "text on one line that is not blank",
        "",
        text -> text.isBlank() ? misfits("fill it in") : parseLine(text),
        Function.identity());
  }

  static <T> ValueType.Words<T> words(List<T> values, Function<T, String> word) {
    return ValueType.Words.of(values, word);
  }

  private static Parsed<String> parseLine(String text) {
    if (text.length() > LINE_CHARS_MAX) {
      return misfits("shorten it to " + LINE_CHARS_MAX + " characters");
    }
    return text.chars().anyMatch(Character::isISOControl)
        ? misfits("take out line ends, tabs and other control characters")
        : fits(text);
  }

  private static Parsed<Path> path(String text, String sample) {
    if (!text.startsWith("/")) {
      return misfits("begin with /, such as " + Shown.quoted(sample));
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return misfits("take out the control characters");
    }
    try {
      return fits(Path.of(text).normalize());
    } catch (InvalidPathException e) { // not writable in the host's own character set
      return misfits("use plain letters and digits");
    }
  }

  private static Parsed<Optional<String>> parseEui64(String text) {
    if (text.equals(AUTO)) return fits(Optional.empty());
    String digits = text.toLowerCase(Locale.ROOT);
    if (Box.EUI64.matcher(digits).matches()) return fits(Optional.of(digits));
    String bare = SEPARATORS.matcher(digits).replaceAll("");
    return misfits(
        Box.EUI64.matcher(bare).matches()
            ? "write the digits only: eui64 = " + Shown.quoted(bare)
            : "leave it out to have the store's identity file say it");
  }

  private static String nameFix(String text) {
    String mended = NOT_IN_NAMES.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-");
    boolean usable = mended.length() <= NAME_CHARS_MAX && mended.chars().anyMatch(c -> c != '-');
    return usable
        ? "you could write name = " + Shown.quoted(mended)
        : "write a short one, such as name = \"monitor\"";
  }

  private static <T> Parsed<T> fits(T value) {
    return new Parsed.Fits<>(value);
  }

  private static <T> Parsed<T> misfits(String fix) {
    return new Parsed.Misfits<>(fix);
  }
}
