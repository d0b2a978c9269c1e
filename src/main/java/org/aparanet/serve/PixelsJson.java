package org.aparanet.serve;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.model.Shape;

/**
 * Reads images as numbers, {@code {"pixels": [0, 0.5, ...]}} or {@code {"images": [[...], ...]}},
 * one number at a time: what is too long or too deep is refused where it begins to be.
 */
final class PixelsJson {
  private final JsonReader reader;
  private final Shape shape;

  private PixelsJson(byte[] body, Shape shape) {
    reader =
        new JsonReader(
            new InputStreamReader(
                new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder()));
    reader.setStrictness(Strictness.STRICT);
    this.shape = shape;
  }

  /**
   * Images of a body.
   *
   * @param images pixels of each from 0 to 1, in the order channel, row, column
   * @param single whether there was one image and no list of them
   */
  record Read(List<float[]> images, boolean single) {}

  /**
   * Reads a body.
   *
   * @param shape of each image
   * @throws RequestException if it is something else; the sentence says at which place
   */
  static Read read(byte[] body, Shape shape) {
    if (body.length == 0) {
      throw new RequestException(400, "the body is empty; it must be JSON");
    }
    PixelsJson json = new PixelsJson(body, shape);
    try {
      return json.read();
    } catch (CharacterCodingException e) {
      throw new RequestException(400, "the body is not UTF-8", e);
    } catch (EOFException e) {
      throw new RequestException(400, "the body ends in the middle, " + json.place(), e);
    } catch (MalformedJsonException | NumberFormatException | IllegalStateException e) {
      throw new RequestException(400, "the body is no JSON " + json.place(), e);
    } catch (IOException e) { // of bytes in memory: only what the decoder has to say
      throw new RequestException(400, "the body cannot be read as JSON", e);
    }
  }

  private Read read() throws IOException {
    require(JsonToken.BEGIN_OBJECT, "an object with \"pixels\" or \"images\"");
    reader.beginObject();
    if (reader.peek() != JsonToken.NAME) {
      throw new RequestException(400, "the object needs \"pixels\" or \"images\"");
    }
    String name = reader.nextName();
    Read read =
        switch (name) {
          case "pixels" -> new Read(List.of(pixels()), true);
          case "images" -> new Read(images(), false);
          default -> throw unknown(name);
        };
    if (reader.peek() == JsonToken.NAME) {
      String more = reader.nextName();
      throw new RequestException(
          400,
          more.equals(name)
              ? "the object has " + name + " twice"
              : "the object has " + Quoted.of(more) + " besides " + name);
    }
    reader.endObject();
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw new RequestException(400, "there is more behind the object");
    }
    return read;
  }

  private static RequestException unknown(String name) {
    return new RequestException(
        400, "the object has " + Quoted.of(name) + "; it may have \"pixels\" or \"images\" alone");
  }

  private List<float[]> images() throws IOException {
    require(JsonToken.BEGIN_ARRAY, "a list of images");
    reader.beginArray();
    List<float[]> images = new ArrayList<>();
    while (reader.peek() != JsonToken.END_ARRAY) {
      if (images.size() == ServerLimits.IMAGES) {
        throw new RequestException(
            413, "there are too many images; at most " + ServerLimits.IMAGES + " are allowed");
      }
      images.add(pixels());
    }
    reader.endArray();
    if (images.isEmpty()) {
      throw new RequestException(400, "images is empty; at least one is needed");
    }
    return images;
  }

  private float[] pixels() throws IOException {
    String place = where();
    require(JsonToken.BEGIN_ARRAY, "a list of numbers");
    reader.beginArray();
    float[] pixels = new float[shape.size()];
    int count = 0;
    while (reader.peek() != JsonToken.END_ARRAY) {
      require(JsonToken.NUMBER, "a number");
      if (count == pixels.length) {
        throw wrongCount(place, "more than " + count);
      }
      pixels[count++] = pixel();
    }
    reader.endArray();
    if (count < pixels.length) {
      throw wrongCount(place, "" + count);
    }
    return pixels;
  }

  private float pixel() throws IOException {
    String at = where();
    String text = reader.nextString();
    double value = Double.parseDouble(text);
    if (!(value >= 0 && value <= 1)) { // neither does NaN pass
      throw new RequestException(400, at + " is " + Quoted.of(text) + "; pixels are from 0 to 1");
    }
    return (float) value;
  }

  private RequestException wrongCount(String place, String count) {
    return new RequestException(
        400,
        place
            + " has "
            + count
            + " numbers; the network takes "
            + shape
            + ", which is "
            + shape.size());
  }

  private void require(JsonToken token, String what) throws IOException {
    JsonToken found = reader.peek();
    if (found != token) {
      String at = where();
      throw new RequestException(400, (at.isEmpty() ? "the body" : at) + " must be " + what);
    }
  }

  /** Where the reader stands, such as {@code images[2][17]}; empty at the beginning. */
  private String where() {
    String path = reader.getPath();
    return path.startsWith("$.") ? path.substring(2) : "";
  }

  private String place() {
    String at = where();
    return at.isEmpty() || !at.matches("(pixels|images)[0-9\\[\\]]*")
        ? "at its beginning or end"
        : "at " + at;
  }
}
