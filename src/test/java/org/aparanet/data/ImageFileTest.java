package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.aparanet.data.format.DataException;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {
  private static final String NO_IMAGE =
      " is not an image; allowed are PNG, JPEG, GIF, BMP, TIFF and WebP";

  @TempDir Path folder;

  private Path write(BufferedImage image, String format) throws IOException {
    Path file = folder.resolve("image." + format);
    assertTrue(ImageIO.write(image, format, file.toFile()));
    return file;
  }

  private static BufferedImage image(int type, int width, int height, int... argb) {
    BufferedImage image = new BufferedImage(width, height, type);
    image.setRGB(0, 0, width, height, argb, 0, width);
    return image;
  }

  private static BufferedImage greyRaster(int type, int width, int height, int... samples) {
    BufferedImage image = new BufferedImage(width, height, type);
    image.getRaster().setSamples(0, 0, width, height, 0, samples);
    return image;
  }

  private static int[] unsigned(byte[] bytes) {
    int[] values = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i] & 0xFF;
    }
    return values;
  }

  private static int[] read(Path file, int channels, int height, int width) {
    return unsigned(ImageFile.read(file, new Shape(channels, height, width), false).pixels());
  }

  private static String refusal(Path file) {
    return assertThrows(
            DataException.class, () -> ImageFile.read(file, new Shape(1, 28, 28), false))
        .getMessage();
  }

  /**
   * A hundred megapixels may be decoded at a time, and each image gives its own back: then there is
   * room for one of a hundred, which takes little time because it is cut off, and once more.
   */
  @Test
  void imagesGiveTheirRoomBack() throws Exception {
    Path two = write(new BufferedImage(1001, 1000, BufferedImage.TYPE_BYTE_BINARY), "png");
    Path small = write(image(BufferedImage.TYPE_INT_RGB, 1, 1, 0xFFFFFFFF), "bmp");
    byte[] header = pngHeader(10_000, 10_000);
    Path hundred = Files.write(folder.resolve("hundred"), header);
    AtomicInteger read = new AtomicInteger();
    Thread reader =
        new Thread(
            () -> {
              for (Path file : List.of(small, two)) {
                ImageFile.read(file, new Shape(1, 1, 1), false);
                read.incrementAndGet();
              }
              for (int i = 0; i < 2; i++) {
                refusal(hundred);
                read.incrementAndGet();
              }
            });
    reader.setDaemon(true);

    reader.start();
    reader.join(30_000);

    assertEquals(4, read.get());
  }

  @Test
  void greyValuesComeThroughUnchanged() throws IOException {
    int[] samples = new int[256];
    Arrays.setAll(samples, i -> i);
    Path file = write(greyRaster(BufferedImage.TYPE_BYTE_GRAY, 16, 16, samples), "png");
    assertArrayEquals(samples, read(file, 1, 16, 16));
  }

  @Test
  void greyOfSixteenBitsIsScaledToEight() throws IOException {
    Path file = write(greyRaster(BufferedImage.TYPE_USHORT_GRAY, 3, 1, 0, 128 * 257, 65535), "png");
    assertArrayEquals(new int[] {0, 128, 255}, read(file, 1, 1, 3));
  }

  @Test
  void greyImageFillsAllThreeChannels() throws IOException {
    Path file = write(greyRaster(BufferedImage.TYPE_BYTE_GRAY, 2, 1, 10, 200), "png");
    assertArrayEquals(new int[] {10, 200, 10, 200, 10, 200}, read(file, 3, 1, 2));
  }

  @Test
  void colourIsPlanarRedGreenBlue() throws IOException {
    Path file = write(image(BufferedImage.TYPE_INT_RGB, 2, 1, 0x0A141E, 0x28323C), "png");
    assertArrayEquals(new int[] {10, 40, 20, 50, 30, 60}, read(file, 3, 1, 2));
  }

  @Test
  void colourBecomesLuma() throws IOException {
    Path file =
        write(
            image(BufferedImage.TYPE_INT_RGB, 4, 1, 0xFF0000, 0x00FF00, 0x0000FF, 0x808080), "png");
    assertArrayEquals(new int[] {76, 150, 29, 128}, read(file, 1, 1, 4));
  }

  @Test
  void transparentPartsAreWhite() throws IOException {
    Path file =
        write(image(BufferedImage.TYPE_INT_ARGB, 3, 1, 0xFF000000, 0x00000000, 0x80000000), "png");
    assertArrayEquals(new int[] {0, 255, 127}, read(file, 1, 1, 3));
  }

  @Test
  void invertSwapsDarkAndLight() throws IOException {
    Path file = write(greyRaster(BufferedImage.TYPE_BYTE_GRAY, 2, 1, 0, 200), "png");
    ImageSet set = ImageFile.read(file, new Shape(1, 1, 2), true);
    assertArrayEquals(new int[] {255, 55}, unsigned(set.pixels()));
    assertEquals(1, set.count());
    assertEquals(0, set.label(0));
    assertEquals(file.toString(), set.name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void readsEveryFormatAndResizesBothWays(String format) throws IOException {
    BufferedImage halves = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
    halves.createGraphics().fillRect(20, 0, 20, 20); // white on the right
    Path file = write(halves, format);
    int[] small = read(file, 1, 2, 4);
    int[] expected = {0, 0, 255, 255, 0, 0, 255, 255};
    for (int i = 0; i < small.length; i++) {
      assertEquals(expected[i], small[i], 12, format); // JPEG rings along the edge
    }
    int[] large = read(file, 1, 60, 80);
    assertEquals(0, large[30 * 80 + 10], 4);
    assertEquals(255, large[30 * 80 + 70], 4);
  }

  @Test
  void shrinkingAveragesEveryPixel() throws IOException {
    int[] samples = new int[100 * 100];
    samples[99 * 100 + 99] = 255; // a single white pixel must not be lost
    Path file = write(greyRaster(BufferedImage.TYPE_BYTE_GRAY, 100, 100, samples), "png");
    int[] pixels = read(file, 1, 20, 20);
    assertEquals(10, pixels[399]); // 255 / 25
    assertEquals(10, Arrays.stream(pixels).sum());
  }

  @Test
  void growingIsSmooth() throws IOException {
    Path file = write(greyRaster(BufferedImage.TYPE_BYTE_GRAY, 2, 1, 0, 200), "png");
    assertArrayEquals(new int[] {0, 50, 150, 200, 0, 50, 150, 200}, read(file, 1, 2, 4));
  }

  @Test
  void refusesFilesThatAreMissingOrNoImages() throws IOException {
    Path missing = folder.resolve("missing.png");
    assertEquals(missing + " does not exist", refusal(missing));
    assertEquals(folder + " is not a file", refusal(folder));
    Path text = Files.writeString(folder.resolve("text.png"), "not an image");
    assertEquals(text + NO_IMAGE, refusal(text));
    Path empty = Files.write(folder.resolve("empty.png"), new byte[0]);
    assertEquals(empty + NO_IMAGE, refusal(empty));
  }

  @Test
  void refusesOtherFormatsThatJavaCouldRead() throws IOException {
    Path other = write(new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_BINARY), "wbmp");
    assertEquals(other + NO_IMAGE, refusal(other));
  }

  @Test
  void refusesDamagedImages() throws IOException {
    int[] noise = new java.util.Random(1).ints(64 * 64, 0, 256).toArray();
    Path file = write(greyRaster(BufferedImage.TYPE_BYTE_GRAY, 64, 64, noise), "png");
    byte[] content = Files.readAllBytes(file);
    String cannot = file + " cannot be read as an image: ";
    Files.write(file, Arrays.copyOf(content, content.length / 2));
    assertTrue(refusal(file).startsWith(cannot), refusal(file));
    Files.write(file, Arrays.copyOf(content, 20));
    assertTrue(refusal(file).startsWith(cannot), refusal(file));
  }

  @Test
  void refusesImagesOnWhichTheDecoderGivesNoReason() throws IOException {
    Path file = write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "bmp");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));
    assertEquals(
        file + " cannot be read as an image: its data is damaged or cut off", refusal(file));
  }

  @Test
  void refusesHugeImagesBeforeDecodingThem() throws IOException {
    Path file = Files.write(folder.resolve("huge.png"), pngHeader(20_000, 5_001));
    assertEquals(
        file + " has 20000 x 5001 pixels; at most 100 megapixels are allowed", refusal(file));
  }

  @Test
  void refusesNetworksThatTakeOtherChannels() throws IOException {
    Path file = write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png");
    assertEquals(
        file + " cannot be shown to a network that takes 2 channels; image files give 1 or 3",
        assertThrows(DataException.class, () -> ImageFile.read(file, new Shape(2, 28, 28), false))
            .getMessage());
  }

  /** A PNG that announces its size, and then has one chunk of no data. */
  private static byte[] pngHeader(int width, int height) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    byte[] header =
        ByteBuffer.allocate(17)
            .put(new byte[] {'I', 'H', 'D', 'R'})
            .putInt(width)
            .putInt(height)
            .put((byte) 8) // bits; grey, without interlacing, as the zeros after it say
            .array();
    chunk(png, header);
    chunk(png, new byte[] {'I', 'D', 'A', 'T'});
    return png.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, byte[] typeAndData) {
    CRC32 crc = new CRC32();
    crc.update(typeAndData);
    png.writeBytes(ByteBuffer.allocate(4).putInt(typeAndData.length - 4).array());
    png.writeBytes(typeAndData);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
