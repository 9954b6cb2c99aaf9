package io.headwall.config;

import java.util.List;

/** What became of a configuration file. */
public sealed interface LoadResult {

  /**
   * The file is whole and right.
   *
   * @param sha256 of the file's bytes, 64 lower-case hex digits; sent with each health report
   */
  record Loaded(HeadwallConfig config, String sha256) implements LoadResult {}

  /** The file is refused as a whole. Problems are in the file's order; there is at least one. */
  record Refused(List<Problem> problems) implements LoadResult {
    public Refused {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) throw new IllegalArgumentException("refused without a problem");
    }
  }
}
