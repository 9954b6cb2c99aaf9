package io.headwall.format;

import java.math.BigDecimal;

/** The value of one field of a SenML record. */
sealed interface Scalar {

  /** A number, its digits kept: 5.0 stays 5.0. */
  record Num(BigDecimal value) implements Scalar {}

  /** A text. */
  record Str(String value) implements Scalar {}

  /** Octets: a byte string in CBOR, base64url without padding in JSON. */
  record Octets(byte[] value) implements Scalar {}
}
