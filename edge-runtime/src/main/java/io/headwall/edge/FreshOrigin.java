package io.headwall.edge;

import io.headwall.store.Origin;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Enumeration;
import java.util.random.RandomGenerator;

/**
 * An EUI-64 for a box that has none yet: from the hardware address of its first wired network
 * interface, or a random one marked as locally administered.
 */
final class FreshOrigin {

  private static final long LOCAL_BIT = 0x02L << 56;
  private static final long GROUP_BIT = 0x01L << 56;

  private FreshOrigin() {}

  static Origin of(RandomGenerator random) {
    try {
      Enumeration<NetworkInterface> all = NetworkInterface.getNetworkInterfaces();
      while (all != null && all.hasMoreElements()) {
        NetworkInterface one = all.nextElement();
        byte[] mac = one.getHardwareAddress();
        if (mac != null && mac.length == 6 && (mac[0] & 3) == 0) return fromMac(mac);
      }
    } catch (SocketException e) {
      // No interface can be asked: a random address does as well.
    }
    return new Origin((random.nextLong() | LOCAL_BIT) & ~GROUP_BIT);
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
