package io.headwall.model;

/**
 * One value as a device states it.
 *
 * @param key the field's name in the device's own protocol, such as {@code f71} or {@code spo2}
 * @param value the text on the wire without its padding; for binary protocols the number in
 *     decimal; for samples the numbers in order, parted by blanks; empty when the field is blank
 * @param unit UCUM, or {@code -} for none
 */
public record Saying(String key, String value, String unit) {}
