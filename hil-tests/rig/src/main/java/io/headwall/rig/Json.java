package io.headwall.rig;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON object as it is looked into by tests.
 *
 * @param fields texts, numbers as texts, objects, or lists
 */
public record Json(Map<String, Object> fields) {

  static Json parse(String text) throws IOException {
    try (JsonParser in = new JsonFactory().createParser(text)) {
      in.nextToken();
      return (Json) value(in);
    }
  }

  public String text(String field) {
    Object value = fields.get(field);
    return value == null ? "" : value.toString();
  }

  public long number(String field) {
    return fields.containsKey(field) ? Long.parseLong(text(field)) : 0;
  }

  public Json node(String field) {
    return fields.get(field) instanceof Json j ? j : new Json(Map.of());
  }

  /** The object of a list whose field {@code name} says so. */
  public Json named(String list, String name) {
    if (fields.get(list) instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof Json j && j.text("name").equals(name)) return j;
      }
    }
    return new Json(Map.of());
  }

  private static Object value(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> fields = new LinkedHashMap<>();
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String name = in.currentName();
        in.nextToken();
        fields.put(name, value(in));
      }
      return new Json(fields);
    }
    if (in.currentToken() == JsonToken.START_ARRAY) {
      List<Object> items = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) items.add(value(in));
      return items;
    }
    return in.getText();
  }
}
