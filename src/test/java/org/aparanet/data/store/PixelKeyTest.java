package org.aparanet.data.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import org.aparanet.data.ImageFile;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelKeyTest {
  @TempDir Path folder;

  /** Of PNG files, whose pixels do not depend on the decoder as those of JPEG do. */
  @Test
  void howImagesBecomePixelsIsThatOfTheKey() throws IOException {
    CRC32C sum = new CRC32C();
    int[] types = {
      BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_BYTE_GRAY
    };
    for (int type : types) {
      BufferedImage image = new BufferedImage(11, 9, type);
      Random random = new Random(type);
      for (int i = 0; i < 99; i++) {
        image.setRGB(i % 11, i / 11, random.nextInt());
      }
      Path file = folder.resolve(type + ".png");
      ImageIO.write(image, "png", file.toFile());
      for (Shape shape : new Shape[] {new Shape(3, 5, 4), new Shape(1, 20, 30)}) {
        sum.update(ImageFile.read(file, shape, false).pixels());
      }
    }
    assertEquals(
        "decoding 1: e01bf1f6",
        "decoding " + PixelKey.DECODING + ": " + Long.toHexString(sum.getValue()),
        "images become other pixels than before: raise PixelKey.DECODING, so that files of older"
            + " ones are made again, and put the new values here");
  }

  @Test
  void theNameChangesWithAllThatThePixelsDependOn() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[3]);
    FileTime time = Files.getLastModifiedTime(file);
    String name = name("x", 3, file);
    assertEquals(name, name("x", 3, file));
    assertEquals("/x: y".length(), new PixelKey.Builder("/x: y", 1).build().source().length());
    assertNotEquals(name, name("y", 3, file));
    assertNotEquals(name, name("x", 4, file));
    assertNotEquals(name, name("x", 3, folder.resolve("b")));
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 1000));
    assertNotEquals(name, name("x", 3, file));
    Files.write(file, new byte[4]);
    Files.setLastModifiedTime(file, time);
    assertNotEquals(name, name("x", 3, file));
    assertEquals(39, name.length(), "it stands whole in the name of a temporary file");
    assertNotEquals(
        new PixelKey.Builder("x", 1).add("a").add("bc").build(),
        new PixelKey.Builder("x", 1).add("ab").add("c").build());
  }

  private static String name(String source, int size, Path file) {
    return new PixelKey.Builder(source, size).addFile(file).build().fileName();
  }
}
