package io.headwall.spi.link;

/** How the path to a device is set up. */
public sealed interface LinkSettings {

  /**
   * A serial line. Software flow control is never used: some protocols send its bytes as data.
   *
   * @param baud bits a second
   * @param dataBits 7 or 8
   * @param stopBits 1 or 2
   * @param rtsCts hardware flow control
   */
  record Serial(int baud, int dataBits, Parity parity, int stopBits, boolean rtsCts)
      implements LinkSettings {
    public static final int BAUD_MIN = 300;
    public static final int BAUD_MAX = 921_600;

    public Serial {
      if (baud < BAUD_MIN || baud > BAUD_MAX) throw new IllegalArgumentException("baud " + baud);
      if (dataBits != 7 && dataBits != 8)
        throw new IllegalArgumentException("data bits " + dataBits);
      if (stopBits != 1 && stopBits != 2)
        throw new IllegalArgumentException("stop bits " + stopBits);
    }

    /** 8 data bits, no parity, 1 stop bit, no flow control. */
    public static Serial eightNone1(int baud) {
      return new Serial(baud, 8, Parity.NONE, 1, false);
    }

    /** As engineers write it: {@code 9600 8N1}. */
    public String inWords() {
      return baud
          + " "
          + dataBits
          + parity.name().charAt(0)
          + stopBits
          + (rtsCts ? " RTS/CTS" : "");
    }
  }

  /** Datagrams over UDP: each read is one datagram. */
  record Datagrams(int remotePort) implements LinkSettings {}

  /** Parity bit of a serial line. */
  enum Parity {
    NONE,
    EVEN,
    ODD,
    MARK,
    SPACE
  }
}
