package io.headwall.uplink.mqtt;

import io.headwall.uplink.mqtt.MqttSettings.Broker;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/** Failures of the line in words that name the cause and the fix. */
final class Trouble {

  private Trouble() {}

  /**
   * Why the line to the broker failed.
   *
   * @param unanswered whether CONNECT was sent and nothing came back
   */
  static String inWords(Throwable failure, Broker broker, boolean unanswered) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String words =
          switch (t) {
            case UnknownHostException e ->
                "no address is known for " + broker.host() + ": check the name and this box's DNS";
            case ConnectException e ->
                broker
                    + " cannot be reached: is the broker running, is the port right? ("
                    + e.getMessage()
                    + ")";
            case NoRouteToHostException e ->
                broker + " cannot be reached: check this box's network (" + e.getMessage() + ")";
            case SocketTimeoutException e -> broker + " does not answer";
            case EOFException e -> closed(broker, unanswered);
            case SocketException e -> closed(broker, unanswered) + " (" + e.getMessage() + ")";
            case CertificateExpiredException e ->
                "the broker's certificate has expired: renew it, or set this box's clock ("
                    + e.getMessage()
                    + ")";
            case CertificateNotYetValidException e ->
                "the broker's certificate is not valid yet: set this box's clock ("
                    + e.getMessage()
                    + ")";
            case CertPathBuilderException e when e.getCause() == null -> unknownAuthority(e);
            case CertPathValidatorException e when e.getCause() == null -> unknownAuthority(e);
            case CertificateException e when e.getCause() == null ->
                "the broker's certificate is not for "
                    + broker.host()
                    + ": use the name that it bears in url, or add this one to it ("
                    + e.getMessage()
                    + ")";
            case SSLException e when e.getCause() == null -> tls(e, broker);
            default -> null;
          };
      if (words != null) return words;
    }
    return failure.toString();
  }

  /** In TLS 1.3 a broker judges a box's certificate after the handshake has succeeded for us. */
  private static String closed(Broker broker, boolean unanswered) {
    String closed = broker + " closed the connection";
    if (!unanswered) return closed;
    return broker.tls() == null
        ? closed + " instead of answering: is it MQTT at that port, or does it want TLS (mqtts://)?"
        : closed
            + " after the TLS handshake: check that cert_file and key_file are given and issued by"
            + " a CA that the broker trusts";
  }

  private static String unknownAuthority(Throwable t) {
    return "the broker's certificate is not signed by a CA of ca_file: give the CA that issued it"
        + " ("
        + t.getMessage()
        + ")";
  }

  private static String tls(SSLException e, Broker broker) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("fatal alert")) {
      return "the broker refuses this box in TLS: check that cert_file and key_file are given and"
          + " issued by a CA that the broker trusts ("
          + message
          + ")";
    }
    if (message.contains("Unsupported or unrecognized SSL message")) {
      return broker + " does not speak TLS: use mqtt:// or another port";
    }
    return "TLS failed: " + message;
  }
}
