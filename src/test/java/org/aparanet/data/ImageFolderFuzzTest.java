package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;
import org.aparanet.data.format.DataException;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Runs over the seeds of its resource folder; with JAZZER_FUZZ=1 in the environment it fuzzes. */
class ImageFolderFuzzTest {
  private static final Shape SHAPE = new Shape(3, 2, 2);
  private static final int GOOD = 10; // images of the class "good"
  private static Path folder;

  @BeforeAll
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("images");
    Path good = Files.createDirectory(folder.resolve("good"));
    for (int i = 0; i < GOOD; i++) {
      BufferedImage image = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);
      assertTrue(ImageIO.write(image, "png", good.resolve(i + ".png").toFile()));
    }
  }

  @AfterAll
  static void removeFolder() throws IOException {
    remove(folder);
  }

  /**
   * A class of any name with a file of any content.
   *
   * @param bytes the length of the name, the name, the file
   */
  @FuzzTest(maxDuration = "60s")
  void anyFolderIsASetOrIsRefusedInOneSentence(byte[] bytes) throws IOException {
    int length = bytes.length == 0 ? 0 : Math.min(bytes[0] & 0x3F, bytes.length - 1);
    String name = new String(bytes, Math.min(1, bytes.length), length, StandardCharsets.UTF_8);
    Path other = folder(name);
    if (other == null) {
      return;
    }
    try {
      byte[] content = Arrays.copyOfRange(bytes, 1 + length, Math.max(1 + length, bytes.length));
      for (int i = 0; i < 6; i++) { // some to train and some to test with
        Files.write(other.resolve("file" + i), content);
      }
      read();
    } finally {
      remove(other);
    }
  }

  private static void read() {
    List<String> notes = new ArrayList<>();
    DataSet set;
    try {
      set = DataSets.open(new DataSets.Place(folder.toString(), folder, SHAPE, notes::add));
    } catch (DataException e) {
      assertFalse(e.getMessage().chars().anyMatch(Character::isISOControl), e.getMessage());
      return;
    }
    assertEquals(2, set.train().classes());
    assertTrue(set.train().count() + set.test().count() <= GOOD + 6);
    for (String note : notes) {
      assertFalse(note.chars().anyMatch(Character::isISOControl), note);
    }
  }

  /** A new folder of that name among those of the classes; null if there can be none. */
  private static Path folder(String name) throws IOException {
    try {
      Path other = folder.resolve(name);
      boolean inside =
          !name.isEmpty()
              && !name.startsWith(".")
              && other.getNameCount() == folder.getNameCount() + 1;
      return inside && other.startsWith(folder) ? Files.createDirectory(other) : null;
    } catch (InvalidPathException | FileSystemException e) { // such as too long, or there already
      return null;
    }
  }

  private static void remove(Path tree) throws IOException {
    try (var files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
