package io.headwall.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code headwall store resend} beside a running box. */
final class ResendTest {

  private static final Pattern ASKED = Pattern.compile("(\\d+) readings go to cis again\\R");

  private static final int SAVED_S_MAX = 30;

  @TempDir Path folder;

  @Test
  void whatWasDeliveredComesOnceMoreAndIsTheSame() throws Exception {
    BoxProcess box = BoxProcess.in(Bed.boxFolder(folder));
    try (Bed bed = Bed.full(folder, box)) {
      box.start();
      box.awaitUp();
      bed.awaitDelivered();
      long before = bed.subscriber.repeated();
      long asked = awaitAsked(box);
      assertTrue(asked > 100, asked + " readings");
      Wait.until(
          asked + " readings come once more",
          Duration.ofSeconds(30),
          () -> bed.subscriber.repeated() - before >= asked);
      bed.quiesce();
      Verdict verdict = Verdict.of(StoreReadout.all(box.store()), bed.subscriber.readings());
      assertEquals(0, box.stop(Duration.ofSeconds(5)));
      assertTrue(verdict.clean(), verdict.toString());
      assertEquals(asked, bed.subscriber.repeated() - before, "each comes once more, no other");
      assertEquals(List.of(), bed.subscriber.conflicts());
      assertEquals(List.of(), bed.subscriber.refused());
    }
  }

  /** What is delivered is saved every 10 s: before that there is nothing to ask for. */
  private static long awaitAsked(BoxProcess box) throws IOException {
    String said = "";
    for (int s = 0; s < SAVED_S_MAX; s++) {
      BoxProcess.Answer answer = resend(box);
      assertEquals(0, answer.exit(), answer.text());
      Matcher asked = ASKED.matcher(answer.text());
      if (asked.find()) return Long.parseLong(asked.group(1));
      said = answer.text();
      Wait.ms(1000);
    }
    throw new AssertionError("nothing to be sent again: " + said);
  }

  private static BoxProcess.Answer resend(BoxProcess box) throws IOException {
    String config = box.configFile().toString();
    String from = "2000-01-01T00:00:00Z";
    String to = "2100-01-01T00:00:00Z";
    return box.run("store", "resend", "-c", config, "--from", from, "--to", to);
  }
}
