package io.headwall.edge;

import io.headwall.store.Origin;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * An EUI-64 for a box that has none yet: from the hardware address of its first network interface,
 * or a random one marked as locally administered.
 */
final class FreshOrigin {

  private static final long LOCAL_BIT = 0x02L << 56;
  private static final long GROUP_BIT = 0x01L << 56;

  private FreshOrigin() {}

  /** Of this machine. */
  static Origin of(RandomGenerator random) {
    List<byte[]> macs = new ArrayList<>();
    try {
      for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        byte[] mac = one.getHardwareAddress();
        if (mac != null) macs.add(mac);
      }
    } catch (SocketException e) {
      Logger.warn("no network interface can be asked for its address: {}", e.toString());
    }
    return of(macs, random);
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
