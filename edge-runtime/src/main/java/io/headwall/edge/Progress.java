package io.headwall.edge;

import io.headwall.store.BlockKey;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Tells a person at a terminal how far a long command has come; silent elsewhere. */
final class Progress {

  private static final int BLOCKS_BETWEEN = 1_000;
  private static final String WHEEL = "|/-\\";
  private static final String CLEAR = "\r\033[K";

  private final PrintWriter out;
  private final boolean shown;
  private long blocks;

  /** On standard error, as long as a person sits there. */
  Progress(PrintWriter err) {
    this(err, onTerminal());
  }

  Progress(PrintWriter out, boolean shown) {
    this.out = out;
    this.shown = shown;
  }

  /** Whether a person sees what is printed. */
  static boolean onTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /** Something without an end in sight goes on. */
  void busy(String what, long times) {
    show(what + " " + WHEEL.charAt((int) (times % WHEEL.length())));
  }

  /** A block is done. */
  void passed(BlockKey key) {
    if (++blocks % BLOCKS_BETWEEN != 0) return;
    show(String.format(Locale.ROOT, "%,d blocks, in epoch %d", blocks, key.epoch()));
  }

  /** Takes the line away again. */
  void end() {
    show("");
  }

  private void show(String text) {
    if (!shown) return;
    out.print(CLEAR + text);
    out.flush();
  }
}
