package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.aparanet.data.format.WrongFileException;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures that somebody made, or a disk, to do harm; and large ones, which look like it. */
class HostileImagesTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "images");
  private static final Shape SHAPE = new Shape(3, 4, 4);
  private static final String DAMAGED =
      "it cannot be read as an image: its data is damaged or cut off";

  private static byte[] content(String name) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(name));
  }

  private static String refusal(byte[] file) {
    return assertThrows(
            WrongFileException.class, () -> ImageFile.read("it", file, SHAPE, false).pixels())
        .getMessage();
  }

  private static int indexOf(byte[] bytes, byte... part) {
    for (int i = 0; i <= bytes.length - part.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  /** A size in the header, of which what follows has nothing. */
  @ParameterizedTest
  @CsvSource({
    "jpeg-420.jpg, ffc0, 5, 4e202710, 10000 x 20000",
    "png-rgb.png, 49484452, 4, 0000271000004e20, 10000 x 20000",
    "gif-plain.gif, 474946383761, 6, 10272052, 10000 x 21024",
    "bmp-rle.bmp, 28000000, 4, 10270000204e0000, 10000 x 20000",
    "tiff-raw.tif, 0001, 8, 1027, 10000 x 65000",
    "webp-animated.webp, 56503858, 12, 0f27001f4e00, 10000 x 20000",
    "webp-lossless.webp, 5650384c, 9, ffffff0f, 16384 x 16384"
  })
  void announcedSizesAreRefusedBeforeAnythingIsDecoded(
      String name, String mark, int offset, String size, String shown) throws IOException {
    byte[] file = content(name);
    byte[] bytes = HexFormat.of().parseHex(size);
    int at = indexOf(file, HexFormat.of().parseHex(mark)) + offset;
    System.arraycopy(bytes, 0, file, at, bytes.length);
    if (name.startsWith("tiff")) { // its height is a number elsewhere
      int height = indexOf(file, (byte) 1, (byte) 1) + 8;
      System.arraycopy(new byte[] {(byte) 0xE8, (byte) 0xFD}, 0, file, height, 2);
    }

    assertEquals("it has " + shown + " pixels; at most 100 megapixels are allowed", refusal(file));
  }

  /** The picture within says that it is much larger than the file. */
  @Test
  void aWebPWhosePartsContradictEachOtherIsRefused() throws IOException {
    byte[] file = content("webp-animated.webp");
    int at = indexOf(file, "VP8L".getBytes(StandardCharsets.US_ASCII)) + 9;
    System.arraycopy(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F}, 0, file, at, 4);

    assertEquals(DAMAGED, refusal(file));
  }

  /** Each scan of a few bytes would make the decoder go over the whole picture again. */
  @Test
  void aJpegOfManyScansIsRefused() throws IOException {
    byte[] file = content("jpeg-progressive.jpg");
    int scan = indexOf(file, (byte) 0xFF, (byte) 0xDA);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.write(file, 0, scan);
    for (int i = 0; i < 600; i++) {
      many.write(file, scan, file.length - 2 - scan);
    }
    many.write(file, file.length - 2, 2);

    assertEquals(
        "it cannot be read as an image: it has more than 500 scans", refusal(many.toByteArray()));
  }

  /** As a camera does whose card was full: an end is put behind what there is. */
  @Test
  void aJpegThatIsCutOffAndEndedIsRefused() throws IOException {
    byte[] file = content("jpeg-420.jpg");
    int scan = indexOf(file, (byte) 0xFF, (byte) 0xDA);
    byte[] cut = Arrays.copyOf(file, scan + (file.length - scan) / 2);
    cut[cut.length - 2] = (byte) 0xFF;
    cut[cut.length - 1] = (byte) 0xD9;

    assertEquals(DAMAGED, refusal(cut));
  }

  @Test
  void anOrientationThatIsNoneIsUpright() throws IOException {
    byte[] file = content("jpeg-exif-6.jpg");
    byte[] upright = ImageFile.read("it", content("jpeg-exif-1.jpg"), SHAPE, false).pixels();
    int entry = indexOf(file, (byte) 1, (byte) 0x12, (byte) 0, (byte) 3);
    for (int number : new int[] {0, 9, 255}) {
      file[entry + 9] = (byte) number;
      assertArrayEquals(upright, ImageFile.read("it", file, SHAPE, false).pixels());
    }
    file[entry - 13] = 0x7F; // the directory's place, beyond the file
    assertArrayEquals(upright, ImageFile.read("it", file, SHAPE, false).pixels());
  }

  /** Editors that know nothing of a camera's data put theirs behind it. */
  @Test
  void theFirstOrientationOfSeveralCounts() throws IOException {
    byte[] file = content("jpeg-exif-6.jpg");
    byte[] other = content("jpeg-exif-3.jpg");
    int end = endOfExif(file);
    int start = indexOf(other, (byte) 0xFF, (byte) 0xE1);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(file, 0, end);
    both.write(other, start, endOfExif(other) - start);
    both.write(file, end, file.length - end);

    assertArrayEquals(
        ImageFile.read("it", file, SHAPE, false).pixels(),
        ImageFile.read("it", both.toByteArray(), SHAPE, false).pixels());
  }

  private static int endOfExif(byte[] jpeg) {
    int start = indexOf(jpeg, (byte) 0xFF, (byte) 0xE1);
    return start + 2 + ((jpeg[start + 2] & 0xFF) << 8 | jpeg[start + 3] & 0xFF);
  }

  /** Some programs write into a WebP what a JPEG has in front of its orientation. */
  @Test
  void theMarkOfAJpegBeforeAWebPsOrientationIsSkipped() throws IOException {
    byte[] file = content("webp-exif-6.webp");
    byte[] mark = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    int chunk = indexOf(file, "EXIF".getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream marked = new ByteArrayOutputStream();
    marked.write(file, 0, chunk + 8);
    marked.writeBytes(mark);
    marked.write(file, chunk + 8, file.length - chunk - 8);
    byte[] bytes = marked.toByteArray();
    bytes[4] += (byte) mark.length; // of the whole file, and of the chunk
    bytes[chunk + 4] += (byte) mark.length;

    assertArrayEquals(
        ImageFile.read("it", file, SHAPE, false).pixels(),
        ImageFile.read("it", bytes, SHAPE, false).pixels());
  }

  /** What others train with does not change: it is what Java's decoder gives by itself. */
  @ParameterizedTest
  @CsvSource({"jpeg-420.jpg", "jpeg-422.jpg", "jpeg-444.jpg", "jpeg-progressive.jpg"})
  void aPlainJpegHasThePixelsOfJavasDecoder(String name) throws IOException {
    BufferedImage image = ImageIO.read(FOLDER.resolve(name).toFile());

    assertArrayEquals(
        ImageScaling.pixels(image, new Shape(3, 9, 11)),
        ImageFile.read(FOLDER.resolve(name), new Shape(3, 9, 11), false).pixels());
  }

  /** Files longer than the block that is kept of them. */
  @ParameterizedTest
  @CsvSource({"png, 0", "bmp, 0", "tiff, 0", "jpg, 90"})
  void largeFilesAreReadFromDiskAsFromMemory(String format, int tolerance, @TempDir Path folder)
      throws IOException {
    BufferedImage noise = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < 300 * 200; i++) {
      noise.setRGB(i % 300, i / 300, random.nextInt(1 << 24));
    }
    Path file = folder.resolve("noise");
    assertTrue(ImageIO.write(noise, format, file.toFile()));
    Shape shape = new Shape(3, 200, 300);

    byte[] read = ImageFile.read(file, shape, false).pixels();

    assertArrayEquals(ImageFile.read("it", Files.readAllBytes(file), shape, false).pixels(), read);
    byte[] drawn = ImageScaling.pixels(noise, shape);
    if (tolerance == 0) {
      assertArrayEquals(drawn, read);
    } else {
      assertEquals(mean(drawn), mean(read), 2);
    }
  }

  private static double mean(byte[] pixels) {
    long sum = 0;
    for (byte pixel : pixels) {
      sum += pixel & 0xFF;
    }
    return (double) sum / pixels.length;
  }

  /** A fuzzer's work in small: whatever bytes are wrong, there is an image or a sentence. */
  @Test
  void picturesWithWrongBytesAreReadOrRefusedInOneSentence() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(FOLDER)) {
      files = all.filter(file -> !file.toString().matches(".*\\.(py|txt)")).sorted().toList();
    }
    Random random = new Random(7);
    int refused = 0;
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < 30; i++) {
        byte[] wrong = whole.clone();
        wrong[random.nextInt(Math.min(200, wrong.length))] = (byte) random.nextInt();
        wrong[random.nextInt(wrong.length)] ^= (byte) (1 << random.nextInt(8));
        try {
          assertEquals(48, ImageFile.read("it", wrong, SHAPE, false).pixels().length);
        } catch (WrongFileException e) {
          refused++;
          assertTrue(e.getMessage().startsWith("it "), e.getMessage());
          assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), e.getMessage());
        }
      }
    }
    assertTrue(refused > 300, "only " + refused + " are refused");
  }
}
