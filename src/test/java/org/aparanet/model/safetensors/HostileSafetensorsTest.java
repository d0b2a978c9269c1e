package org.aparanet.model.safetensors;

import static org.aparanet.model.safetensors.SafetensorsBytes.claiming;
import static org.aparanet.model.safetensors.SafetensorsBytes.of;
import static org.aparanet.model.safetensors.SafetensorsBytes.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileSafetensorsTest {
  private static final String A = tensor("a", "[2]", 0, 8);

  @TempDir Path folder;

  @ParameterizedTest(name = "[{index}] {1}")
  @MethodSource({"lengths", "json", "entries", "layouts"})
  void isRefusedWithOneSentence(byte[] file, String message) {
    assertEquals("memory: " + message, refusal(file));
  }

  static Stream<Arguments> lengths() {
    byte[] empty = {'{', '}'};
    byte[] none = {};
    return Stream.of(
        arguments(none, "has 0 bytes; a safetensors file starts with an 8-byte length"),
        arguments(new byte[7], "has 7 bytes; a safetensors file starts with an 8-byte length"),
        arguments(new byte[8], "the header must start with {"),
        arguments(
            claiming(3, empty, none),
            "says that its header has 3 bytes; allowed are at most 2, the rest of the file"),
        arguments(
            claiming(100_000_000, empty, none),
            "says that its header has 100000000 bytes; allowed are at most 2, the rest of the file"),
        arguments(
            claiming(-1, empty, none),
            "says that its header has 18446744073709551615 bytes; allowed are at most 2, the rest"
                + " of the file"),
        arguments(
            claiming(Long.MIN_VALUE + 2, empty, none),
            "says that its header has 9223372036854775810 bytes; allowed are at most 2, the rest of"
                + " the file"),
        arguments(
            claiming(Safetensors.MAXIMUM_HEADER + 1L, empty, new byte[1 << 25]),
            "says that its header has 16777217 bytes; allowed are at most 16777216"));
  }

  static Stream<Arguments> json() {
    byte[] notUtf8 = of("{\"a?\":1}", 0);
    notUtf8[Long.BYTES + 3] = (byte) 0xFF;
    return Stream.of(
        arguments(notUtf8, "the header is not UTF-8 text"),
        arguments(of("\uFEFF{}", 0), "the header must start with {"),
        arguments(of(" {}", 0), "the header must start with {"),
        arguments(of("[]", 0), "the header must start with {"),
        arguments(of("null", 0), "the header must start with {"),
        arguments(of("{", 0), "the header is not valid JSON at \"$.\""),
        arguments(of("{" + A, 8), "the header is not valid JSON at \"$.a\""),
        arguments(of("{" + A + ",}", 8), "the header is not valid JSON at \"$.a\""),
        arguments(of("{a:1}", 0), "the header is not valid JSON at \"$.\""),
        arguments(of("{'a':1}", 0), "the header is not valid JSON at \"$.\""),
        arguments(of("{/* */}", 0), "the header is not valid JSON at \"$.\""),
        arguments(of("{}{}", 0), "the header is not valid JSON at \"$\""),
        arguments(of("{}\0", 0), "the header is not valid JSON at \"$\""),
        arguments(of("{}x", 0), "the header is not valid JSON at \"$\""),
        arguments(
            of("{" + A + ",\"b\\u001b[31m\":{\"dtype\":x", 8),
            "the header is not valid JSON at \"$.b?[31m.dtype\""));
  }

  static Stream<Arguments> entries() {
    String nested = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    String deepShape = "{" + tensor("a", "[".repeat(5_000) + "1" + "]".repeat(5_000), 0, 4) + "}";
    String tensors =
        IntStream.rangeClosed(0, HeaderReader.MAXIMUM_ENTRIES)
            .mapToObj(i -> tensor("t" + i, "[0]", 0, 0))
            .collect(Collectors.joining(",", "{", "}"));
    String metadata =
        IntStream.rangeClosed(0, HeaderReader.MAXIMUM_ENTRIES)
            .mapToObj(i -> "\"" + i + "\":\"\"")
            .collect(Collectors.joining(",", "{\"__metadata__\":{", "}}"));
    return Stream.of(
        arguments(of(nested, 0), "tensor \"a\" is not an object of dtype, shape and data_offsets"),
        arguments(of(deepShape, 4), "shape of tensor \"a\" holds something that is not a number"),
        arguments(of(tensors, 0), "the header names more than 65536 tensors"),
        arguments(of(metadata, 0), "the header has more than 65536 metadata strings"),
        arguments(of("{" + A + "," + A + "}", 8), "tensor \"a\" stands twice in the header"),
        arguments(
            of("{" + A + "," + A.replace("\"a\"", "\"\\u0061\"") + "}", 8),
            "tensor \"a\" stands twice in the header"),
        arguments(
            of("{\"__metadata__\":{},\"__metadata__\":{}}", 0),
            "__metadata__ stands twice in the header"),
        arguments(
            of("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", 0),
            "the metadata \"k\" stands twice in the header"),
        arguments(of("{\"__metadata__\":[]}", 0), "__metadata__ is not an object of strings"),
        arguments(of("{\"__metadata__\":null}", 0), "__metadata__ is not an object of strings"),
        arguments(of("{\"__metadata__\":{\"k\":1}}", 0), "the metadata \"k\" is not a string"),
        arguments(of("{\"__metadata__\":{\"k\":null}}", 0), "the metadata \"k\" is not a string"),
        arguments(
            of("{\"__metadata__\":{\"k\":{\"x\":\"y\"}}}", 0),
            "the metadata \"k\" is not a string"),
        arguments(
            of("{\"a\":\"F32\"}", 0),
            "tensor \"a\" is not an object of dtype, shape and data_offsets"),
        arguments(of("{\"a\":{}}", 0), "tensor \"a\" needs a dtype, a shape and two data_offsets"),
        arguments(
            of("{\"a\":{\"dtype\":\"F32\",\"shape\":[]}}", 0),
            "tensor \"a\" needs a dtype, a shape and two data_offsets"),
        arguments(
            of(entry("\"F32\"", "[]", "[0]"), 4),
            "tensor \"a\" needs a dtype, a shape and two data_offsets"),
        arguments(
            of(entry("\"F32\"", "[]", "[0,4,4]"), 4),
            "data_offsets of tensor \"a\" holds more than 2 numbers"),
        arguments(
            of(entry("\"F32\"", "[]", "[0,4],\"more\":1"), 4),
            "tensor \"a\" has \"more\"; allowed are dtype, shape and data_offsets"),
        arguments(
            of(entry("\"F32\"", "[],\"shape\":[]", "[0,4]"), 4), "tensor \"a\" has two shapes"),
        arguments(
            of(entry("\"F32\",\"dtype\":\"F32\"", "[]", "[0,4]"), 4),
            "tensor \"a\" has two dtypes"),
        arguments(
            of(entry("\"F32\"", "[]", "[0,4],\"data_offsets\":[0,4]"), 4),
            "tensor \"a\" has two data_offsets"),
        arguments(of(entry("32", "[]", "[0,4]"), 4), "the dtype of tensor \"a\" is not a string"),
        arguments(
            of(entry("\"f32\"", "[]", "[0,4]"), 4),
            "tensor \"a\" has dtype \"f32\"; allowed are BOOL, U8, I8, F8_E4M3, F8_E5M2, U16, I16,"
                + " F16, BF16, U32, I32, F32, U64, I64, F64"),
        arguments(
            of(entry("\"F32\"", "1", "[0,4]"), 4),
            "shape of tensor \"a\" is not an array of whole numbers"),
        arguments(
            of(entry("\"F32\"", "[\"1\"]", "[0,4]"), 4),
            "shape of tensor \"a\" holds something that is not a number"),
        arguments(
            of(entry("\"F32\"", "[true]", "[0,4]"), 4),
            "shape of tensor \"a\" holds something that is not a number"),
        arguments(of(entry("\"F32\"", "[-1]", "[0,4]"), 4), numberMessage("shape", "-1")),
        arguments(of(entry("\"F32\"", "[-0]", "[0,0]"), 0), numberMessage("shape", "-0")),
        arguments(of(entry("\"F32\"", "[1.0]", "[0,4]"), 4), numberMessage("shape", "1.0")),
        arguments(of(entry("\"F32\"", "[1e0]", "[0,4]"), 4), numberMessage("shape", "1e0")),
        arguments(
            of(entry("\"F32\"", "[1]", "[0,18446744073709551620]"), 4),
            numberMessage("data_offsets", "18446744073709551620")),
        arguments(of(entry("\"F32\"", "[1]", "[-4,0]"), 4), numberMessage("data_offsets", "-4")),
        arguments(
            of(entry("\"F32\"", "[2147483648]", "[0,4]"), 4),
            "tensor \"a\" has dimension 2147483648; the largest is 2147483647"),
        arguments(
            of(entry("\"F32\"", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "[0,4]"), 4),
            "shape of tensor \"a\" holds more than 16 numbers"));
  }

  static Stream<Arguments> layouts() {
    String b = tensor("b", "[1]", 8, 12);
    return Stream.of(
        arguments(
            of("{" + A + "}", 7),
            "tensor \"a\" has the data offsets [0, 8]; they must ascend within the file's 7 bytes"
                + " of data"),
        arguments(
            of("{" + tensor("a", "[1]", 8, 4) + "}", 8),
            "tensor \"a\" has the data offsets [8, 4]; they must ascend within the file's 8 bytes"
                + " of data"),
        arguments(
            of("{" + tensor("a", "[1]", 999_999_999_999_995L, 999_999_999_999_999L) + "}", 8),
            "tensor \"a\" has the data offsets [999999999999995, 999999999999999]; they must ascend"
                + " within the file's 8 bytes of data"),
        arguments(of("{" + A + "}", 9), "1 bytes follow the last tensor; nothing may stand there"),
        arguments(of("{}", 3), "3 bytes follow the last tensor; nothing may stand there"),
        arguments(
            of("{" + A + "," + tensor("b", "[1]", 4, 8) + "}", 8),
            "tensor \"b\" overlaps the one before it: its data begins at byte 4 instead of 8"),
        arguments(
            of("{" + A + "," + tensor("b", "[2]", 0, 8) + "}", 8),
            "tensor \"b\" overlaps the one before it: its data begins at byte 0 instead of 8"),
        arguments(
            of("{" + A + "," + tensor("b", "[0]", 4, 4) + "}", 8),
            "tensor \"b\" overlaps the one before it: its data begins at byte 4 instead of 8"),
        arguments(
            of("{" + b + "," + tensor("a", "[1]", 0, 4) + "}", 12),
            "tensor \"b\" leaves a hole before it: its data begins at byte 8 instead of 4"),
        arguments(
            of("{" + b + "}", 12),
            "tensor \"b\" leaves a hole before it: its data begins at byte 8 instead of 0"),
        arguments(
            of("{" + tensor("a", "[3]", 0, 8) + "}", 8),
            "tensor \"a\" has the shape [3] of F32, which is 12 bytes, but its data offsets [0, 8]"
                + " span 8"),
        arguments(
            of("{" + tensor("a", "[]", 0, 8) + "}", 8),
            "tensor \"a\" has the shape [] of F32, which is 4 bytes, but its data offsets [0, 8]"
                + " span 8"),
        arguments(
            of("{" + tensor("a", "[2147483647,2147483647,2147483647]", 0, 8) + "}", 8),
            "tensor \"a\" has the shape [2147483647, 2147483647, 2147483647], whose size"
                + " overflows"),
        // 4 * 2^31 * 2^31 * 2^31 would wrap around to 0 in 64 bits
        arguments(
            of("{" + tensor("a", "[1073741824,1073741824,1073741824]", 0, 0) + "}", 0),
            "tensor \"a\" has the shape [1073741824, 1073741824, 1073741824], whose size"
                + " overflows"));
  }

  @Test
  void longNamesAreShownShortened() {
    String name = "n".repeat(100_000);
    assertEquals(
        "memory: tensor \"" + "n".repeat(60) + "...\" needs a dtype, a shape and two data_offsets",
        refusal(of("{\"" + name + "\":{}}", 0)));
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] whole =
        of("{\"__metadata__\":{\"k\":\"v\"}," + A + "," + tensor("b", "[1]", 8, 12) + "} ", 12);
    assertEquals(2, Safetensors.of("memory", ByteBuffer.wrap(whole)).tensors().size());
    for (int length = 0; length < whole.length; length++) {
      String message = refusal(Arrays.copyOf(whole, length));
      assertTrue(message.startsWith("memory: "), message);
    }
    assertEquals(
        "memory: 1 bytes follow the last tensor; nothing may stand there",
        refusal(Arrays.copyOf(whole, whole.length + 1)));
  }

  @Test
  void aLengthThatTheFileHasButTheLimitForbidsAllocatesNothing() throws IOException {
    Path file = folder.resolve("sparse.safetensors");
    long header = 100L << 20;
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(claiming(header, "{".getBytes(StandardCharsets.UTF_8), new byte[0]));
      sparse.setLength(header + 8);
    }
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    SafetensorsException e = assertThrows(SafetensorsException.class, () -> Safetensors.open(file));
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(
        file + ": says that its header has 104857600 bytes; allowed are at most 16777216",
        e.getMessage());
    assertTrue(allocated < 1 << 20, allocated + " bytes were allocated");
  }

  private static String entry(String dtype, String shape, String offsets) {
    return "{\"a\":{\"dtype\":%s,\"shape\":%s,\"data_offsets\":%s}}"
        .formatted(dtype, shape, offsets);
  }

  private static String numberMessage(String key, String number) {
    return key + " of tensor \"a\" holds \"" + number + "\"; allowed are whole numbers below 10^15";
  }

  private static String refusal(byte[] file) {
    return assertThrows(
            SafetensorsException.class, () -> Safetensors.of("memory", ByteBuffer.wrap(file)))
        .getMessage();
  }
}
