package org.aparanet.model.safetensors;

import static org.aparanet.model.safetensors.SafetensorsBytes.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void readsNumbersLittleEndianAndInTheHeadersOrder() {
    byte[] data =
        ByteBuffer.allocate(24)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putDouble(Math.PI)
            .putFloat(1.5f)
            .putFloat(-0f)
            .putFloat(Float.MIN_VALUE)
            .putFloat(Float.NaN)
            .array();
    String header =
        "{"
            + tensor("b", "[2,1,2]", 8, 24)
            + ",\"__metadata__\":{\"who\":\"J\\u00fcrgen\"},"
            + "\"a\":{\"shape\":[],\"data_offsets\":[0,8],\"dtype\":\"F64\"}}  ";
    try (Safetensors file = of(SafetensorsBytes.of(header, data))) {
      assertEquals(Map.of("who", "Jürgen"), file.metadata());
      assertEquals(List.of("b", "a"), List.copyOf(file.tensors().keySet()));
      assertEquals(
          new TensorEntry("b", Dtype.F32, List.of(2, 1, 2), 8, 24), file.tensors().get("b"));
      assertArrayEquals(new double[] {Math.PI}, file.doubles("a"));
      assertArrayEquals(new float[] {1.5f, -0f, Float.MIN_VALUE, Float.NaN}, file.floats("b"));
      float[] target = new float[6];
      file.floats("b", target, 1);
      assertArrayEquals(new float[] {0, 1.5f, -0f, Float.MIN_VALUE, Float.NaN, 0}, target);
      assertThrows(IndexOutOfBoundsException.class, () -> file.floats("b", target, 3));
    }
  }

  @Test
  void readsTheBuffersRemainingBytesOnly() {
    byte[] file =
        SafetensorsBytes.of("{" + tensor("a", "[1]", 0, 4) + "}", new byte[] {0, 0, -128, 63});
    ByteBuffer around =
        ByteBuffer.allocate(file.length + 20).position(7).put(file).flip().position(7);
    assertArrayEquals(new float[] {1f}, Safetensors.of("memory", around).floats("a"));
  }

  @Test
  void emptyTensorsAndEmptyFilesAreAllowed() {
    try (Safetensors file = of(SafetensorsBytes.of("{}", 0))) {
      assertTrue(file.tensors().isEmpty());
    }
    String header =
        "{"
            + tensor("a", "[2]", 0, 8)
            + ","
            + tensor("none", "[0,3]", 8, 8)
            + ","
            + tensor("c", "[1]", 8, 12)
            + "}";
    try (Safetensors file = of(SafetensorsBytes.of(header, 12))) {
      assertEquals(0, file.floats("none").length);
    }
  }

  @Test
  void otherDtypesAreRefusedOnlyWhenAskedFor() {
    String header =
        "{\"n\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + tensor("a", "[1]", 8, 12)
            + "}";
    try (Safetensors file = of(SafetensorsBytes.of(header, 12))) {
      assertArrayEquals(new float[] {0f}, file.floats("a"));
      assertRefused("memory: tensor \"n\" has dtype I64; expected is F32", () -> file.floats("n"));
      assertRefused("memory: tensor \"a\" has dtype F32; expected is F64", () -> file.doubles("a"));
      assertRefused("memory: has no tensor \"z\"", () -> file.floats("z"));
    }
  }

  @Test
  void readsTensorsLargerThanOneChunk() {
    float[] values = new float[100_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.25f;
    }
    Path file = folder.resolve("large.safetensors");
    new SafetensorsWriter().tensor("a", List.of(values.length), values, 0).write(file);
    try (Safetensors read = Safetensors.open(file)) {
      assertArrayEquals(values, read.floats("a"));
    }
  }

  /** These files were written by other software. */
  @ParameterizedTest
  @CsvSource({"article, 1, 60", "article-64, 64, 20", "lenet, 64, 20", "deep, 32, 8", "odd, 7, 40"})
  void readsTheReferenceFiles(String name, int batch, int steps) throws URISyntaxException {
    Path path = Path.of(getClass().getResource("/reference/" + name + ".safetensors").toURI());
    try (Safetensors file = Safetensors.open(path)) {
      assertEquals(Integer.toString(batch), file.metadata().get("batch"));
      double[] losses = file.doubles("losses");
      assertEquals(steps, losses.length);
      assertEquals(Math.log(10), losses[0], 1.0);
      assertEquals(List.of(batch, 10), file.tensors().get("first.logits").shape());
      for (TensorEntry tensor : file.tensors().values()) {
        if (tensor.dtype() == Dtype.F32) {
          for (float value : file.floats(tensor.name())) {
            assertTrue(Float.isFinite(value), tensor.name());
          }
        }
      }
    }
  }

  @Test
  void missingFilesAndFoldersAreRefused() {
    Path missing = folder.resolve("missing");
    assertRefused(missing + ": there is no such file", () -> Safetensors.open(missing));
    assertRefused(folder + ": is not a file", () -> Safetensors.open(folder));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "not everybody may make symbolic links there")
  void whatCannotBeReadIsNotTakenForDamaged() throws IOException {
    Path circle = folder.resolve("circle");
    Files.createSymbolicLink(circle, circle);
    UnreadableException e = assertThrows(UnreadableException.class, () -> Safetensors.open(circle));
    assertEquals(circle + ": cannot be read (its symbolic links lead in a circle)", e.getMessage());

    Path damaged = Files.write(folder.resolve("damaged"), new byte[100]);
    assertFalse(
        assertThrows(SafetensorsException.class, () -> Safetensors.open(damaged))
            instanceof UnreadableException);
  }

  @Test
  void aFileThatShrinksWhileOpenIsRefused() throws IOException {
    Path path = folder.resolve("shrinking.safetensors");
    Files.write(path, SafetensorsBytes.of("{" + tensor("a", "[4]", 0, 16) + "}", 16));
    try (Safetensors file = Safetensors.open(path)) {
      try (RandomAccessFile shrink = new RandomAccessFile(path.toFile(), "rw")) {
        shrink.setLength(Files.size(path) - 6);
      }
      SafetensorsException e = assertThrows(SafetensorsException.class, () -> file.floats("a"));
      assertTrue(
          e.getMessage().startsWith(path + ": tensor \"a\" cannot be read (it ends at byte "),
          e.getMessage());
    }
  }

  private static Safetensors of(byte[] bytes) {
    return Safetensors.of("memory", ByteBuffer.wrap(bytes));
  }

  private static void assertRefused(String message, Runnable refused) {
    assertEquals(message, assertThrows(SafetensorsException.class, refused::run).getMessage());
  }
}
