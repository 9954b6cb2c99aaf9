package io.headwall.uplink.mqtt;

import java.util.Map;

/** Reason codes of MQTT 5 (section 2.4) in words, as far as a broker may send them to us. */
final class ReasonCode {

  /** Accepted, and nobody has subscribed. */
  static final int NO_SUBSCRIBER = 0x10;

  /** Codes from here on are refusals. */
  static final int FAILURE_MIN = 0x80;

  /** Codes are one octet. */
  static final int CODE_MAX = 0xff;

  private static final Map<Integer, String> WORDS =
      Map.ofEntries(
          Map.entry(NO_SUBSCRIBER, "nobody has subscribed"),
          Map.entry(0x80, "unspecified error"),
          Map.entry(0x81, "malformed packet"),
          Map.entry(0x82, "protocol error"),
          Map.entry(0x83, "implementation specific error"),
          Map.entry(0x84, "the broker does not speak MQTT 5"),
          Map.entry(0x85, "client_id is not allowed"),
          Map.entry(0x86, "wrong username or password"),
          Map.entry(0x87, "not authorized: check the broker's access list"),
          Map.entry(0x88, "broker unavailable"),
          Map.entry(0x89, "broker busy"),
          Map.entry(0x8A, "banned"),
          Map.entry(0x8B, "broker is shutting down"),
          Map.entry(0x8C, "bad authentication method"),
          Map.entry(0x8D, "keep-alive time-out"),
          Map.entry(0x8E, "another client took over client_id: it must be unique"),
          Map.entry(0x90, "topic name invalid"),
          Map.entry(0x93, "receive maximum exceeded"),
          Map.entry(0x95, "packet too large"),
          Map.entry(0x96, "message rate too high"),
          Map.entry(0x97, "quota exceeded"),
          Map.entry(0x98, "administrative action"),
          Map.entry(0x99, "payload format invalid"),
          Map.entry(0x9A, "the broker keeps no retained messages, and status needs one"),
          Map.entry(0x9B, "the broker offers no QoS 1"),
          Map.entry(0x9C, "use another server"),
          Map.entry(0x9D, "server moved"),
          Map.entry(0x9F, "connection rate exceeded"));

  private ReasonCode() {}

  /**
   * A code in words.
   *
   * @param said what the broker adds; empty for nothing
   */
  static String inWords(int code, String said) {
    String words = WORDS.getOrDefault(code, "reason");
    return "%s (0x%02X%s)".formatted(words, code, said.isEmpty() ? "" : ", " + said);
  }
}
