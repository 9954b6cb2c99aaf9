package io.headwall.uplink.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.headwall.spi.driver.OptionValues;
import io.headwall.store.UplinkProvider;
import io.headwall.store.UplinkProvider.Setup;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MqttSettingsTest {

  @Test
  void theProviderIsFound() {
    assertTrue(
        ServiceLoader.load(UplinkProvider.class).stream()
            .anyMatch(p -> p.get().kind().equals("mqtt")));
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt://broker, broker:1883, false",
    "tcp://10.0.0.1:1884/, 10.0.0.1:1884, false",
    "mqtts://broker.icu.example, broker.icu.example:8883, true",
    "SSL://[::1]:99, [::1]:99, true",
  })
  void readsUrls(String url, String broker, boolean tls) {
    MqttSettings settings = settings(Map.of("url", url));
    assertEquals(broker, settings.broker().toString());
    assertEquals(tls, settings.broker().tls() != null);
  }

  @Test
  void theClientIdIsTheBox() {
    assertEquals("02005efffe000001", settings(Map.of("url", "mqtt://b")).clientId());
    assertEquals("x", settings(Map.of("url", "mqtt://b", "client_id", "x")).clientId());
  }

  @ParameterizedTest
  @CsvSource({
    "url, broker:1883, must begin with mqtt://",
    "url, http://broker, must begin with mqtt://",
    "url, mqtt://, cannot be read",
    "url, mqtt://broker:0, port 0",
    "url, mqtt://broker:70000, port 70000",
    "url, mqtt://user:secret@broker, use username and password_file",
    "url, mqtt://broker/path, must be scheme://host:port",
    "ca_file, /x, url is not mqtts://",
    "password_file, /nowhere/at/all, password_file cannot be read",
    "keep_alive_s, 4, from 5 to 300",
    "window, 0, from 1 to 1000",
    "format, xml, must be one of cbor",
  })
  void namesWhatCannotWork(String key, String value, String words) {
    Map<String, String> options = new HashMap<>(Map.of("url", "mqtt://broker"));
    options.put(key, value);
    var e = assertThrows(IllegalArgumentException.class, () -> settings(options));
    assertTrue(e.toString().contains(words), e.toString());
  }

  private static MqttSettings settings(Map<String, String> options) {
    return MqttSettings.of(
        new Setup(
            "main",
            OptionValues.of(MqttSettings.OPTIONS, options),
            "headwall",
            UplinkDriver.BOX,
            UplinkDriver.BED,
            UplinkDriver.BED,
            RandomGenerator.getDefault(),
            () -> {}));
  }
}
