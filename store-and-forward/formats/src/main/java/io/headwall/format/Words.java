package io.headwall.format;

import java.util.Locale;

/** Enum constants as words of the contract: lower case, hyphens. */
final class Words {

  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> E read(Class<E> type, String word) throws SenmlException {
    for (E constant : type.getEnumConstants()) {
      if (of(constant).equals(word)) return constant;
    }
    throw new SenmlException("unknown " + type.getSimpleName() + ": " + word);
  }
}
