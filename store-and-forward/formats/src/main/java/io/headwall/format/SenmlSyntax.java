package io.headwall.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Records of labelled scalars to JSON or CBOR and back; knows nothing of what they mean. */
final class SenmlSyntax {

  private static final int NUMBER_CHARS_MAX = 40;
  private static final int DEPTH_MAX = 8;

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNumberLength(NUMBER_CHARS_MAX)
          .maxNestingDepth(DEPTH_MAX)
          .build();
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(CONSTRAINTS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();
  private static final CBORFactory CBOR =
      CBORFactory.builder()
          .streamReadConstraints(CONSTRAINTS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private SenmlSyntax() {}

  static byte[] write(List<EnumMap<Label, Scalar>> records, SenmlEncoding encoding) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = factory(encoding).createGenerator(bytes)) {
      out.writeStartArray(records, records.size());
      for (EnumMap<Label, Scalar> fields : records) {
        out.writeStartObject(fields, fields.size());
        for (Map.Entry<Label, Scalar> field : fields.entrySet()) {
          if (encoding == SenmlEncoding.CBOR && field.getKey().numbered()) {
            out.writeFieldId(field.getKey().number());
          } else {
            out.writeFieldName(field.getKey().text());
          }
          writeScalar(out, field.getValue());
        }
        out.writeEndObject();
      }
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("written to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void writeScalar(JsonGenerator out, Scalar scalar) throws IOException {
    switch (scalar) {
      case Scalar.Num(BigDecimal value) -> {
        // A decimal fraction of exponent 0 would cost four bytes more than the integer it is.
        if (value.scale() == 0) out.writeNumber(value.longValueExact());
        else out.writeNumber(value);
      }
      case Scalar.Str(String value) -> out.writeString(value);
      case Scalar.Octets(byte[] value) -> {
        if (out instanceof CBORGenerator) out.writeBinary(value);
        else out.writeString(Base64.getUrlEncoder().withoutPadding().encodeToString(value));
      }
    }
  }

  static List<EnumMap<Label, Scalar>> read(byte[] message, SenmlEncoding encoding)
      throws SenmlException {
    List<EnumMap<Label, Scalar>> records = new ArrayList<>();
    try (JsonParser in = factory(encoding).createParser(message)) {
      require(in.nextToken() == JsonToken.START_ARRAY, in, "a message is an array");
      while (in.nextToken() != JsonToken.END_ARRAY) {
        require(in.currentToken() == JsonToken.START_OBJECT, in, "a record is an object");
        records.add(readRecord(in, encoding));
      }
      require(in.nextToken() == null, in, "something follows the message");
    } catch (IOException | NumberFormatException e) {
      throw new SenmlException("malformed " + encoding + ": " + e.getMessage(), e);
    }
    return records;
  }

  private static EnumMap<Label, Scalar> readRecord(JsonParser in, SenmlEncoding encoding)
      throws IOException, SenmlException {
    EnumMap<Label, Scalar> fields = new EnumMap<>(Label.class);
    while (in.nextToken() != JsonToken.END_OBJECT) {
      require(in.currentToken() == JsonToken.FIELD_NAME, in, "a record holds fields");
      String name = in.currentName();
      Label label = Label.read(name, encoding);
      in.nextToken();
      if (label != null) {
        fields.put(label, readScalar(in, label));
      } else {
        requireIgnorable(in, name, encoding);
        in.skipChildren();
      }
    }
    return fields;
  }

  /**
   * Fields that we do not know are passed over if RFC 8428 lets us: no base or sum or value field,
   * and no {@code _} at the end (section 4.4).
   */
  private static void requireIgnorable(JsonParser in, String name, SenmlEncoding encoding)
      throws SenmlException {
    // A number is a label of the RFC; no text label is made of digits.
    boolean numbered = encoding == SenmlEncoding.CBOR && name.matches("-?[0-9]+");
    boolean ofRfc = List.of("bu", "bv", "bs", "bver", "vb", "s", "ut").contains(name);
    require(!numbered && !ofRfc && !name.endsWith("_"), in, "field " + name + " is not understood");
  }

  private static Scalar readScalar(JsonParser in, Label label) throws IOException, SenmlException {
    return switch (in.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Scalar.Num(in.getDecimalValue());
      case VALUE_STRING -> new Scalar.Str(in.getText());
      case VALUE_EMBEDDED_OBJECT -> new Scalar.Octets(in.getBinaryValue());
      case null, default -> throw new SenmlException("field " + label.text() + " has no scalar");
    };
  }

  private static JsonFactory factory(SenmlEncoding encoding) {
    return encoding == SenmlEncoding.JSON ? JSON : CBOR;
  }

  private static void require(boolean holds, JsonParser in, String what) throws SenmlException {
    if (!holds) {
      throw new SenmlException(what + ", at " + in.currentTokenLocation().offsetDescription());
    }
  }
}
