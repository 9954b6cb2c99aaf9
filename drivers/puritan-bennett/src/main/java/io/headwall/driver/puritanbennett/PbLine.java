package io.headwall.driver.puritanbennett;

import java.util.List;

/** What came of a line that began as an answer. */
sealed interface PbLine {

  /**
   * A whole answer.
   *
   * @param firstByteNs when its first byte arrived
   * @param fields from field {@link PbReport#FIRST_FIELD} on, with their padding
   */
  record Answer(PbReport report, long firstByteNs, List<String> fields) implements PbLine {
    public Answer {
      fields = List.copyOf(fields);
      if (fields.size() != report.fields()) throw new IllegalArgumentException("fields");
    }

    /** A field by the manual's number, without the padding on its right. */
    String field(int number) {
      return fields.get(number - PbReport.FIRST_FIELD).stripTrailing();
    }
  }

  /** Something that is no answer; its values are dropped, all of them. */
  record Refused(String reason) implements PbLine {}
}
