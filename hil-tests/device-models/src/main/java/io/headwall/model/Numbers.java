package io.headwall.model;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Reads the arguments of orders. What does not fit is a value, not an exception. */
final class Numbers {

  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");

  private static final int RAMP_S_MAX = 86_400;

  private Numbers() {}

  /** A whole number from 0 to {@code max}; -1 when the text is none. */
  static int count(String text, int max) {
    if (!COUNT.matcher(text).matches()) return -1;
    int count = Integer.parseInt(text);
    return count <= max ? count : -1;
  }

  static OptionalDouble decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) return OptionalDouble.empty();
    return OptionalDouble.of(Double.parseDouble(text));
  }

  /** {@code on} (also when nothing is said) or {@code off}; anything else is no switch. */
  static Optional<Boolean> onOff(String text) {
    return switch (text) {
      case "", "on" -> Optional.of(true);
      case "off" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** Carries out {@code ramp VITAL TARGET [SECONDS]} on the vital that was found for it. */
  static boolean ramp(long nowNs, Order order, Optional<Drift> vital) {
    OptionalDouble goal = decimal(order.arg(1, ""));
    int seconds = count(order.arg(2, "0"), RAMP_S_MAX);
    if (vital.isEmpty() || goal.isEmpty() || seconds < 0) return false;
    vital.get().ramp(nowNs, goal.getAsDouble(), seconds);
    return true;
  }
}
