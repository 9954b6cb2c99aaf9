package io.headwall.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.headwall.spi.link.ByteLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A link that does as the test says: text arrives, the line goes down, a call hangs. */
final class ScriptedLink implements ByteLink {

  private static final String DOWN_MARK = "\0down";

  final List<String> sent = new ArrayList<>();
  final Semaphore opens = new Semaphore(0);
  final Semaphore reads = new Semaphore(0);
  final CountDownLatch released = new CountDownLatch(1);
  private final Queue<String> arriving = new ConcurrentLinkedQueue<>();
  volatile @Nullable String whyClosed;
  volatile SendResult sendResult = SendResult.SENT;
  volatile boolean hangs;
  volatile String always = "";
  int openings;
  boolean isOpen;

  void arrives(String text) {
    arriving.add(text);
  }

  void goesDown() {
    arriving.add(DOWN_MARK);
  }

  @Override
  public @Nullable String open() {
    openings++;
    opens.release();
    if (whyClosed == null) isOpen = true;
    return whyClosed;
  }

  @Override
  public int read(byte[] buffer) {
    reads.release();
    if (hangs) hang();
    String text = arriving.poll();
    if (text == null) text = always;
    if (text.equals(DOWN_MARK)) return DOWN;
    byte[] bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, buffer, 0, bytes.length);
    return bytes.length;
  }

  private void hang() {
    boolean interrupted = false;
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  @Override
  public SendResult send(long nowNs, byte[] bytes) {
    sent.add(new String(bytes, US_ASCII));
    return sendResult;
  }

  @Override
  public void close() {
    isOpen = false;
  }
}
