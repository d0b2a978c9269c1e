package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shape that image files get where none is asked for. */
class InputSurveyTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "28x28 28x28 28x28, false, 1x28x28",
    "28x28 28x28 28x28, true, 3x28x28",
    "48x64 48x64, true, 3x48x64",
    "64x65 64x65, true, 3x64x64",
    "300x400 200x300 500x100, false, 1x64x64",
    "30x400 20x300 500x100, true, 3x32x32",
    "28x28 28x29, true, 3x32x32"
  })
  void oneSmallSizeIsKeptAndOthersBecomeSquares(String sizes, boolean colour, String expected)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (String size : sizes.split(" ")) {
      files.add(write(size, false));
    }
    files.set(files.size() - 1, write(sizes.substring(sizes.lastIndexOf(' ') + 1), colour));

    assertEquals(expected, InputSurvey.of(files).toString());
  }

  @Test
  void whatIsNoImageDoesNotCount() throws IOException {
    Path text = Files.writeString(folder.resolve("readme.png"), "no image");

    assertEquals("3x32x32", InputSurvey.of(List.of(text)).toString());
    assertEquals("1x9x7", InputSurvey.of(List.of(text, write("9x7", false))).toString());
  }

  @Test
  void aSetOfFilesIsReadInIt() throws IOException {
    for (String name : List.of("a", "b")) {
      Files.createDirectories(folder.resolve(name));
      for (int i = 0; i < 20; i++) {
        Files.copy(write("9x7", false), folder.resolve(name).resolve("image" + i + ".png"));
      }
    }

    assertTrue(DataSets.isOfImageFiles(folder.toString()));
    DataSet set =
        DataSets.open(
            new DataSets.Place(folder.toString(), folder, java.util.Optional.empty(), n -> {}));
    assertEquals("1x9x7", set.train().shape().toString());
    assertEquals("1x9x7", set.test().shape().toString());
    assertEquals(false, DataSets.isOfImageFiles("mnist"));
    assertEquals(false, DataSets.isOfImageFiles(folder.resolve("a").toString()), "no classes");
    assertEquals(false, DataSets.isOfImageFiles(folder.resolve("nothing").toString()));
  }

  /** A PNG file of height x width pixels, one of them red if it is to have a colour. */
  private Path write(String size, boolean colour) throws IOException {
    String[] sides = size.split("x");
    BufferedImage image =
        new BufferedImage(
            Integer.parseInt(sides[1]), Integer.parseInt(sides[0]), BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < image.getWidth(); x++) {
      image.setRGB(x, 0, colour ? 0xff0000 : 0x808080);
    }
    Path file = Files.createTempFile(folder, "image", ".png");
    assertTrue(ImageIO.write(image, "png", file.toFile()));
    return file;
  }
}
