package org.aparanet.model;

import com.google.gson.JsonArray;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Names of classes as one string of a model file's metadata: a JSON array of strings. */
final class ClassNames {
  private ClassNames() {}

  static String text(List<String> names) {
    JsonArray array = new JsonArray();
    names.forEach(array::add);
    return array.toString();
  }

  /**
   * Makes sure that names can be written to a file.
   *
   * @throws IllegalArgumentException if one has half of a surrogate pair
   */
  static void requireText(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(names.get(i))) {
        throw new IllegalArgumentException(
            "the name of class " + i + " has half of a surrogate pair, which is no character");
      }
    }
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @param most the largest number of names
   * @throws IllegalArgumentException if it is no JSON array of strings, or has too many
   */
  static List<String> parse(String text, int most) {
    List<String> names = new ArrayList<>();
    try (JsonReader json = new JsonReader(new StringReader(text))) {
      json.setStrictness(Strictness.STRICT);
      json.beginArray();
      while (json.peek() == JsonToken.STRING && names.size() < most) {
        names.add(json.nextString());
      }
      json.endArray();
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw new IllegalArgumentException("more than an array");
      }
    } catch (IOException | IllegalStateException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return names;
  }
}
