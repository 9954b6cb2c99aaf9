package io.headwall.rig;

import java.nio.file.Path;
import java.util.List;

/**
 * A configuration for a box under test.
 *
 * @param brokerPort MQTT port on loopback
 * @param ports what is attached
 * @param store further lines of the table of the store
 */
public record BoxConfig(
    String unit, String bed, int brokerPort, List<PortConfig> ports, String store) {

  public BoxConfig {
    ports = List.copyOf(ports);
  }

  /** With a store as it is by default. */
  public BoxConfig(String unit, String bed, int brokerPort, List<PortConfig> ports) {
    this(unit, bed, brokerPort, ports, "");
  }

  /**
   * One port.
   *
   * @param lines further lines of its table
   */
  public record PortConfig(String name, Path device, String driver, String lines) {}

  /** The file's text; everything that the box writes goes into {@code folder}. */
  String toml(Path folder) {
    StringBuilder text = new StringBuilder();
    text.append("environment = \"test\"\n");
    text.append("[place]\nunit = \"").append(unit).append("\"\n");
    text.append("bed = \"").append(bed).append("\"\n");
    text.append("[store]\nfolder = \"").append(folder.resolve("store")).append("\"\n");
    text.append(store);
    text.append("[runtime]\nfolder = \"").append(folder.resolve("run")).append("\"\n");
    text.append("[time]\ntrust = \"host\"\n");
    for (PortConfig port : ports) {
      text.append("[[port]]\nname = \"").append(port.name()).append("\"\n");
      text.append("device = \"").append(port.device()).append("\"\n");
      text.append("driver = \"").append(port.driver()).append("\"\n");
      text.append(port.lines());
    }
    text.append("[[uplink]]\nname = \"cis\"\nkind = \"mqtt\"\n");
    text.append("url = \"mqtt://127.0.0.1:").append(brokerPort).append("\"\n");
    text.append("keep_alive_s = 5\n");
    // The rig's subscriber may come back after the box: until then nobody has a message.
    text.append("no_subscriber_is_failure = true\n");
    return text.toString();
  }
}
