package io.headwall.uplink.mqtt;

/** What a session reports to its owner. */
public sealed interface SessionEvent {

  /**
   * The broker has let us in.
   *
   * @param receiveMaximum most messages that it takes unacknowledged
   * @param packetBytesMax longest packet that it takes
   * @param keepAliveS keep-alive that it wants; negative where it takes ours
   * @param qosMax highest quality of service that it offers
   */
  record Connected(int receiveMaximum, long packetBytesMax, int keepAliveS, int qosMax)
      implements SessionEvent {}

  /**
   * A message was answered.
   *
   * @param code reason code of the PUBACK
   * @param said its reason string; empty for none
   */
  record Answered(Outgoing message, int code, String said) implements SessionEvent {}

  /** The session is over, or never began. */
  record Over(String reason) implements SessionEvent {}
}
