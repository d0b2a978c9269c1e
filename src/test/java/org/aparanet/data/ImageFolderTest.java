package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aparanet.data.format.DataException;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();

  private Path image(String path, Color colour) throws IOException {
    return SmallImages.write(folder.resolve(path), colour);
  }

  private void images(String subfolder, int count, Color colour) throws IOException {
    for (int i = 0; i < count; i++) {
      image(subfolder + "/" + i + ".png", colour);
    }
  }

  private DataSet open(Shape input) {
    return DataSets.open(new DataSets.Place(folder.toString(), folder, input, notes::add));
  }

  private DataSet open() {
    return open(new Shape(3, 2, 2));
  }

  private String refusal() {
    return assertThrows(DataException.class, this::open).getMessage();
  }

  @Test
  void subfoldersInOrderOfTheirNamesAreTheClasses() throws IOException {
    images("b blue", 20, Color.BLUE);
    images("a red", 20, Color.RED);
    images(".hidden", 1, Color.BLACK);

    DataSet set = open();

    assertEquals(List.of("a red", "b blue"), set.train().classNames());
    assertEquals(2, set.train().classes());
    assertEquals(40, set.train().count() + set.test().count());
    assertEquals(12, set.test().count()); // 0, 6, 7, 8, 14 and 18 of each class
    for (int i = 0; i < set.train().count(); i++) {
      ImageSet one = set.train().only(i);
      int red = one.label(0) == 0 ? 255 : 0;
      assertEquals(red, one.pixels()[0] & 0xFF);
      assertEquals(255 - red, one.pixels()[2 * 4] & 0xFF);
    }
    String name = "" + folder.getFileName();
    assertEquals(
        List.of(
            name + ": other files and folders left out: 1 (.hidden)",
            name + " train: 28 images of a red, b blue, resized to 3x2x2",
            name + " test: 12 images of a red, b blue, resized to 3x2x2"),
        notes);
  }

  /** As macOS has them, where Linux has the composed ones. */
  @Test
  void decomposedAccentsAreTheSameNames() throws IOException {
    assumeNamesAreUnicode();
    for (int i = 0; i < 12; i++) {
      image("\u00e9meu/\u00e9" + i + ".png", new Color(20 * i, 0, 0));
      image("zebra/" + i + ".png", new Color(0, 20 * i, 0));
    }
    DataSet composed = open();
    Path other = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-nfd"));
    Files.move(folder.resolve("zebra"), other.resolve("zebra"));
    Files.createDirectory(other.resolve("e\u0301meu"));
    for (int i = 0; i < 12; i++) {
      Files.move(
          folder.resolve("\u00e9meu/\u00e9" + i + ".png"),
          other.resolve("e\u0301meu/e\u0301" + i + ".png"));
    }

    DataSet decomposed =
        DataSets.open(new DataSets.Place("" + other, folder, new Shape(3, 2, 2), notes::add));

    assertEquals(List.of("zebra", "\u00e9meu"), decomposed.train().classNames());
    assertArrayEquals(composed.train().pixels(), decomposed.train().pixels());
    assertArrayEquals(composed.test().pixels(), decomposed.test().pixels());
  }

  @Test
  void trainAndTestMayWriteAccentsDifferently() throws IOException {
    assumeNamesAreUnicode();
    images("train/a", 2, Color.RED);
    images("train/\u00e9meu", 2, Color.BLUE);
    images("test/e\u0301meu", 1, Color.BLUE);

    assertEquals(1, open().test().label(0));
  }

  @Test
  @DisabledOnOs(value = OS.MAC, disabledReason = "there the two names are one folder")
  void twoFoldersOfOneNameAreRefused() throws IOException {
    assumeNamesAreUnicode();
    images("\u00e9meu", 2, Color.RED);
    images("e\u0301meu", 2, Color.BLUE);

    assertEquals(
        folder
            + " has two sub-folders \u00e9meu, whose names differ only in how Unicode writes an"
            + " accent; put their images into one",
        refusal());
  }

  /** Bytes that are no UTF-8: Linux allows them. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void namesThatAreNoTextAreReadToo() throws IOException {
    images("a", 8, Color.RED);
    images("b", 8, Color.BLUE);
    String uri = folder.toUri().toString();
    Files.move(folder.resolve("a/0.png"), Path.of(URI.create(uri + "a/%FF.png")));
    Files.move(folder.resolve("b"), Path.of(URI.create(uri + "b%E9")));

    DataSet set = open();

    assertEquals(List.of("a", "b\\xe9"), set.train().classNames());
    assertEquals(16, set.train().count() + set.test().count());
    assertTrue(notes.stream().noneMatch(note -> note.contains("left out")), notes.toString());
  }

  private static void assumeNamesAreUnicode() {
    String encoding = System.getProperty("sun.jnu.encoding");
    assumeTrue("UTF-8".equals(encoding), "the locale has names in " + encoding);
  }

  @Test
  void theOrderMixesTheClassesAndIsAlwaysTheSame() throws IOException {
    images("a", 30, Color.RED);
    images("b", 30, Color.BLUE);

    ImageSet train = open().train();

    assertArrayEquals(train.labels(), open().train().labels());
    assertArrayEquals(train.pixels(), open().train().pixels());
    ImageSet beginning = train.first(10);
    long ofTheFirst = java.util.stream.IntStream.range(0, 10).map(beginning::label).sum();
    assertTrue(ofTheFirst > 0 && ofTheFirst < 10, ofTheFirst + " of the first ten are of class b");
  }

  @Test
  void aTestReadAloneIsTheSame() throws IOException {
    images("a", 12, Color.RED);
    images("b", 12, Color.BLUE);

    ImageSet alone =
        DataSets.openSplit(
            new DataSets.Place(folder.toString(), folder, new Shape(3, 2, 2), notes::add),
            Split.TEST);

    assertArrayEquals(open().test().labels(), alone.labels());
    assertArrayEquals(open().test().pixels(), alone.pixels());
  }

  @Test
  void partsMayBeFoldersOfTheirOwn() throws IOException {
    images("train/cat", 3, Color.WHITE);
    images("train/dog", 2, Color.BLACK);
    images("test/dog", 1, Color.BLACK);

    DataSet set = open(new Shape(1, 2, 2));

    assertEquals(5, set.train().count());
    assertEquals(1, set.test().count());
    assertEquals(1, set.test().label(0));
    assertArrayEquals(new byte[4], set.test().pixels());

    images("test/horse", 1, Color.RED);
    assertEquals(
        folder.resolve("test/horse") + " is no class of " + folder.resolve("train") + " (cat, dog)",
        refusal());
  }

  @Test
  void aPhotographThatIsCutOffIsNamedAndLeftOut() throws IOException {
    images("a", 6, Color.RED);
    images("b", 6, Color.BLUE);
    byte[] photograph =
        Files.readAllBytes(Path.of("src", "test", "resources", "images", "jpeg-420.jpg"));
    Path cut = folder.resolve("a/cut.jpg");
    Files.write(cut, Arrays.copyOf(photograph, photograph.length - 20));

    DataSet set = open();

    assertEquals(12, set.train().count() + set.test().count());
    String note = "  " + cut + " cannot be read as an image: its data is damaged or cut off";
    assertTrue(notes.contains(note), notes.toString());
  }

  @Test
  void filesThatAreNoImagesAreNamedAndLeftOut() throws IOException {
    images("a", 8, Color.RED);
    images("b", 8, Color.BLUE);
    for (int i = 0; i < 7; i++) {
      Files.writeString(folder.resolve("a").resolve("broken" + i + ".jpg"), "no image");
    }
    Files.createFile(folder.resolve("b").resolve("empty.png"));

    DataSet set = open();

    assertEquals(16, set.train().count() + set.test().count());
    List<String> named =
        notes.stream().filter(note -> note.contains(" is not an image; allowed are")).toList();
    int more =
        notes.stream()
            .filter(note -> note.matches("  and \\d+ more"))
            .mapToInt(note -> Integer.parseInt(note.replaceAll("\\D", "")))
            .sum();
    assertEquals(8, named.size() + more, notes.toString());
    assertTrue(notes.stream().anyMatch(note -> note.contains(" files left out:")), notes + "");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "not everybody may make symbolic links there")
  void linksThatLeadNowhereAreLeftOut() throws IOException {
    images("a", 8, Color.RED);
    images("b", 8, Color.BLUE);
    Path nothing = folder.resolve("a/nothing.png");
    Files.createSymbolicLink(nothing, folder.resolve("none"));
    Path circle = folder.resolve("a/circle.png");
    Files.createSymbolicLink(circle, circle);

    DataSet set = open();

    assertEquals(16, set.train().count() + set.test().count());
    assertTrue(notes.contains("  " + nothing + " is a symbolic link to nothing"), notes + "");
    assertTrue(
        notes.contains("  " + circle + " cannot be read: its symbolic links lead in a circle"),
        notes + "");
  }

  /** The memory of the process looks like a file, and cannot be read from its first byte on. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "it is a file only there")
  void whatTheSystemCannotReadEndsEverything() throws IOException {
    images("a", 8, Color.RED);
    images("b", 8, Color.BLUE);
    Path unreadable = folder.resolve("a/memory.png");
    Files.createSymbolicLink(unreadable, Path.of("/proc/self/mem"));

    assertEquals(unreadable + " cannot be read: Input/output error", refusal());
    assertEquals(List.of(), notes);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its names have no control characters")
  void hostileNamesAreQuoted() throws IOException {
    images("a", 3, Color.RED);
    images("b\u001b[31m", 3, Color.BLUE);
    Files.writeString(folder.resolve("a").resolve("x\ny.png"), "no image");

    open();

    assertTrue(notes.toString().contains("\"b\\u001b[31m\""), notes.toString());
    assertTrue(notes.toString().contains("x\\u000ay.png\" is not an image"), notes.toString());
    assertTrue(notes.stream().allMatch(note -> note.chars().allMatch(c -> c >= ' ')));
  }

  @Test
  void refusesAClassOfWhichNoImageCanBeRead() throws IOException {
    images("a", 3, Color.RED);
    Files.createDirectory(folder.resolve("b"));
    Files.writeString(folder.resolve("b").resolve("text.png"), "no image");
    assertEquals(
        "class b of " + folder + " has no image; put some there or remove the sub-folder",
        refusal());
  }

  @Test
  void refusesASingleClass() throws IOException {
    images("a", 3, Color.RED);
    Files.createDirectory(folder.resolve("b"));
    assertEquals(
        folder + " has 1 sub-folder with images; expected one for each of 2 to 256 classes",
        refusal());
  }

  @Test
  void refusesMoreClassesThanLabelsCanTell() throws IOException {
    for (int i = 0; i < 257; i++) {
      Files.createFile(Files.createDirectory(folder.resolve("class" + i)).resolve("1.png"));
    }
    assertEquals(
        folder + " has 257 sub-folders with images; expected one for each of 2 to 256 classes",
        refusal());
  }

  /** The hash of 0.png is of the test, that of 1.png is not. */
  @Test
  void refusesWhenNothingIsLeftToTestWith() throws IOException {
    image("a/1.png", Color.RED);
    image("b/1.png", Color.BLUE);
    assertEquals(
        folder
            + " has no image to test with: by their names all are to train with; add others, or"
            + " divide the images yourself into the folders train and test",
        refusal());
  }

  @Test
  void refusesWhenNothingOfAClassIsLeftToTrainWith() throws IOException {
    image("a/1.png", Color.RED);
    image("b/0.png", Color.BLUE);
    image("b/6.png", Color.BLUE);
    assertEquals(
        "class b of "
            + folder
            + " has no image to train with: by their names all are to test with; add others, or"
            + " divide the images yourself into the folders train and test",
        refusal());
  }

  @Test
  void refusesOtherNumbersOfChannels() throws IOException {
    images("a", 1, Color.RED);
    images("b", 1, Color.BLUE);
    assertEquals(
        "the images of " + folder + " cannot be resized to 2x4x4; image files give 1 or 3 channels",
        assertThrows(DataException.class, () -> open(new Shape(2, 4, 4))).getMessage());
  }
}
