package io.headwall.uplink.mqtt;

import io.headwall.format.SenmlEncoding;
import io.headwall.spi.driver.DriverOption;
import io.headwall.spi.driver.DriverOption.Choice;
import io.headwall.spi.driver.DriverOption.Line;
import io.headwall.spi.driver.DriverOption.Switch;
import io.headwall.spi.driver.DriverOption.Whole;
import io.headwall.spi.driver.OptionValues;
import io.headwall.store.UplinkProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about one broker, checked.
 *
 * @param broker where it is
 * @param clientId MQTT client id
 * @param username empty for none
 * @param password null for none
 * @param encoding form of the payload
 * @param keepAliveS longest silence before the connection is asked for life, twice
 * @param window most messages in flight
 * @param subscriberNeeded whether a message that nobody subscribed to counts as not delivered
 */
record MqttSettings(
    Broker broker,
    String clientId,
    String username,
    byte @Nullable [] password,
    SenmlEncoding encoding,
    int keepAliveS,
    int window,
    boolean subscriberNeeded) {

  static final List<DriverOption> OPTIONS =
      List.of(
          new Line("url", "", true, "Broker: mqtt://host:port, or mqtts://host:port for TLS."),
          new Line("client_id", "", false, "MQTT client id; empty: the box's EUI-64."),
          new Line("username", "", false, "User name at the broker; empty: none."),
          new Line("password_file", "", false, "File that holds the password on one line."),
          new Line("ca_file", "", false, "PEM of the CAs to trust; empty: the public ones."),
          new Line("cert_file", "", false, "PEM of the box's certificate and its issuers."),
          new Line("key_file", "", false, "PEM of the certificate's key, PKCS#8."),
          new Choice("format", "cbor", List.of("cbor", "json"), "Form of the SenML payload."),
          new Whole("keep_alive_s", 20, 5, 300, "Silence after which the broker is asked."),
          new Whole("window", 50, 1, 1000, "Most messages in flight."),
          new Switch(
              "no_subscriber_is_failure",
              false,
              "Whether a message without a subscriber counts as not delivered."));

  private static final int PORT_PLAIN = 1883;
  private static final int PORT_TLS = 8883;
  private static final int PORT_MAX = 65_535;

  /**
   * Where a broker is.
   *
   * @param host name or address, IPv6 without brackets
   * @param tls null for plain TCP
   */
  record Broker(String host, int port, @Nullable SSLSocketFactory tls) {

    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }
  }

  /**
   * Reads options and the files that they name.
   *
   * @throws IllegalArgumentException naming the option and the fix
   */
  static MqttSettings of(UplinkProvider.Setup setup) {
    OptionValues options = setup.options();
    String clientId = options.text("client_id");
    return new MqttSettings(
        broker(options),
        clientId.isBlank() ? setup.origin().toString() : clientId,
        options.text("username"),
        password(options.text("password_file")),
        SenmlEncoding.valueOf(options.text("format").toUpperCase(Locale.ROOT)),
        (int) options.whole("keep_alive_s"),
        (int) options.whole("window"),
        options.isOn("no_subscriber_is_failure"));
  }

  private static Broker broker(OptionValues options) {
    String url = options.text("url");
    URI uri;
    try {
      uri = new URI(url.strip());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("url cannot be read: " + e.getMessage(), e);
    }
    boolean tls = isTls(url, uri.getScheme());
    String path = uri.getRawPath();
    if (uri.getHost() == null || (path != null && !path.isEmpty() && !path.equals("/"))) {
      throw new IllegalArgumentException("url must be scheme://host:port, not " + url);
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "url holds more than host and port: use username and password_file");
    }
    int port = uri.getPort() < 0 ? (tls ? PORT_TLS : PORT_PLAIN) : uri.getPort();
    if (port < 1 || port > PORT_MAX) throw new IllegalArgumentException("url has port " + port);
    if (!tls) requireNoTlsFiles(options);
    return new Broker(
        uri.getHost().replaceAll("[\\[\\]]", ""), port, tls ? TlsFiles.open(options) : null);
  }

  private static boolean isTls(String url, @Nullable String scheme) {
    return switch (scheme == null ? "" : scheme.toLowerCase(Locale.ROOT)) {
      case "tcp", "mqtt" -> false;
      case "ssl", "mqtts" -> true;
      default ->
          throw new IllegalArgumentException("url must begin with mqtt:// or mqtts://, not " + url);
    };
  }

  /** Somebody who gives certificates expects TLS: never send in the clear then. */
  private static void requireNoTlsFiles(OptionValues options) {
    for (String key : List.of("ca_file", "cert_file", "key_file")) {
      if (!options.text(key).isBlank()) {
        throw new IllegalArgumentException(key + " is given, but url is not mqtts://");
      }
    }
  }

  private static byte @Nullable [] password(String file) {
    if (file.isBlank()) return null;
    try {
      return Files.readString(Path.of(file)).strip().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException("password_file cannot be read: " + e, e);
    }
  }
}
