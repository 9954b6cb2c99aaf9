package io.headwall.spi.link;

import io.headwall.spi.driver.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that may ever leave a port: the declared queries of its driver, each with its rate.
 * Checks the bytes themselves, below the driver. Owned by the port's thread.
 */
public final class AllowList {

  private final List<Entry> entries = new ArrayList<>();

  /**
   * Allows instances of these.
   *
   * @param queries empty for a port that only listens
   */
  public AllowList(List<? extends Query> queries) {
    for (Query query : queries) entries.add(new Entry(query));
  }

  /** What is to be done with a transmission. */
  public Verdict judge(long nowNs, byte[] bytes) {
    @Nullable String tooOften = null;
    for (Entry entry : entries) {
      if (!entry.query.template().matches(bytes)) continue;
      if (entry.takeToken(nowNs)) return new Verdict(ByteLink.SendResult.SENT, entry.query.name());
      tooOften = entry.query.name();
    }
    if (tooOften != null) return new Verdict(ByteLink.SendResult.TOO_OFTEN, tooOften);
    return new Verdict(ByteLink.SendResult.REFUSED, "");
  }

  /**
   * A judgement.
   *
   * @param result SENT where the bytes may leave
   * @param query name of the query they are an instance of; empty for none
   */
  public record Verdict(ByteLink.SendResult result, String query) {}

  /** One query and its token bucket. */
  private static final class Entry {
    private final Query query;
    private final long tokenNs;
    private long fullAtNs = Long.MIN_VALUE;

    Entry(Query query) {
      this.query = query;
      this.tokenNs = Math.ceilDiv(query.template().perNs(), query.template().burst());
    }

    /**
     * The bucket as the time at which it is full again: each transmission moves that by one token.
     */
    boolean takeToken(long nowNs) {
      long full = Math.max(fullAtNs, nowNs);
      if (full + tokenNs - nowNs > tokenNs * query.template().burst()) return false;
      fullAtNs = full + tokenNs;
      return true;
    }
  }
}
