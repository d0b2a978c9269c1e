package org.aparanet.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Writes a small data set, so that a process need not read all of MNIST. */
final class SmallSet {
  private static final int SIDE = 8;
  private static final int CLASSES = 4;

  private SmallSet() {}

  /** Four IDX files with noise, brighter in the quarter of the image that is the label. */
  static Path write(Path folder, int train, int test) throws IOException {
    Files.createDirectories(folder);
    write(folder, "train", train, 1);
    write(folder, "t10k", test, 2);
    return folder;
  }

  private static void write(Path folder, String part, int count, long seed) throws IOException {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * SIDE * SIDE];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % CLASSES);
      for (int p = 0; p < SIDE * SIDE; p++) {
        int quarter = p / (SIDE * SIDE / 2) * 2 + p % SIDE / (SIDE / 2);
        pixels[i * SIDE * SIDE + p] =
            (byte) (random.nextInt(200) + (quarter == labels[i] ? 55 : 0));
      }
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), idx(pixels, count, SIDE, SIDE));
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), idx(labels, count));
  }

  private static byte[] idx(byte[] values, int... dimensions) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
    buffer.putInt(0x0800 | dimensions.length);
    for (int dimension : dimensions) {
      buffer.putInt(dimension);
    }
    return buffer.put(values).array();
  }
}
