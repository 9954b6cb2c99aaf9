package io.headwall.spi.driver;

import java.util.Map;
import java.util.TreeMap;

/**
 * Frames understood and frames refused, by reason.
 *
 * @param frames good frames
 * @param rejects refused frames by reason; reasons are short words with hyphens
 * @param noiseBytes bytes outside any frame
 */
public record SessionCounts(long frames, Map<String, Long> rejects, long noiseBytes) {

  public static final SessionCounts ZERO = new SessionCounts(0, Map.of(), 0);

  public SessionCounts {
    rejects = Map.copyOf(rejects);
  }

  public long rejectsTotal() {
    return rejects.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Counts while a session runs. Owned by the port's thread. */
  public static final class Counter {
    private final Map<String, Long> rejects = new TreeMap<>();

    /** Shared by all counts since the last refused frame: they are asked for at each read. */
    private Map<String, Long> shown = Map.of();

    private long frames;
    private long noiseBytes;

    public void frame() {
      frames++;
    }

    public void reject(String reason) {
      rejects.merge(reason, 1L, Long::sum);
      shown = Map.copyOf(rejects);
    }

    public void noise(long bytes) {
      noiseBytes += bytes;
    }

    public SessionCounts counts() {
      return new SessionCounts(frames, shown, noiseBytes);
    }
  }
}
