package org.aparanet.report.inspect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Numbers as base64 of little-endian floats, which a page reads without a parser. */
public final class Base64Numbers {
  private final ByteBuffer bytes;

  /** Numbers as such a text. */
  public static String text(float[] numbers) {
    return new Base64Numbers(numbers.length).add(numbers, 0, numbers.length).text();
  }

  /** Room for some numbers. */
  Base64Numbers(int count) {
    bytes = ByteBuffer.allocate(Math.multiplyExact(count, Float.BYTES));
    bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  Base64Numbers add(double number) {
    bytes.putFloat((float) number);
    return this;
  }

  /** Adds numbers that follow one another. */
  Base64Numbers add(float[] numbers, int from, int count) {
    for (int i = from; i < from + count; i++) {
      bytes.putFloat(numbers[i]);
    }
    return this;
  }

  /** Adds numbers that follow one another, rounded. */
  Base64Numbers add(double[] numbers, int from, int count) {
    for (int i = from; i < from + count; i++) {
      add(numbers[i]);
    }
    return this;
  }

  /** All numbers, as many as there was room for. */
  String text() {
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
