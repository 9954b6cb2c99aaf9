package io.headwall.format;

import io.headwall.store.Origin;
import io.headwall.store.Pack;
import io.headwall.store.Place;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where messages go: {@code <root>/v1/<unit>/<bed>/<eui64>/<stream>}, or {@code
 * <root>/v1/unassigned/<eui64>/<stream>} of a box without a bed label. A topic in MQTT, a path in
 * CoAP.
 *
 * @param root {@code headwall}, {@code headwall-test} or {@code headwall-training}
 * @param place unit and bed at the time of measurement
 * @param box the box that sends
 * @param stream last level
 */
public record WirePath(String root, Place place, Origin box, Stream stream) {

  private static final String VERSION = "v1";
  private static final String UNASSIGNED = "unassigned";
  private static final String PLAIN = "-._~";
  private static final int LEVELS_ASSIGNED = 6;
  private static final int LEVELS_UNASSIGNED = 5;

  /** The streams of a box. */
  public enum Stream {
    ALARM,
    LIVE,
    WAVEFORM,
    HISTORY,
    STATUS;

    public static Stream of(Pack.Kind kind) {
      return switch (kind) {
        case ALARM -> ALARM;
        case LIVE -> LIVE;
        case WAVEFORM -> WAVEFORM;
        case HISTORY -> HISTORY;
      };
    }
  }

  @Override
  public String toString() {
    String where = place.assigned() ? escape(place.unit()) + '/' + escape(place.bed()) : UNASSIGNED;
    return String.join("/", root, VERSION, where, box.toString(), Words.of(stream));
  }

  /** Reads a path; null if it is none of this contract. */
  public static @Nullable WirePath parse(String path) {
    String[] level = path.split("/", -1);
    boolean assigned = level.length == LEVELS_ASSIGNED;
    if (!assigned && (level.length != LEVELS_UNASSIGNED || !level[2].equals(UNASSIGNED))) {
      return null;
    }
    try {
      Place place = assigned ? new Place(unescape(level[2]), unescape(level[3])) : Place.UNASSIGNED;
      var read =
          new WirePath(
              level[0],
              place,
              Origin.parse(level[level.length - 2]),
              Words.read(Stream.class, level[level.length - 1]));
      return read.toString().equals(path) ? read : null;
    } catch (IllegalArgumentException | SenmlException | CharacterCodingException e) {
      return null;
    }
  }

  /** Percent-encodes the UTF-8 octets of all but ASCII letters, digits and {@code - . _ ~}. */
  private static String escape(String label) {
    StringBuilder escaped = new StringBuilder();
    for (byte octet : label.getBytes(StandardCharsets.UTF_8)) {
      if (plain(octet)) escaped.append((char) octet);
      else escaped.append(String.format(Locale.ROOT, "%%%02X", octet));
    }
    return escaped.toString();
  }

  private static boolean plain(byte octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || PLAIN.indexOf(octet) >= 0;
  }

  private static String unescape(String level) throws CharacterCodingException {
    var octets = new ByteArrayOutputStream();
    for (int i = 0; i < level.length(); i++) {
      if (level.charAt(i) == '%') {
        if (i + 2 >= level.length()) throw new IllegalArgumentException(level);
        octets.write(Integer.parseInt(level, i + 1, i + 3, 16));
        i += 2;
      } else {
        octets.write(level.charAt(i));
      }
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(octets.toByteArray()))
        .toString();
  }
}
