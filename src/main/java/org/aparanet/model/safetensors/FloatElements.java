package org.aparanet.model.safetensors;

import java.nio.ByteBuffer;

/** Elements of floating-point tensors, widened or narrowed to single precision. */
final class FloatElements {
  private FloatElements() {}

  /**
   * Reads one element.
   *
   * @param bytes little-endian
   * @param at index of the element's first byte
   * @return the value; infinite where a double is beyond the range of a float
   */
  static float read(Dtype dtype, ByteBuffer bytes, int at) {
    return switch (dtype) {
      case F32 -> bytes.getFloat(at);
      case F64 -> (float) bytes.getDouble(at);
      case BF16 -> Float.intBitsToFloat(bytes.getShort(at) << 16);
      case F16 -> half(bytes.getShort(at));
      default -> throw new IllegalArgumentException(dtype + " is no floating-point type");
    };
  }

  static boolean suits(Dtype dtype) {
    return switch (dtype) {
      case F16, BF16, F32, F64 -> true;
      default -> false;
    };
  }

  /** IEEE 754 half precision: a sign, 5 bits of exponent with bias 15, 10 bits of fraction. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float magnitude;
    if (exponent == 0x1F) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      magnitude = fraction * 0x1p-24f; // subnormal
    } else {
      magnitude = Float.intBitsToFloat(exponent + 127 - 15 << 23 | fraction << 13);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
