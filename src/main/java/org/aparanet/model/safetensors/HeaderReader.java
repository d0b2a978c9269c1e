package org.aparanet.model.safetensors;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the JSON of a safetensors header token by token.
 *
 * <pre>
 * {"__metadata__": {NAME: STRING, ...},
 *  TENSOR: {"dtype": "F32", "shape": [N, ...], "data_offsets": [BEGIN, END]}, ...}
 * </pre>
 *
 * <p>Nothing else is accepted, so nesting is never deeper than that and nothing recurses.
 */
final class HeaderReader {

  /** The most tensors, and the most metadata strings. */
  static final int MAXIMUM_ENTRIES = 65_536;

  static final int MAXIMUM_DIMENSIONS = 16;

  static final String METADATA = "__metadata__";

  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,14}");

  private final String file;
  private final JsonReader json;

  private HeaderReader(String file, byte[] header) {
    this.file = file;
    json =
        new JsonReader(
            new InputStreamReader(
                new ByteArrayInputStream(header),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    json.setStrictness(Strictness.STRICT);
  }

  /**
   * @param file what to call the file in messages
   * @param header the JSON with its padding
   * @throws SafetensorsException if it is anything but a safetensors header
   */
  static Header read(String file, byte[] header) {
    if (header.length == 0 || header[0] != '{') {
      throw new SafetensorsException(file + ": the header must start with {");
    }
    HeaderReader reader = new HeaderReader(file, header);
    try {
      return reader.header();
    } catch (CharacterCodingException e) {
      throw new SafetensorsException(file + ": the header is not UTF-8 text", e);
    } catch (IOException e) { // nothing is read from outside here: malformed or incomplete JSON
      throw new SafetensorsException(
          file + ": the header is not valid JSON at " + Quote.of(reader.json.getPath()), e);
    }
  }

  private Header header() throws IOException {
    Map<String, String> metadata = null;
    Map<String, TensorEntry> tensors = new LinkedHashMap<>();
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      if (name.equals(METADATA)) {
        refuseIf(metadata != null, METADATA + " stands twice in the header");
        metadata = metadata();
      } else {
        refuseIf(
            tensors.put(name, tensor(name)) != null,
            "tensor " + Quote.of(name) + " stands twice in the header");
        refuseIf(
            tensors.size() > MAXIMUM_ENTRIES,
            "the header names more than " + MAXIMUM_ENTRIES + " tensors");
      }
    }
    json.endObject();
    if (json.peek() != JsonToken.END_DOCUMENT) {
      throw refused("the header holds more than one JSON object");
    }
    return new Header(metadata == null ? Map.of() : metadata, tensors);
  }

  private Map<String, String> metadata() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    expect(JsonToken.BEGIN_OBJECT, METADATA + " is not an object of strings");
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      expect(JsonToken.STRING, "the metadata " + Quote.of(name) + " is not a string");
      refuseIf(
          metadata.put(name, json.nextString()) != null,
          "the metadata " + Quote.of(name) + " stands twice in the header");
      refuseIf(
          metadata.size() > MAXIMUM_ENTRIES,
          "the header has more than " + MAXIMUM_ENTRIES + " metadata strings");
    }
    json.endObject();
    return metadata;
  }

  private TensorEntry tensor(String name) throws IOException {
    String tensor = "tensor " + Quote.of(name);
    Dtype dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    expect(JsonToken.BEGIN_OBJECT, tensor + " is not an object of dtype, shape and data_offsets");
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      switch (key) {
        case "dtype" -> {
          refuseIf(dtype != null, tensor + " has two dtypes");
          dtype = dtype(tensor);
        }
        case "shape" -> {
          refuseIf(shape != null, tensor + " has two shapes");
          shape = numbers(tensor, key, MAXIMUM_DIMENSIONS);
        }
        case "data_offsets" -> {
          refuseIf(offsets != null, tensor + " has two data_offsets");
          offsets = numbers(tensor, key, 2);
        }
        default ->
            throw refused(
                tensor + " has " + Quote.of(key) + "; allowed are dtype, shape and data_offsets");
      }
    }
    json.endObject();
    if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
      throw refused(tensor + " needs a dtype, a shape and two data_offsets");
    }
    return new TensorEntry(name, dtype, dimensions(tensor, shape), offsets.get(0), offsets.get(1));
  }

  private Dtype dtype(String tensor) throws IOException {
    expect(JsonToken.STRING, "the dtype of " + tensor + " is not a string");
    String name = json.nextString();
    return Dtype.named(name)
        .orElseThrow(
            () ->
                refused(
                    tensor + " has dtype " + Quote.of(name) + "; allowed are " + Dtype.names()));
  }

  private List<Long> numbers(String tensor, String key, int most) throws IOException {
    String what = key + " of " + tensor;
    List<Long> numbers = new ArrayList<>();
    expect(JsonToken.BEGIN_ARRAY, what + " is not an array of whole numbers");
    json.beginArray();
    while (json.hasNext()) {
      expect(JsonToken.NUMBER, what + " holds something that is not a number");
      String number = json.nextString();
      refuseIf(
          !WHOLE_NUMBER.matcher(number).matches(),
          what + " holds " + Quote.of(number) + "; allowed are whole numbers below 10^15");
      numbers.add(Long.parseLong(number));
      refuseIf(numbers.size() > most, what + " holds more than " + most + " numbers");
    }
    json.endArray();
    return numbers;
  }

  private List<Integer> dimensions(String tensor, List<Long> shape) {
    for (long dimension : shape) {
      refuseIf(
          dimension > Integer.MAX_VALUE,
          tensor + " has dimension " + dimension + "; the largest is " + Integer.MAX_VALUE);
    }
    return shape.stream().map(Long::intValue).toList();
  }

  private void expect(JsonToken token, String otherwise) throws IOException {
    refuseIf(json.peek() != token, otherwise);
  }

  private void refuseIf(boolean refused, String why) {
    if (refused) {
      throw refused(why);
    }
  }

  private SafetensorsException refused(String why) {
    return new SafetensorsException(file + ": " + why);
  }
}
