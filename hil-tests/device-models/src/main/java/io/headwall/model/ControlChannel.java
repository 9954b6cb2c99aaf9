package io.headwall.model;

import java.util.List;
import java.util.Locale;

/**
 * The lines that a rig writes to the simulator, and the one line with which each is answered.
 *
 * <pre>
 * fault NAME [ARGS]   any order of the device              ok fault NAME [ARGS]
 * unplug              cable out                            ok unplug
 * plug                cable in                             ok plug /dev/pts/7
 * quit                end                                  ok quit
 * on DEVICE LINE      one of the above for one device only ok on DEVICE LINE
 * </pre>
 *
 * What cannot be done is answered by {@code error} and the reason. Without {@code on}, a line is
 * for all devices.
 */
final class ControlChannel {

  private final List<SimulatedPort> ports;

  /**
   * The answer to a line.
   *
   * @param quit whether the line asks for the end
   */
  record Answer(String text, boolean quit) {}

  ControlChannel(List<SimulatedPort> ports) {
    this.ports = List.copyOf(ports);
  }

  Answer obey(String line) {
    if (line.isBlank()) return error("an empty line");
    Order order = Order.parse(line);
    if (order.name().equals("quit")) return new Answer("ok quit", true);
    if (!order.name().equals("on")) return obey(order, ports, line);
    String device = order.arg(0, "");
    List<SimulatedPort> named = ports.stream().filter(p -> p.name().equals(device)).toList();
    if (named.isEmpty()) return error("no device " + device);
    if (order.args().size() < 2) return error("nothing to do");
    List<String> rest = order.args().subList(1, order.args().size());
    return obey(Order.parse(String.join(" ", rest)), named, line);
  }

  private static Answer obey(Order order, List<SimulatedPort> ports, String line) {
    String text =
        switch (order.name()) {
          case "fault" -> String.join(" ", order.args());
          case "unplug", "plug" -> order.name();
          default -> "";
        };
    if (text.isEmpty()) return error("fault NAME, unplug, plug, quit or on DEVICE ...");
    StringBuilder answer = new StringBuilder("ok ").append(line.strip());
    for (SimulatedPort port : ports) {
      if (!port.order(text)) return error(port.name() + " does not know: " + text);
      if (text.toLowerCase(Locale.ROOT).equals("plug")) {
        port.node().ifPresent(node -> answer.append(' ').append(node));
      }
    }
    return new Answer(answer.toString(), false);
  }

  private static Answer error(String reason) {
    return new Answer("error " + reason, false);
  }
}
