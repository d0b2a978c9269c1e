package org.aparanet.model.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatElementsTest {

  /** Values of IEEE 754's table and of bfloat16, the upper half of a float. */
  @ParameterizedTest
  @CsvSource({
    "F16, 3C00, 1",
    "F16, C000, -2",
    "F16, 0001, 5.9604645E-8",
    "F16, 83FF, -6.097555E-5",
    "F16, 0400, 6.1035156E-5",
    "F16, 7BFF, 65504",
    "F16, 8000, -0.0",
    "F16, 7C00, Infinity",
    "F16, FC00, -Infinity",
    "F16, 7C01, NaN",
    "F16, 3555, 0.33325195",
    "BF16, 3F80, 1",
    "BF16, C040, -3",
    "BF16, 7F7F, 3.3895314E38",
    "BF16, FF80, -Infinity"
  })
  void readsTwoBytes(Dtype dtype, String bits, float value) {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort(2, (short) Integer.parseInt(bits, 16));
    assertEquals(value, FloatElements.read(dtype, bytes, 2));
  }
}
