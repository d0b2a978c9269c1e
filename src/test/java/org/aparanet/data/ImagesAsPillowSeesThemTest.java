package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.aparanet.data.format.WrongFileException;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pictures of a folder, of which {@code make.py} there says how they and their pixels came. */
class ImagesAsPillowSeesThemTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "images");

  /**
   * A picture.
   *
   * @param tolerance by which a pixel's value may differ
   * @param pixels [H, W, 3]
   */
  record Expected(String file, int width, int height, int tolerance, byte[] pixels) {
    Shape shape() {
      return new Shape(3, height, width);
    }

    @Override
    public String toString() {
      return file;
    }

    /** A value in the order of an image set, [3, H, W]. */
    int value(int index) {
      int plane = width * height;
      return pixels[index % plane * 3 + index / plane] & 0xFF;
    }
  }

  static List<Expected> pictures() throws IOException {
    return Files.readAllLines(FOLDER.resolve("expected.txt")).stream()
        .map(line -> line.split(" "))
        .map(
            part ->
                new Expected(
                    part[0],
                    Integer.parseInt(part[1]),
                    Integer.parseInt(part[2]),
                    Integer.parseInt(part[3]),
                    HexFormat.of().parseHex(part[4])))
        .toList();
  }

  private static void assertAsExpected(Expected expected, byte[] pixels, String text) {
    int worst = 0;
    for (int i = 0; i < pixels.length; i++) {
      worst = Math.max(worst, Math.abs(expected.value(i) - (pixels[i] & 0xFF)));
    }
    assertTrue(worst <= expected.tolerance(), text + " is off by " + worst);
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void hasThePixelsThatPillowSees(Expected expected) {
    Path file = FOLDER.resolve(expected.file());

    byte[] pixels = ImageFile.read(file, expected.shape(), false).pixels();

    assertAsExpected(expected, pixels, expected.file());
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void hasTheSizeThatIsShown(Expected expected) throws IOException {
    byte[] content = Files.readAllBytes(FOLDER.resolve(expected.file()));

    Shape shape = ImageFile.readGrey("it", content, 16, false).shape();

    int longest = Math.max(expected.width(), expected.height());
    assertEquals(Math.round(expected.width() * 16f / longest), shape.width());
    assertEquals(Math.round(expected.height() * 16f / longest), shape.height());
  }

  /**
   * However little is missing, what is left is refused in a sentence, or all that matters is there.
   */
  @ParameterizedTest
  @MethodSource("pictures")
  void whatIsCutOffIsRefusedOrTheWholePicture(Expected expected) throws IOException {
    byte[] content = Files.readAllBytes(FOLDER.resolve(expected.file()));
    int refused = 0;
    for (int length = 0; length < content.length; length++) {
      try {
        byte[] pixels =
            ImageFile.read("it", Arrays.copyOf(content, length), expected.shape(), false).pixels();
        assertAsExpected(expected, pixels, length + " of " + content.length + " bytes");
      } catch (WrongFileException e) {
        refused++;
        assertTrue(e.getMessage().startsWith("it "), e.getMessage());
        assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), e.getMessage());
      }
    }
    assertTrue(refused > 20, "only " + refused + " are refused");
  }

  @Test
  void everyPictureOfTheFolderIsExpected() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals("make.py") && !name.equals("expected.txt"))
              .sorted()
              .toList();
      assertEquals(pictures().stream().map(Expected::file).sorted().toList(), names);
    }
  }
}
