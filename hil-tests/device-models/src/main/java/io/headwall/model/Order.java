package io.headwall.model;

import java.util.List;
import java.util.Locale;

/**
 * Something a rig, a scenario or a person orders of a simulated device: a word and its arguments.
 */
public record Order(String name, List<String> args) {

  public Order {
    if (name.isEmpty()) throw new IllegalArgumentException("an order has a name");
    args = List.copyOf(args);
  }

  /** Reads {@code "alarm f110 HIGH"}; blanks part the words, the first word is the name. */
  public static Order parse(String text) {
    List<String> words = List.of(text.strip().split("\\s+", -1));
    return new Order(words.getFirst().toLowerCase(Locale.ROOT), words.subList(1, words.size()));
  }

  /** The argument at {@code index} from 0, or {@code otherwise} when there are fewer. */
  String arg(int index, String otherwise) {
    return index < args.size() ? args.get(index) : otherwise;
  }

  /** The order as it is written. */
  public String text() {
    return args.isEmpty() ? name : name + " " + String.join(" ", args);
  }
}
