package org.aparanet.model.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Safetensors files as bytes, well-formed or not. */
public final class SafetensorsBytes {
  private SafetensorsBytes() {}

  /** A file of that header and so many bytes of data, all zero. */
  public static byte[] of(String header, int data) {
    return of(header, new byte[data]);
  }

  /** A file of that header and that data. */
  public static byte[] of(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return claiming(json.length, json, data);
  }

  /** A file that says that its header has a length, whatever it has. */
  public static byte[] claiming(long length, byte[] header, byte[] data) {
    return ByteBuffer.allocate(Long.BYTES + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(header)
        .put(data)
        .array();
  }

  /** The header's entry for an F32 tensor. */
  public static String tensor(String name, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, shape, begin, end);
  }
}
