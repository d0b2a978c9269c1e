package org.aparanet.model.safetensors;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aparanet.file.AtomicFile;
import org.aparanet.file.IoReason;

/**
 * Writes a safetensors file of F32 tensors.
 *
 * <p>Metadata and tensors stand in the file in the order in which they were added, so the same
 * calls give the same bytes.
 */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;
  private static final int CHUNK_FLOATS = 1 << 14;

  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /** Adds a string to the metadata, or replaces it. */
  public SafetensorsWriter metadata(String name, String value) {
    metadata.put(Objects.requireNonNull(name), Objects.requireNonNull(value));
    return this;
  }

  /**
   * Adds a tensor.
   *
   * @param shape dimensions, outermost first
   * @param values holds the elements in row-major order, from {@code offset} on; not copied
   * @throws IllegalArgumentException if the name is taken or the array is too short
   */
  public SafetensorsWriter tensor(String name, List<Integer> shape, float[] values, int offset) {
    long size = 1;
    for (int dimension : shape) {
      size = Math.multiplyExact(size, dimension);
    }
    if (size < 0 || offset < 0 || offset + size > values.length) {
      throw new IllegalArgumentException(
          "tensor "
              + name
              + " of shape "
              + shape
              + " does not fit into "
              + values.length
              + " values from "
              + offset);
    }
    if (name.equals(HeaderReader.METADATA) || tensors.containsKey(name)) {
      throw new IllegalArgumentException("the tensor name " + name + " is taken");
    }
    tensors.put(name, new Tensor(List.copyOf(shape), values, offset, (int) size));
    return this;
  }

  /**
   * Writes the file atomically: on failure an older file of that name stays as it is.
   *
   * @throws SafetensorsException if the file cannot be written, or could not be read again
   */
  public void write(Path file) {
    try {
      byte[] header = header();
      if (header.length > Safetensors.MAXIMUM_HEADER) {
        throw new SafetensorsException(
            file
                + ": would have a header of "
                + header.length
                + " bytes; allowed are at most "
                + Safetensors.MAXIMUM_HEADER
                + ", so names of classes and of tensors have to be shorter");
      }
      AtomicFile.write(file, channel -> writeTo(channel, header));
    } catch (IOException e) {
      throw new SafetensorsException(file + ": cannot be written (" + IoReason.of(e) + ")", e);
    }
  }

  private void writeTo(WritableByteChannel channel, byte[] header) throws IOException {
    ByteBuffer start =
        ByteBuffer.allocate(Long.BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN);
    write(channel, start.putLong(header.length).put(header).flip());
    ByteBuffer chunk =
        ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Tensor tensor : tensors.values()) {
      for (int done = 0; done < tensor.size(); done += CHUNK_FLOATS) {
        int count = Math.min(CHUNK_FLOATS, tensor.size() - done);
        chunk.clear().limit(count * Float.BYTES);
        chunk.asFloatBuffer().put(tensor.values(), tensor.offset() + done, count);
        write(channel, chunk);
      }
    }
  }

  private static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The JSON header, padded with spaces so that the data is aligned. */
  private byte[] header() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      if (!metadata.isEmpty()) {
        json.name(HeaderReader.METADATA).beginObject();
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
      }
      long begin = 0;
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        Tensor tensor = entry.getValue();
        long end = begin + (long) tensor.size() * Float.BYTES;
        json.name(entry.getKey()).beginObject();
        json.name("dtype").value(Dtype.F32.name());
        json.name("shape").beginArray();
        for (int dimension : tensor.shape()) {
          json.value(dimension);
        }
        json.endArray();
        json.name("data_offsets").beginArray().value(begin).value(end).endArray();
        json.endObject();
        begin = end;
      }
      json.endObject();
    }
    byte[] header = text.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] aligned = Arrays.copyOf(header, padded);
    Arrays.fill(aligned, header.length, padded, (byte) ' ');
    return aligned;
  }

  private record Tensor(List<Integer> shape, float[] values, int offset, int size) {}
}
