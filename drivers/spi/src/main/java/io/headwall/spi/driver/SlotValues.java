package io.headwall.spi.driver;

import java.util.Map;

/**
 * Values for the slots of a template.
 *
 * @param numbers by slot name
 * @param bytes by slot name
 */
public record SlotValues(Map<String, Long> numbers, Map<String, byte[]> bytes) {

  public static final SlotValues NONE = new SlotValues(Map.of(), Map.of());

  public static SlotValues number(String slot, long value) {
    return new SlotValues(Map.of(slot, value), Map.of());
  }

  public static SlotValues bytes(String slot, byte[] value) {
    return new SlotValues(Map.of(), Map.of(slot, value.clone()));
  }
}
