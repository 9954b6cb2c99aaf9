package io.headwall.rig;

import java.io.IOException;
import java.nio.file.Path;

/** A real MQTT broker on loopback that can be taken away and brought back. */
public interface Broker extends AutoCloseable {

  /**
   * The system property that chooses: {@code hivemq} (default, in this JVM) or {@code mosquitto}.
   */
  String CHOICE = "headwall.broker";

  /** A broker of the kind that {@link #CHOICE} names, running. */
  static Broker start(Path folder) throws IOException {
    String choice = System.getProperty(CHOICE, "hivemq");
    return switch (choice) {
      case "hivemq" -> new HiveBroker(folder);
      case "mosquitto" -> new Mosquitto(folder);
      default ->
          throw new IllegalArgumentException(CHOICE + " is hivemq or mosquitto, not " + choice);
    };
  }

  int port();

  /** Ends it; connections break. */
  void takeAway();

  /** Starts it again at the same port. It has forgotten everything. */
  void bringBack();

  @Override
  void close();
}
