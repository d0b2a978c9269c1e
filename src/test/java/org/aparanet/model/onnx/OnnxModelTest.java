package org.aparanet.model.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTest {
  @TempDir Path folder;

  /** The same 64 MB as 32 tensors. */
  @Test
  void whatProtocolBuffersCannotHoldIsRefused() {
    OnnxTensor tensor = new OnnxTensor("large", List.of(1 << 24), new float[1 << 24], 0);
    OnnxGraph graph =
        new OnnxGraph("graph", List.of(), Collections.nCopies(32, tensor), List.of(), List.of());
    Path file = folder.resolve("large.onnx");

    OnnxException refused =
        assertThrows(
            OnnxException.class, () -> new OnnxModel("too large", Map.of(), graph).write(file));

    assertEquals(
        file + ": the model takes 2147484456 bytes as an ONNX file; at most 2147483647 are allowed",
        refused.getMessage());
    assertFalse(Files.exists(file));
  }

  /** More floats than are written at a time, from the middle of an array. */
  @Test
  void floatsAreWrittenFromTheirOffsetLittleEndian() throws IOException {
    int count = (1 << 15) + 3;
    float[] values = new float[count + 7];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + 0.5f;
    }
    Message message = new Message().floats(9, values, 5, count);
    byte[] bytes = bytes(message);

    CodedInputStream in = CodedInputStream.newInstance(bytes);
    assertEquals(9, WireFormat.getTagFieldNumber(in.readTag()));
    ByteBuffer read = ByteBuffer.wrap(in.readByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(count * Float.BYTES, read.remaining());
    for (int i = 0; i < count; i++) {
      assertEquals(values[5 + i], read.getFloat());
    }
    assertEquals(0, in.readTag());
  }

  @Test
  void theSizeOfAMessageIsThatOfItsBytes() throws IOException {
    Message part = new Message().integer(20, -1).real(2, 0.1f).text(3, "größer");
    Message message = new Message().message(300, part).integer(1, 300);
    assertEquals(message.size(), bytes(message).length);

    CodedInputStream in = CodedInputStream.newInstance(bytes(message));
    assertEquals(300, WireFormat.getTagFieldNumber(in.readTag()));
    assertArrayEquals(bytes(part), in.readByteArray());
    assertEquals(1, WireFormat.getTagFieldNumber(in.readTag()));
    assertEquals(300, in.readInt64());
  }

  private static byte[] bytes(Message message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    message.writeTo(out);
    out.flush();
    return bytes.toByteArray();
  }
}
