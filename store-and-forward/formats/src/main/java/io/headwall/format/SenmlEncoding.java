package io.headwall.format;

/** The two forms of a SenML message. */
public enum SenmlEncoding {
  CBOR("application/senml+cbor"),
  JSON("application/senml+json");

  private final String mediaType;

  SenmlEncoding(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Media type of RFC 8428, section 12. */
  public String mediaType() {
    return mediaType;
  }
}
