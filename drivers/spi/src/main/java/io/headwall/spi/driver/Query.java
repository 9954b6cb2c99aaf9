package io.headwall.spi.driver;

/** One thing that a driver may ever send. A driver lists all of them in one enum. */
public interface Query {

  /** Name in journals and reports; an enum's own. */
  String name();

  /** The form of the bytes and the highest rate. */
  Template template();
}
