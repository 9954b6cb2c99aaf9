package io.headwall.spi.bytes;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a protocol keeps reserved bytes out of a frame. */
public sealed interface Stuffing {

  /** Bytes as they are. */
  Stuffing NONE = new Plain();

  byte[] apply(byte[] plain);

  /** The plain bytes, or null where the stuffing is broken. */
  byte @Nullable [] undo(byte[] stuffed);

  /** No stuffing. */
  record Plain() implements Stuffing {
    @Override
    public byte[] apply(byte[] plain) {
      return plain.clone();
    }

    @Override
    public byte[] undo(byte[] stuffed) {
      return stuffed.clone();
    }
  }

  /**
   * One opening and one closing byte that stay; between them the reserved bytes become the escape
   * byte and the byte XOR {@code xor} (IrDA, HDLC).
   */
  record Escape(int open, int close, int escape, int xor) implements Stuffing {
    public Escape {
      for (int b : new int[] {open, close, escape}) {
        int sent = b ^ xor;
        if (sent == open || sent == close || sent == escape) {
          throw new IllegalArgumentException("an escaped byte is itself reserved");
        }
      }
    }

    @Override
    public byte[] apply(byte[] plain) {
      if (plain.length < 2) throw new IllegalArgumentException("no opening and closing byte");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(plain[0]);
      for (int i = 1; i < plain.length - 1; i++) {
        int b = plain[i] & 0xFF;
        if (reserved(b)) {
          out.write(escape);
          out.write(b ^ xor);
        } else {
          out.write(b);
        }
      }
      out.write(plain[plain.length - 1]);
      return out.toByteArray();
    }

    @Override
    public byte @Nullable [] undo(byte[] stuffed) {
      if (stuffed.length < 2) return null;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(stuffed[0]);
      for (int i = 1; i < stuffed.length - 1; i++) {
        int b = stuffed[i] & 0xFF;
        if (b == escape) {
          if (++i == stuffed.length - 1) return null;
          b = (stuffed[i] & 0xFF) ^ xor;
          if (!reserved(b)) return null;
        } else if (reserved(b)) {
          return null;
        }
        out.write(b);
      }
      out.write(stuffed[stuffed.length - 1]);
      return out.toByteArray();
    }

    private boolean reserved(int b) {
      return b == open || b == close || b == escape;
    }
  }

  /**
   * Each key byte becomes two: the lead byte of its pair and the second one (B. Braun BCC). A lead
   * byte is a key too, so that it never stands for itself.
   */
  record Pairs(Map<Byte, byte[]> pairs) implements Stuffing {
    public Pairs {
      pairs = Map.copyOf(pairs);
      for (byte[] pair : pairs.values()) {
        if (pair.length != 2 || !pairs.containsKey(pair[0])) {
          throw new IllegalArgumentException("a pair is two bytes, the lead byte a key");
        }
      }
    }

    @Override
    public byte[] apply(byte[] plain) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (byte b : plain) {
        byte[] pair = pairs.get(b);
        if (pair == null) out.write(b);
        else out.writeBytes(pair);
      }
      return out.toByteArray();
    }

    @Override
    public byte @Nullable [] undo(byte[] stuffed) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      int i = 0;
      while (i < stuffed.length) {
        byte b = stuffed[i++];
        if (isLead(b)) {
          Byte plain = i < stuffed.length ? plainOf(b, stuffed[i++]) : null;
          if (plain == null) return null;
          out.write(plain);
        } else if (pairs.containsKey(b)) {
          return null;
        } else {
          out.write(b);
        }
      }
      return out.toByteArray();
    }

    private boolean isLead(byte b) {
      return pairs.values().stream().anyMatch(p -> p[0] == b);
    }

    private @Nullable Byte plainOf(byte lead, byte second) {
      for (Map.Entry<Byte, byte[]> pair : pairs.entrySet()) {
        if (pair.getValue()[0] == lead && pair.getValue()[1] == second) return pair.getKey();
      }
      return null;
    }
  }
}
