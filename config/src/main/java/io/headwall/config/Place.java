package io.headwall.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the box hangs.
 *
 * @param label unit and bed; empty for a box that sends under {@code unassigned}
 */
public record Place(Optional<BedLabel> label, Mount mount) {

  /** What a box without a label sends under; no unit may be called so. */
  public static final String UNASSIGNED = "unassigned";

  public Place {
    if (mount == Mount.TRANSPORT && label.isPresent()) {
      throw new IllegalArgumentException("a transport mount has no bed");
    }
  }

  /** What the box is fixed to. */
  public enum Mount {
    WALL("wall"),
    BED("bed"),
    RACK("rack"),
    /** Moves with patients: belongs to no bed, and its readings stay unassigned. */
    TRANSPORT("transport");

    private final String word;

    Mount(String word) {
      this.word = word;
    }

    /** As written in the configuration. */
    public String word() {
      return word;
    }
  }

  /** The bed that readings are of, as the hospital names it; the box never knows a patient. */
  public record BedLabel(String unit, String bed) {

    public static final int CHARS_MAX = 32;

    /** Visible characters; single blanks between them, none at the ends. */
    static final Pattern FORM = Pattern.compile("[^\\p{Z}\\p{C}]+( [^\\p{Z}\\p{C}]+)*");

    public BedLabel {
      if (!fits(unit) || !fits(bed) || unit.equals(UNASSIGNED)) {
        throw new IllegalArgumentException("bed label " + unit + " " + bed);
      }
    }

    static boolean fits(String label) {
      return label.length() <= CHARS_MAX && FORM.matcher(label).matches();
    }
  }
}
