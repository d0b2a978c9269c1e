package org.aparanet.engine;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Shape;

/**
 * A reference trajectory, read independently of the model files' own reader: eight bytes with the
 * header's length, the header in JSON, the tensors.
 */
public final class ReferenceFile {
  private final JsonObject header;
  private final ByteBuffer tensors;

  /**
   * @param name file in the test resources' folder {@code reference}
   */
  public ReferenceFile(String name) {
    ByteBuffer file = ByteBuffer.wrap(resource(name)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] json = new byte[Math.toIntExact(file.getLong())];
    file.get(json);
    header = JsonParser.parseString(new String(json, StandardCharsets.UTF_8)).getAsJsonObject();
    tensors = file.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] resource(String name) {
    try (InputStream in = ReferenceFile.class.getResourceAsStream("/reference/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** MNIST's first 1,280 training images, which all trajectories are about. */
  public static ImageSet images() {
    return new ImageSet(
        "MNIST's first 1,280 training images",
        new Shape(1, 28, 28),
        unpacked("mnist-first-1280-images.gz"),
        unpacked("mnist-first-1280-labels.gz"),
        10);
  }

  private static byte[] unpacked(String name) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(resource(name)))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String metadata(String key) {
    return header.getAsJsonObject("__metadata__").get(key).getAsString();
  }

  /** The names of all tensors that begin with a prefix. */
  List<String> names(String prefix) {
    return header.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  /** The elements of a tensor of type F32 or F64. */
  public double[] tensor(String name) {
    JsonObject entry = header.getAsJsonObject(name);
    int from = entry.getAsJsonArray("data_offsets").get(0).getAsInt();
    int to = entry.getAsJsonArray("data_offsets").get(1).getAsInt();
    boolean single = entry.get("dtype").getAsString().equals("F32");
    double[] values = new double[(to - from) / (single ? 4 : 8)];
    for (int i = 0; i < values.length; i++) {
      values[i] = single ? tensors.getFloat(from + 4 * i) : tensors.getDouble(from + 8 * i);
    }
    return values;
  }
}
