package io.headwall.driver.puritanbennett;

/**
 * The two reports of the ventilator and how their lines are laid out: {@code NAME,bytes,fields,},
 * STX, {@code f5,f6,…fN,}, ETX, every field of a fixed width, left justified and padded with
 * blanks. Fields are numbered from 1, the report's name; the first after STX is 5.
 */
enum PbReport {
  /** Answer to SNDF. */
  MISCF(1225, "169 ", 169, 7),
  /** Answer to SNDA. */
  MISCA(706, "97", 97, 8);

  /** Number of the field right after STX. */
  static final int FIRST_FIELD = 5;

  static final int TIME_FIELD = 5;
  static final int IDENTITY_FIELD = 6;
  static final int MODE_FIELD = 9;

  private static final int WIDTH_CHARS = 6;

  private final int bodyBytes;
  private final String countText;
  private final int fields;
  private final int dateField;

  PbReport(int bodyBytes, String countText, int fields, int dateField) {
    this.bodyBytes = bodyBytes;
    this.countText = countText;
    this.fields = fields;
    this.dateField = dateField;
  }

  /** Bytes between STX and ETX. */
  int bodyBytes() {
    return bodyBytes;
  }

  /** Fields between STX and ETX. */
  int fields() {
    return fields;
  }

  int dateField() {
    return dateField;
  }

  /**
   * Whether this is the whole text before STX. Ventilators declare the bytes between STX and ETX;
   * the manual has them counted up to CR, which is one more. Whether a blank pads the count of
   * MISCA as it does in MISCF, no source shows.
   */
  boolean hasHead(String head) {
    String text = this == MISCA ? head.replace(" ,", ",") : head;
    return text.equals(head(bodyBytes)) || text.equals(head(bodyBytes + 1));
  }

  /** Characters of a field, or 0 where no source says. */
  int width(int number) {
    return switch (this) {
      case MISCF -> miscfWidth(number);
      case MISCA -> miscaWidth(number);
    };
  }

  private static int miscfWidth(int number) {
    return switch (number) {
      case 6, 53 -> 18;
      case 7 -> 12;
      case 8, 50, 55, 66 -> 9;
      default -> WIDTH_CHARS;
    };
  }

  private static int miscaWidth(int number) {
    return switch (number) {
      case 5, 7, 9, 10, 11, 12, 13, 14 -> WIDTH_CHARS;
      case 6 -> 18;
      case 8 -> 12;
      default -> 0;
    };
  }

  private String head(int bytes) {
    return name() + ',' + bytes + ',' + countText + ',';
  }
}
