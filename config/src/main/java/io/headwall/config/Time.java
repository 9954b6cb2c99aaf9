package io.headwall.config;

/** Whose word on the time of day is taken. */
public record Time(Trust trust) {

  /** Who vouches for the wall clock. */
  public enum Trust {
    /** The kernel, which knows whether a time service keeps its clock. */
    KERNEL("kernel"),
    /** The person who set the host's clock; never in production. */
    HOST("host");

    private final String word;

    Trust(String word) {
      this.word = word;
    }

    /** As written in the configuration. */
    public String word() {
      return word;
    }
  }
}
