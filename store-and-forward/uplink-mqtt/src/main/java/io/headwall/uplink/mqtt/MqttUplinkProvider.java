package io.headwall.uplink.mqtt;

import io.headwall.spi.driver.DriverOption;
import io.headwall.store.Uplink;
import io.headwall.store.UplinkProvider;
import java.util.List;

/** Uplinks of kind {@code mqtt}: MQTT 5, QoS 1, SenML. */
public final class MqttUplinkProvider implements UplinkProvider {

  @Override
  public String kind() {
    return "mqtt";
  }

  @Override
  public List<DriverOption> options() {
    return MqttSettings.OPTIONS;
  }

  @Override
  public Uplink open(Setup setup) {
    return new MqttUplink(setup, MqttSettings.of(setup));
  }
}
