package io.headwall.simulation;

import io.headwall.model.Message;
import io.headwall.model.Saying;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a device said in one message, when it was heard, and what has become of it. */
final class Spoken {

  /** What a text says, by the device's own keys. */
  private final Map<String, String> values;

  /** What an oximeter's packet says, in the order of {@link #OXIMETER_KEYS}; empty for a text. */
  private final int[] numbers;

  private final int[] samples;
  private final boolean damagedByDevice;
  private int bytesLeft;
  private boolean damaged;
  private boolean missed;
  private long firstNs = -1;
  private long lastNs = -1;
  private int claims;

  Spoken(Message message, boolean keepsAll) {
    this.bytesLeft = message.length();
    this.damagedByDevice = message.isDamaged();
    this.values = keepsAll ? new HashMap<>() : Map.of();
    this.numbers = keepsAll ? NO_NUMBERS : new int[OXIMETER_KEYS.size()];
    int[] wave = NO_NUMBERS;
    for (Saying saying : message.sayings()) {
      if (keepsAll) {
        values.put(saying.key(), saying.value());
      } else if (saying.key().equals("pleth")) {
        wave = numbers(saying.value());
      } else {
        int at = OXIMETER_KEYS.indexOf(saying.key());
        if (at >= 0) numbers[at] = Integer.parseInt(saying.value());
      }
    }
    this.samples = wave;
  }

  private static final List<String> OXIMETER_KEYS = List.of("hr", "spo2", "status", "stat2");
  private static final int[] NO_NUMBERS = {};

  private static int[] numbers(String text) {
    int[] all = new int[(int) text.chars().filter(c -> c == ' ').count() + 1];
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ') at++;
      else all[at] = 10 * all[at] + c - '0';
    }
    return all;
  }

  /** Bytes of it have come out at the other end. */
  void heard(long nowNs, int bytes) {
    if (firstNs < 0) firstNs = nowNs;
    lastNs = nowNs;
    bytesLeft -= bytes;
  }

  /** Bytes of it have left while nobody listened. */
  void missed(long nowNs, int bytes) {
    missed = true;
    if (firstNs < 0) firstNs = nowNs;
    lastNs = nowNs;
    bytesLeft -= bytes;
  }

  void damage() {
    damaged = true;
  }

  /** Whether every byte came through as it was meant. */
  boolean whole() {
    return bytesLeft == 0 && !missed && !spoilt();
  }

  /**
   * Whether it was heard from beginning to end, spoilt or not: a byte too many before its head or
   * behind its end does no harm.
   */
  boolean complete() {
    return firstNs >= 0 && bytesLeft == 0 && !missed;
  }

  boolean spoilt() {
    return damaged || damagedByDevice;
  }

  /** World time at which its first byte was read, or would have been; negative before that. */
  long firstNs() {
    return firstNs;
  }

  long lastNs() {
    return lastNs;
  }

  int pulse() {
    return numbers[0];
  }

  int spo2() {
    return numbers[1];
  }

  int status() {
    return numbers[2];
  }

  int batteryStatus() {
    return numbers[3];
  }

  String inWords() {
    return numbers.length == 0 ? values.toString() : OXIMETER_KEYS + " " + Arrays.toString(numbers);
  }

  Map<String, String> values() {
    return values;
  }

  int[] samples() {
    return samples;
  }

  /**
   * A reading has been made of it.
   *
   * @param what one bit
   * @return whether it is the first of its kind
   */
  boolean claim(int what) {
    boolean first = (claims & what) == 0;
    claims |= what;
    return first;
  }

  boolean claimed(int what) {
    return (claims & what) != 0;
  }

  /** Whether all that it must give has been read of it. */
  boolean claimedFully() {
    return numbers.length == 0 ? claims != 0 : OximeterTruth.isAll(claims, status());
  }
}
