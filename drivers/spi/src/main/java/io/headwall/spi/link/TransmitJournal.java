package io.headwall.spi.link;

/** Keeps every byte that was sent or refused at a port. Called on the port's thread. */
public interface TransmitJournal {

  /**
   * Keeps one transmission, sent or not.
   *
   * @param port the port's name
   * @param query name of the query; empty where the bytes are no instance of any
   * @param bytes what was to be sent
   */
  void wrote(long nowNs, String port, String query, byte[] bytes, ByteLink.SendResult result);
}
