package org.aparanet.spark;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small data sets, written for tests. */
final class DrawnSets {
  private DrawnSets() {}

  /** IDX files of images of a size, mostly black. */
  static Path largeDigits(Path folder, int side, int count) throws IOException {
    Files.createDirectories(folder);
    images(folder.resolve("train-images-idx3-ubyte"), side, count);
    images(folder.resolve("t10k-images-idx3-ubyte"), side, 2);
    labels(folder.resolve("train-labels-idx1-ubyte"), count);
    labels(folder.resolve("t10k-labels-idx1-ubyte"), 2);
    return folder;
  }

  /** A file with holes, which take no room on the disk. */
  private static void images(Path file, int side, int count) throws IOException {
    Random random = new Random(count);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(
          ByteBuffer.allocate(16).putInt(0x803).putInt(count).putInt(side).putInt(side).array());
      byte[] row = new byte[side];
      for (int i = 0; i < count; i++) {
        random.nextBytes(row);
        out.seek(16 + (long) i * side * side);
        out.write(row);
      }
      out.setLength(16 + (long) count * side * side);
    }
  }

  private static void labels(Path file, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      bytes.put((byte) (i % 10));
    }
    Files.write(file, bytes.array());
  }

  /** The six files of CIFAR-10 with random pixels. */
  static Path cifar(Path folder, int perFile) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(10);
    for (String name :
        new String[] {
          "data_batch_1",
          "data_batch_2",
          "data_batch_3",
          "data_batch_4",
          "data_batch_5",
          "test_batch"
        }) {
      byte[] records = new byte[perFile * 3073];
      random.nextBytes(records);
      for (int i = 0; i < perFile; i++) {
        records[i * 3073] = (byte) random.nextInt(10);
      }
      Files.write(folder.resolve(name + ".bin"), records);
    }
    return folder;
  }

  /** PNGs of random pixels in two classes, of which a few are cut off. */
  static Path photos(Path folder, int perClass) throws IOException {
    Random random = new Random(3);
    for (String name : new String[] {"cat", "d o\u00f6g"}) {
      Path own = Files.createDirectories(folder.resolve(name));
      for (int i = 0; i < perClass; i++) {
        BufferedImage image = new BufferedImage(12, 10, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 10; y++) {
          for (int x = 0; x < 12; x++) {
            image.setRGB(x, y, random.nextInt(1 << 24));
          }
        }
        Path file = own.resolve(i + ".png");
        ImageIO.write(image, "png", file.toFile());
        if (i % 20 == 7) {
          byte[] whole = Files.readAllBytes(file);
          Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        }
      }
    }
    return folder;
  }
}
