package org.aparanet.model.onnx;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of protocol buffers whose size is known before it is written, so that large arrays need
 * no copy in memory.
 *
 * <p>Fields are written in the order in which they were added.
 */
final class Message {
  private static final int CHUNK_FLOATS = 1 << 14;

  private final List<Field> fields = new ArrayList<>();
  private long size;

  private interface Field {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  /** Bytes of all fields that were added. */
  long size() {
    return size;
  }

  /** Adds a whole number. */
  Message integer(int number, long value) {
    return add(
        CodedOutputStream.computeInt64Size(number, value), out -> out.writeInt64(number, value));
  }

  /** Adds a number in single precision. */
  Message real(int number, float value) {
    return add(
        CodedOutputStream.computeFloatSize(number, value), out -> out.writeFloat(number, value));
  }

  /** Adds a text. */
  Message text(int number, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return add(
        CodedOutputStream.computeByteArraySize(number, bytes),
        out -> out.writeByteArray(number, bytes));
  }

  /**
   * Adds a message.
   *
   * @param part to which nothing is added any more
   */
  Message message(int number, Message part) {
    return bytes(number, part.size, part::writeTo);
  }

  /**
   * Adds the bytes of floats, little endian.
   *
   * @param values not copied
   * @param offset index of the first one
   * @param count of floats, at most 2^28
   */
  Message floats(int number, float[] values, int offset, int count) {
    return bytes(number, (long) count * Float.BYTES, out -> write(values, offset, count, out));
  }

  void writeTo(CodedOutputStream out) throws IOException {
    for (Field field : fields) {
      field.writeTo(out);
    }
  }

  private Message bytes(int number, long length, Field content) {
    long whole =
        CodedOutputStream.computeTagSize(number)
            + CodedOutputStream.computeUInt64SizeNoTag(length)
            + length;
    return add(
        whole,
        out -> {
          out.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          out.writeUInt64NoTag(length);
          content.writeTo(out);
        });
  }

  private Message add(long bytes, Field field) {
    fields.add(field);
    size += bytes;
    return this;
  }

  private static void write(float[] values, int offset, int count, CodedOutputStream out)
      throws IOException {
    ByteBuffer chunk =
        ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < count; done += CHUNK_FLOATS) {
      int floats = Math.min(CHUNK_FLOATS, count - done);
      chunk.asFloatBuffer().put(values, offset + done, floats);
      out.writeRawBytes(chunk.array(), 0, floats * Float.BYTES);
    }
  }
}
