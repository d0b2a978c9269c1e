package org.aparanet.model.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  private static final float[] VALUES = {9, 1, 2, 3, -4, 9};

  @TempDir Path folder;

  @Test
  void writesExactlyTheseBytes() throws IOException {
    Path file = folder.resolve("a.safetensors");
    new SafetensorsWriter()
        .metadata("z", "1 < \"2\"")
        .metadata("a", "ü")
        .tensor("w", List.of(2, 2), VALUES, 1)
        .tensor("b", List.of(), VALUES, 0)
        .write(file);
    String header =
        "{\"__metadata__\":{\"z\":\"1 < \\\"2\\\"\",\"a\":\"ü\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[16,20]}}";
    int length = header.getBytes(StandardCharsets.UTF_8).length;
    String padded = header + " ".repeat((8 - length % 8) % 8);
    byte[] data =
        ByteBuffer.allocate(20)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(1)
            .putFloat(2)
            .putFloat(3)
            .putFloat(-4)
            .putFloat(9)
            .array();
    assertArrayEquals(SafetensorsBytes.of(padded, data), Files.readAllBytes(file));
  }

  @Test
  void theDataIsAlignedWhateverTheHeadersLength() throws IOException {
    Path file = folder.resolve("a.safetensors");
    for (int i = 0; i < 9; i++) {
      new SafetensorsWriter()
          .metadata("k", "x".repeat(i))
          .tensor("a", List.of(6), VALUES, 0)
          .write(file);
      assertEquals(0, (Files.size(file) - VALUES.length * 4) % 8);
      try (Safetensors read = Safetensors.open(file)) {
        assertEquals("x".repeat(i), read.metadata().get("k"));
        assertArrayEquals(VALUES, read.floats("a"));
      }
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    SafetensorsWriter writer = new SafetensorsWriter().tensor("a", List.of(2, 3), VALUES, 0);
    for (int[] shapeAndOffset : new int[][] {{7, 0}, {6, 1}, {1, -1}, {-1, 0}, {1, 6}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> writer.tensor("b", List.of(shapeAndOffset[0]), VALUES, shapeAndOffset[1]));
    }
    assertThrows(IllegalArgumentException.class, () -> writer.tensor("a", List.of(1), VALUES, 0));
    assertThrows(
        IllegalArgumentException.class, () -> writer.tensor("__metadata__", List.of(1), VALUES, 0));
  }
}
