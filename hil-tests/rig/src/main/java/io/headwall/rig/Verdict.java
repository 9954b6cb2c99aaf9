package io.headwall.rig;

import java.util.Map;

/**
 * What was committed held against what arrived.
 *
 * @param committed readings in the outbox
 * @param delivered of these, readings that arrived with the same content
 * @param lost committed readings that did not arrive
 * @param invented readings that arrived and are not in the outbox
 * @param altered readings that arrived with another content than was committed
 */
public record Verdict(long committed, long delivered, long lost, long invented, long altered) {

  public static Verdict of(Map<Identity, String> committed, Map<Identity, String> arrived) {
    long delivered = 0;
    long lost = 0;
    long altered = 0;
    for (Map.Entry<Identity, String> e : committed.entrySet()) {
      String there = arrived.get(e.getKey());
      if (there == null) lost++;
      else if (there.equals(e.getValue())) delivered++;
      else altered++;
    }
    long invented = arrived.keySet().stream().filter(k -> !committed.containsKey(k)).count();
    return new Verdict(committed.size(), delivered, lost, invented, altered);
  }

  public boolean clean() {
    return lost == 0 && invented == 0 && altered == 0;
  }
}
