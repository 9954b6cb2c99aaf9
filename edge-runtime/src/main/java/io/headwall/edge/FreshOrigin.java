package io.headwall.edge;

import io.headwall.store.Origin;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The EUI-64 under which a box begins an epoch: the one on file as long as it can be this box's;
 * else from the hardware address of its first network interface, or a random one marked as locally
 * administered.
 */
final class FreshOrigin {

  private static final long LOCAL_BIT = 0x02L << 56;
  private static final long GROUP_BIT = 0x01L << 56;

  private FreshOrigin() {}

  /**
   * Of this machine.
   *
   * @param onFile the number on the card; null for none
   */
  static Origin forEpoch(@Nullable Origin onFile, RandomGenerator random) {
    return forEpoch(onFile, macs(), random);
  }

  /**
   * The number on file unless it is of another machine: then the card has moved. What it holds
   * keeps its number. A made-up one belongs to the card, and a machine that shows no address cannot
   * say that another is not its own.
   */
  static Origin forEpoch(@Nullable Origin onFile, List<byte[]> macs, RandomGenerator random) {
    if (onFile == null) return of(macs, random);
    boolean madeUp = (onFile.eui64() & LOCAL_BIT) != 0;
    boolean own = macs.stream().anyMatch(m -> m.length == 6 && fromMac(m).equals(onFile));
    boolean nameless = macs.stream().noneMatch(FreshOrigin::isMakers);
    return madeUp || own || nameless ? onFile : of(macs, random);
  }

  private static List<byte[]> macs() {
    List<byte[]> macs = new ArrayList<>();
    try {
      for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        byte[] mac = one.getHardwareAddress();
        if (mac != null) macs.add(mac);
      }
    } catch (SocketException e) {
      Logger.warn("no network interface can be asked for its address: {}", e.toString());
    }
    return macs;
  }

  /** From the first address that its maker gave out, or a random one. */
  static Origin of(List<byte[]> macs, RandomGenerator random) {
    for (byte[] mac : macs) if (isMakers(mac)) return fromMac(mac);
    return new Origin((random.nextLong() | LOCAL_BIT) & ~GROUP_BIT);
  }

  /** Six bytes, neither local nor of a group, and not the zeros of an interface without one. */
  private static boolean isMakers(byte[] mac) {
    return mac.length == 6 && (mac[0] & 3) == 0 && !Arrays.equals(mac, new byte[6]);
  }

  /** EUI-64 of a 48-bit address: FFFE between maker and serial part (IEEE EUI guidelines). */
  static Origin fromMac(byte[] mac) {
    long eui = 0;
    for (int i = 0; i < 3; i++) eui = eui << 8 | (mac[i] & 0xFF);
    eui = eui << 16 | 0xFFFE;
    for (int i = 3; i < 6; i++) eui = eui << 8 | (mac[i] & 0xFF);
    return new Origin(eui);
  }
}
