package io.headwall.uplink.mqtt;

import io.headwall.spi.driver.DriverOption;
import io.headwall.store.Uplink;
import io.headwall.store.UplinkProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Uplinks of kind {@code mqtt}: MQTT 5, QoS 1, SenML. */
public final class MqttUplinkProvider implements UplinkProvider {

  private final Session.@Nullable Opener sessions;

  /** Uplinks over TCP or TLS. */
  public MqttUplinkProvider() {
    this.sessions = null;
  }

  /** Uplinks over connections of another making, for a simulation. */
  public MqttUplinkProvider(Session.Opener sessions) {
    this.sessions = sessions;
  }

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
    MqttSettings settings = MqttSettings.of(setup);
    Session.Opener opener =
        sessions != null ? sessions : will -> new PahoSession(settings, will, setup.news());
    return new MqttUplink(setup, settings, opener);
  }
}
