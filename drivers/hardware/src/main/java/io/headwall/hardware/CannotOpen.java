package io.headwall.hardware;

import java.nio.file.Path;

/** Why a port is not opened, in words for an engineer, with what to do about it. */
final class CannotOpen extends Exception {

  private static final long serialVersionUID = 1;

  private final String words;

  CannotOpen(String words) {
    super(words);
    this.words = words;
  }

  String words() {
    return words;
  }

  /** The words for what open(2) or the set-up of a node answered. */
  static CannotOpen node(Path node, int errno) {
    return new CannotOpen(
        switch (errno) {
          case UnixLibc.ENOENT -> "no such device: is the adapter plugged in?";
          case UnixLibc.ENXIO, UnixLibc.ENODEV, UnixLibc.EIO ->
              "nothing answers behind " + node + ": is the adapter plugged in?";
          case UnixLibc.EACCES, UnixLibc.EPERM ->
              "permission denied for " + node + ": add the user to group dialout";
          case UnixLibc.EBUSY, UnixLibc.EAGAIN ->
              node + " is in use by another process, which keeps it to itself: end that";
          case UnixLibc.EINVAL ->
              "the driver of " + node + " does not take the settings: check baud, bits and parity";
          default -> node + " does not open: system error " + errno;
        });
  }
}
