package io.headwall.simulation;

import io.headwall.edge.Machine;
import io.headwall.store.Outbox;
import java.util.List;

/**
 * What a test may put between the appliance and its world, to see whether the checkers notice. Does
 * nothing by itself.
 */
class Tampering {

  /** What the appliance is given for its outbox. */
  Outbox outbox(Outbox real) {
    return real;
  }

  /** What the appliance is given for its epochs. */
  Machine.Epochs epochs(Machine.Epochs real) {
    return real;
  }

  /** The receiver. */
  Consumer consumer(List<String> devices) {
    return new Consumer(devices);
  }
}
