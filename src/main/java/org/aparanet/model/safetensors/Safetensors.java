package org.aparanet.model.safetensors;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.aparanet.file.IoReason;
import org.aparanet.file.SteadyFile;
import org.aparanet.file.Target;

/**
 * A safetensors file that is open for reading.
 *
 * <pre>
 * 8 bytes   length of the header, little-endian
 * header    JSON: metadata, and each tensor's dtype, shape and place in the data
 * data      the tensors, little-endian, without gaps
 * </pre>
 *
 * <p>The header and the places are checked when the file is opened, the data is read when a tensor
 * is asked for. Nothing is allocated that the file's real size does not justify. The format is
 * described at <a
 * href="https://huggingface.co/docs/safetensors">huggingface.co/docs/safetensors</a>.
 */
public final class Safetensors implements Closeable {

  /** The longest header that is read, in bytes: 16 MiB. */
  public static final int MAXIMUM_HEADER = 1 << 24;

  private static final int LENGTH_BYTES = 8;
  private static final int CHUNK_BYTES = 1 << 16;

  private final String name;
  private final Source source;
  private final Header header;
  private final long dataStart;

  private Safetensors(String name, Source source) throws IOException {
    this.name = name;
    this.source = source;
    long size = source.size();
    long headerLength = headerLength(size);
    dataStart = LENGTH_BYTES + headerLength;
    ByteBuffer json = ByteBuffer.allocate((int) headerLength);
    source.read(LENGTH_BYTES, json);
    header = HeaderReader.read(name, json.array());
    Layout.check(name, header.tensors().values(), size - dataStart);
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws SafetensorsException if it cannot be read or is not a safetensors file
   */
  public static Safetensors open(Path file) {
    SteadyFile opened = null;
    try {
      Optional<BasicFileAttributes> there = Target.look(file);
      if (there.isEmpty()) {
        throw new UnreadableException(file + ": there is no such file", null);
      }
      if (!there.get().isRegularFile()) {
        throw new SafetensorsException(file + ": is not a file");
      }
      opened = SteadyFile.read(file);
      return new Safetensors(file.toString(), Source.of(opened));
    } catch (IOException e) {
      close(opened, e);
      throw unreadable(file + ":", e);
    } catch (RuntimeException e) {
      close(opened, e);
      throw e;
    }
  }

  /**
   * Reads from memory.
   *
   * @param name what to call the bytes in messages
   * @param bytes the file's content, from the buffer's position to its limit; not copied
   * @throws SafetensorsException if they are not a safetensors file
   */
  public static Safetensors of(String name, ByteBuffer bytes) {
    try {
      return new Safetensors(name, Source.of(bytes));
    } catch (IOException e) {
      throw unreadable(name + ":", e);
    }
  }

  /** Name of this file in messages. */
  public String name() {
    return name;
  }

  /** The strings under {@code __metadata__}, in the file's order. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  /** The tensors by name, in the header's order. */
  public Map<String, TensorEntry> tensors() {
    return Collections.unmodifiableMap(header.tensors());
  }

  /**
   * Reads an F32 tensor.
   *
   * @throws SafetensorsException if there is no such tensor, or it is not F32
   */
  public float[] floats(String tensor) {
    float[] values = new float[length(entry(tensor, Dtype.F32))];
    floats(tensor, values, 0);
    return values;
  }

  /**
   * Reads an F32 tensor into an array.
   *
   * @param target where its elements go, from {@code offset} on
   * @throws SafetensorsException if there is no such tensor, or it is not F32
   * @throws IndexOutOfBoundsException if the array is too short
   */
  public void floats(String tensor, float[] target, int offset) {
    TensorEntry entry = entry(tensor, Dtype.F32);
    int[] next = {offset};
    chunks(
        entry,
        chunk -> {
          int count = chunk.remaining() / Float.BYTES;
          chunk.asFloatBuffer().get(target, next[0], count);
          next[0] += count;
        });
  }

  /**
   * Reads a floating-point tensor of any width into an array.
   *
   * @param tensor its name
   * @param target where its elements go, from {@code offset} on
   * @param offset index of the first element in {@code target}
   * @throws SafetensorsException if there is no such tensor, it is not F16, BF16, F32 or F64, or a
   *     finite element is beyond the range of a float
   * @throws IndexOutOfBoundsException if the array is too short
   */
  public void anyFloats(String tensor, float[] target, int offset) {
    TensorEntry entry = entry(tensor);
    Dtype dtype = entry.dtype();
    if (!FloatElements.suits(dtype)) {
      throw new SafetensorsException(
          name
              + ": tensor "
              + Quote.of(tensor)
              + " has dtype "
              + dtype
              + "; expected is F16, BF16, F32 or F64");
    }
    int[] next = {offset};
    chunks(
        entry,
        chunk -> {
          for (int at = 0; at < chunk.limit(); at += dtype.bytes()) {
            float value = FloatElements.read(dtype, chunk, at);
            if (dtype == Dtype.F64
                && Float.isInfinite(value)
                && !Double.isInfinite(chunk.getDouble(at))) {
              throw new SafetensorsException(
                  name
                      + ": tensor "
                      + Quote.of(tensor)
                      + " holds "
                      + chunk.getDouble(at)
                      + " at element "
                      + (next[0] - offset)
                      + ", which is beyond the range of single precision");
            }
            target[next[0]++] = value;
          }
        });
  }

  /**
   * Reads an F64 tensor.
   *
   * @throws SafetensorsException if there is no such tensor, or it is not F64
   */
  public double[] doubles(String tensor) {
    TensorEntry entry = entry(tensor, Dtype.F64);
    double[] values = new double[length(entry)];
    int[] next = {0};
    chunks(
        entry,
        chunk -> {
          int count = chunk.remaining() / Double.BYTES;
          chunk.asDoubleBuffer().get(values, next[0], count);
          next[0] += count;
        });
    return values;
  }

  @Override
  public void close() {
    try {
      source.close();
    } catch (IOException e) {
      throw new SafetensorsException(name + ": cannot be closed (" + IoReason.of(e) + ")", e);
    }
  }

  private long headerLength(long size) throws IOException {
    if (size < LENGTH_BYTES) {
      throw new SafetensorsException(
          name + ": has " + size + " bytes; a safetensors file starts with an 8-byte length");
    }
    ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    source.read(0, length);
    long value = length.getLong(0);
    long most = Math.min(MAXIMUM_HEADER, size - LENGTH_BYTES);
    if (value < 0 || value > most) {
      ForeignFormat.of(length.array())
          .ifPresent(
              format -> {
                throw new SafetensorsException(name + ": is " + format);
              });
      throw new SafetensorsException(
          name
              + ": says that its header has "
              + Long.toUnsignedString(value)
              + " bytes; allowed are at most "
              + most
              + (most == MAXIMUM_HEADER ? "" : ", the rest of the file"));
    }
    return value;
  }

  private TensorEntry entry(String tensor) {
    TensorEntry entry = header.tensors().get(tensor);
    if (entry == null) {
      throw new SafetensorsException(name + ": has no tensor " + Quote.of(tensor));
    }
    return entry;
  }

  private TensorEntry entry(String tensor, Dtype dtype) {
    TensorEntry entry = entry(tensor);
    if (entry.dtype() != dtype) {
      throw new SafetensorsException(
          name
              + ": tensor "
              + Quote.of(tensor)
              + " has dtype "
              + entry.dtype()
              + "; expected is "
              + dtype);
    }
    return entry;
  }

  private int length(TensorEntry entry) {
    if (entry.elements() > Integer.MAX_VALUE - 8) {
      throw new SafetensorsException(
          name
              + ": tensor "
              + Quote.of(entry.name())
              + " has "
              + entry.elements()
              + " elements; at most "
              + (Integer.MAX_VALUE - 8)
              + " can be read");
    }
    return (int) entry.elements();
  }

  private void chunks(TensorEntry entry, Consumer<ByteBuffer> consumer) {
    int size = (int) Math.min(CHUNK_BYTES, entry.end() - entry.begin());
    ByteBuffer chunk = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    try {
      for (long at = entry.begin(); at < entry.end(); at += chunk.limit()) {
        chunk.clear().limit((int) Math.min(chunk.capacity(), entry.end() - at));
        source.read(dataStart + at, chunk);
        consumer.accept(chunk.flip());
      }
    } catch (IOException e) {
      throw unreadable(name + ": tensor " + Quote.of(entry.name()), e);
    }
  }

  /** A file that ends too early is damaged; whatever else is wrong is not its content's fault. */
  private static SafetensorsException unreadable(String what, IOException e) {
    String sentence = what + " cannot be read (" + IoReason.of(e) + ")";
    return e instanceof EOFException
        ? new SafetensorsException(sentence, e)
        : new UnreadableException(sentence, e);
  }

  private static void close(SteadyFile file, Exception cause) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }
}
