package io.headwall.model;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to open a simulated port with.
 *
 * @param name of the device in what it said
 * @param model the device
 * @param link symbolic link to the port, remade at every plug; null for none
 * @param scripts what is to happen to it
 * @param truth hears the values of each message, on the port's thread; it must not block
 */
public record PortPlan(
    String name,
    DeviceModel model,
    @Nullable Path link,
    List<Script> scripts,
    Consumer<List<Said>> truth) {

  public PortPlan {
    scripts = List.copyOf(scripts);
  }
}
